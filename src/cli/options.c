/* Words on the command line into cli_options. */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

typedef struct option {
    const char *name, *value, *help; /* value NULL: a flag */
    size_t offset;
} option;

static const option options[] = {
#define OPTION(member, name, value, help) {name, value, help, offsetof(cli_options, member)},
#define FLAG(member, name, help) {name, NULL, help, offsetof(cli_options, member)},
#include "cli/options.def"
#undef OPTION
#undef FLAG
};
enum { OPTIONS = sizeof options / sizeof *options };

nearer_status cli_fail(nearer_error *err, nearer_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err->status = status;
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

bool cli_takes(const cli_command *command, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = command->options; *p != 0;) {
        size_t m = strcspn(p, " ");
        if (m == n && memcmp(p, name, n) == 0) return true;
        p += m + strspn(p + m, " ");
    }
    return strcmp(name, "help") == 0;
}

static nearer_status parse_option(cli_options *out, const cli_command *command, int argc,
                                  char **argv, int *i, nearer_error *err)
{
    const char *word = argv[*i] + (argv[*i][1] == '-' ? 2 : 1), *equals = strchr(word, '=');
    size_t n = equals == NULL ? strlen(word) : (size_t)(equals - word);
    const option *found = NULL;
    for (size_t k = 0; k < OPTIONS; k++)
        if (strlen(options[k].name) == n && memcmp(options[k].name, word, n) == 0 &&
            cli_takes(command, options[k].name))
            found = &options[k];
    if (found == NULL && n == 5 && memcmp(word, "times", n) == 0 && command->operand != NULL &&
        strcmp(command->operand, "STUDY") == 0)
        return cli_fail(err, NEARER_USAGE,
                        "%s takes no --times: it asks about dates, modes or series that only a "
                        "study has",
                        command->name);
    if (found == NULL)
        return cli_fail(err, NEARER_USAGE, "%s takes no option %s; see nearer help %s",
                        command->name, argv[*i], command->name);
    void *member = (char *)out + found->offset;
    if (found->value == NULL) {
        if (equals != NULL)
            return cli_fail(err, NEARER_USAGE, "option %s takes no value", argv[*i]);
        *(bool *)member = true;
        return NEARER_OK;
    }
    if (*(const char **)member != NULL)
        return cli_fail(err, NEARER_USAGE, "option --%s stands twice", found->name);
    if (equals == NULL && *i + 1 >= argc)
        return cli_fail(err, NEARER_USAGE, "option %s needs a value: %s", argv[*i], found->value);
    *(const char **)member = equals != NULL ? equals + 1 : argv[++*i];
    return NEARER_OK;
}

static bool takes_two(const cli_command *command)
{
    return command->operand != NULL && strchr(command->operand, ' ') != NULL;
}

/* A second in brackets may be left away. */
static bool needs_two(const cli_command *command)
{
    return takes_two(command) && strchr(command->operand, '[') == NULL;
}

static nearer_status check_spared(const char *output, const char *input, nearer_error *err)
{
    bool reads = false;
    if (input == NULL) return NEARER_OK;
    CLI_TRY(nearer_reads(&reads, input, output, err));
    if (!reads) return NEARER_OK;
    return cli_fail(err, NEARER_USAGE,
                    "-o %s: it would be written over what is read; give the outcome another name",
                    output);
}

/* What cannot be written is not worked for. A folder is made when its time comes. */
static nearer_status check_place(const cli_options *o, const cli_command *command,
                                 nearer_error *err)
{
    if (command->makes_folder) return NEARER_OK;
    bool rows = cli_takes(command, "network") && cli_wants_rows(o);
    return nearer_output_check(o->output,
                               rows                                      ? NEARER_FROM_ROWS
                               : cli_wants_json(o) || cli_wants_chart(o) ? NEARER_FROM_TEXT
                                                                         : NEARER_FROM_TABLE,
                               err);
}

static nearer_status check_output(const cli_options *o, const cli_command *command,
                                  nearer_error *err)
{
    static const char prefix[] = "table:";
    size_t n = sizeof prefix - 1;
    const char *decay = o->decay != NULL && strncmp(o->decay, prefix, n) == 0 ? o->decay + n : NULL;
    const char *const read[] = {o->operand, o->times,      o->before,  o->places, o->observed,
                                o->network, o->sources,    o->targets, o->demand, o->scores,
                                decay,      o->candidates, o->second,  o->planned};
    cli_words scenarios;
    if (o->output == NULL) return NEARER_OK;
    CLI_TRY(check_place(o, command, err));
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        CLI_TRY(check_spared(o->output, read[i], err));
    CLI_TRY(cli_split(&scenarios, o->scenario, "--scenario", err));
    for (size_t i = 0; i < scenarios.count; i++)
        CLI_TRY(check_spared(o->output, scenarios.items[i], err));
    return NEARER_OK;
}

nearer_status cli_parse(cli_options *out, const cli_command *command, int argc, char **argv,
                        nearer_error *err)
{
    *out = (cli_options){.top_rows = 20};
    for (int i = 0; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != 0) {
            CLI_TRY(parse_option(out, command, argc, argv, &i, err));
        } else if (out->operand == NULL && command->operand != NULL) {
            out->operand = argv[i];
        } else if (out->second == NULL && takes_two(command)) {
            out->second = argv[i];
        } else {
            return cli_fail(err, NEARER_USAGE, "'%s' is one word too many; see nearer help %s",
                            argv[i], command->name);
        }
    }
    if (out->top != NULL) {
        char *end;
        unsigned long rows = strtoul(out->top, &end, 10);
        if (*end != 0 || out->top[0] < '0' || out->top[0] > '9')
            return cli_fail(err, NEARER_USAGE, "--top %s: a number of rows was expected", out->top);
        out->top_rows = rows;
    }
    if (out->json && out->text)
        return cli_fail(err, NEARER_USAGE, "--json and --text exclude each other");
    const char *in_place = out->times != NULL     ? "--times"
                           : out->network != NULL ? "--network"
                                                  : NULL;
    bool enough = out->operand != NULL ? out->second != NULL || !needs_two(command)
                                       : command->operand == NULL || in_place != NULL;
    if (out->operand != NULL && in_place != NULL)
        return cli_fail(err, NEARER_USAGE, "'%s' and %s exclude each other", out->operand,
                        in_place);
    if (!enough && !out->help)
        return cli_fail(err, NEARER_USAGE, "%s needs %s; see nearer help %s", command->name,
                        command->operand, command->name);
    return check_output(out, command, err);
}

void cli_help(const cli_command *command)
{
    printf("nearer %s%s%s: %s\n\n", command->name, command->operand == NULL ? "" : " ",
           command->operand == NULL ? "" : command->operand, command->summary);
    for (size_t i = 0; i < OPTIONS; i++) {
        if (!cli_takes(command, options[i].name)) continue;
        char word[48];
        snprintf(word, sizeof word, "%s%s %s", options[i].name[1] == 0 ? "-" : "--",
                 options[i].name, options[i].value == NULL ? "" : options[i].value);
        printf("  %-24s %s\n", word, options[i].help);
    }
}

nearer_status cli_split(cli_words *out, const char *list, const char *name, nearer_error *err)
{
    out->count = 0;
    for (const char *at = list; at != NULL;) {
        size_t n = strcspn(at, ",");
        if (out->count == CLI_MOST_WORDS || n == 0 || n >= CLI_WORD_ROOM)
            return cli_fail(err, NEARER_USAGE,
                            "%s %.60s: up to %d words with commas between them were expected", name,
                            list, CLI_MOST_WORDS);
        snprintf(out->text[out->count], CLI_WORD_ROOM, "%.*s", (int)n, at);
        out->items[out->count] = out->text[out->count];
        out->count++;
        at = at[n] == ',' ? at + n + 1 : NULL;
    }
    return NEARER_OK;
}

nearer_status cli_day(nearer_date *out, const char *text, const char *name, nearer_error *err)
{
    nearer_error why;
    if (nearer_date_parse(out, text, &why) == NEARER_OK) return NEARER_OK;
    return cli_fail(err, NEARER_USAGE, "%s %s", name, why.message);
}

nearer_status cli_year(int *out, const char *text, const char *name, nearer_error *err)
{
    nearer_date date;
    if (text == NULL) return NEARER_OK;
    CLI_TRY(cli_day(&date, text, name, err));
    *out = nearer_date_year(date);
    return NEARER_OK;
}

nearer_status cli_two_days(nearer_date *before, nearer_date *after, const nearer_study *study,
                           const cli_options *o, nearer_error *err)
{
    nearer_study_dates(study, before, after);
    if (o->times != NULL && (o->from != NULL || o->to != NULL))
        return cli_fail(err, NEARER_USAGE, "--times has no dates: --from and --to need a study");
    if (o->from != NULL) CLI_TRY(cli_day(before, o->from, "--from", err));
    return o->to == NULL ? NEARER_OK : cli_day(after, o->to, "--to", err);
}

nearer_status cli_query(nearer_query *out, const cli_options *o, const nearer_date *day,
                        nearer_error *err)
{
    *out = (nearer_query){.modes = o->modes, .station_to_station = o->station_to_station};
    if (o->times != NULL && (o->year != NULL || o->date != NULL || o->modes != NULL))
        return cli_fail(
            err, NEARER_USAGE,
            "--times has neither dates nor modes: --year, --date and --modes need a study");
    if (o->times != NULL && (o->engine != NULL || o->max_minutes != NULL || o->cache != NULL))
        return cli_fail(
            err, NEARER_USAGE,
            "--times are there already: --engine, --max-minutes and --cache need a study");
    if (o->year != NULL && o->date != NULL)
        return cli_fail(err, NEARER_USAGE, "--year and --date exclude each other");
    if (o->year != NULL && strlen(o->year) != 4)
        return cli_fail(err, NEARER_USAGE, "--year %s: a year YYYY was expected", o->year);
    const char *given = o->year != NULL ? o->year : o->date;
    if (given != NULL)
        CLI_TRY(cli_day(&out->date, given, o->year != NULL ? "--year" : "--date", err));
    else if (day != NULL || o->times != NULL)
        out->date = day != NULL ? *day : NEARER_GIVEN;
    else
        return cli_fail(err, NEARER_USAGE, "--year or --date is needed");
    return cli_effort(out, o, err);
}

nearer_status cli_choose(size_t *out, const char *text, const char *name, const char *const *words,
                         nearer_error *err)
{
    char known[200] = "";
    *out = 0;
    if (text == NULL) return NEARER_OK;
    for (size_t k = 0; words[k] != NULL; k++) {
        size_t n = strlen(known);
        *out = k;
        if (strcmp(words[k], text) == 0) return NEARER_OK;
        snprintf(known + n, sizeof known - n, "%s%s", k > 0 ? ", " : "", words[k]);
    }
    return cli_fail(err, NEARER_NAME, "unknown %s '%.40s'; known: %s", name, text, known);
}

nearer_status cli_number(double *out, const char *text, const char *name, const char *what,
                         nearer_error *err)
{
    char *end;
    *out = strtod(text, &end);
    if (end == text || *end != 0 || !isfinite(*out) || *out < 0)
        return cli_fail(err, NEARER_USAGE, "%s %s: %s was expected", name, text, what);
    return NEARER_OK;
}
