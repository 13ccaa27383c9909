#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

const cli_command *const cli_commands[] = {
#define COMMAND(id) &cli_command_##id,
#include "cli/commands.def"
#undef COMMAND
    NULL};

static const cli_command *find_command(const char *name)
{
    for (size_t i = 0; cli_commands[i] != NULL; i++)
        if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
    return NULL;
}

static void print_overview(FILE *out)
{
    fprintf(out, "nearer: how near places are by rail, road, air and water, and how that changes\n"
                 "\nusage: nearer COMMAND ... ; nearer help COMMAND ; nearer --version\n\n");
    for (size_t i = 0; cli_commands[i] != NULL; i++)
        fprintf(out, "  %-8s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fprintf(out, "\nexit codes:");
#define EXIT_CODE(name, exit_code, meaning) fprintf(out, "\n  %2d  %s", exit_code, meaning);
    NEARER_STATUSES(EXIT_CODE)
#undef EXIT_CODE
    fprintf(out, "\n");
}

/* All processes fail alike, but for want of memory and faults: the first speaks for them. */
static int fail(const nearer_error *err)
{
    bool own = err->status == NEARER_MEMORY || err->status == NEARER_INTERNAL;
    if (!nearer_is_first_rank() && !own) return nearer_status_exit_code(err->status);
    fprintf(stderr, "nearer: %s\n", err->message);
    return nearer_status_exit_code(err->status);
}

/* What was printed must have arrived. */
static int finish(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return 0;
    fprintf(stderr, "nearer: stdout cannot be written\n");
    return nearer_status_exit_code(NEARER_IO);
}

/* What is shown of long work. */
typedef struct shown {
    const char *what;
    double begun, last; /* cli_clock */
    bool on_screen;
} shown;

/* "2 h 10 min", "1 min 20 s", "9 s" */
static void say_duration(char out[40], double seconds)
{
    unsigned long s = seconds < 1e9 ? (unsigned long)(seconds + 0.5) : 1000000000ul;
    if (s >= 3600)
        snprintf(out, 40, "%lu h %lu min", s / 3600, s / 60 % 60);
    else if (s >= 60)
        snprintf(out, 40, "%lu min %lu s", s / 60, s % 60);
    else
        snprintf(out, 40, "%lu s", s);
}

/* Overwrites one line on the terminal, at most ten times a second and not for what is done at once,
 * and clears it at the end. */
static void show_progress(void *context, const char *what, size_t done, size_t total)
{
    shown *s = context;
    char left[40];
    double now = cli_clock();
    if (s->what == NULL || strcmp(s->what, what) != 0 || done == 0)
        *s = (shown){.what = what, .begun = now, .last = now, .on_screen = s->on_screen};
    if (done >= total) {
        if (s->on_screen) fprintf(stderr, "\r\033[K");
        s->on_screen = false;
        s->what = NULL;
    } else if (now - s->begun >= 0.5 && now - s->last >= 0.1 && done > 0) {
        say_duration(left, (now - s->begun) * (double)(total - done) / (double)done);
        fprintf(stderr, "\r\033[K%zu of %zu %s, %s left ", done, total, what, left);
        s->on_screen = true;
        s->last = now;
    }
    fflush(stderr);
}

static void show_forecast(void *unused, const char *sentence)
{
    (void)unused;
    fprintf(stderr, "note: %s\n", sentence);
    fflush(stderr);
}

static int run(int argc, char **argv)
{
    static shown progress;
    if (nearer_is_first_rank()) nearer_set_forecast(show_forecast, NULL);
    if (isatty(STDERR_FILENO) && nearer_is_first_rank())
        nearer_set_progress(show_progress, &progress);
    nearer_error err = {NEARER_OK, ""};
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--version") == 0) {
        const char *details;
        const char *version = nearer_version(&details);
        printf("nearer %s (%s)\n", version, details);
        return finish();
    }
    bool help = strcmp(word, "help") == 0 || strcmp(word, "--help") == 0;
    if (help && argc < 3) {
        print_overview(stdout);
        return finish();
    }
    const cli_command *command = find_command(help ? argv[2] : word);
    if (word[0] == 0) {
        print_overview(stderr);
        return nearer_status_exit_code(NEARER_USAGE);
    }
    if (command == NULL) {
        cli_fail(&err, NEARER_USAGE, "no command '%s'; see nearer help", help ? argv[2] : word);
        return fail(&err);
    }
    cli_options options;
    if (!help && cli_parse(&options, command, argc - 2, argv + 2, &err) != NEARER_OK)
        return fail(&err);
    if (help || options.help) {
        cli_help(command);
        return finish();
    }
    nearer_status status =
        command->ask != NULL ? cli_ask(command->ask, &options, &err) : command->run(&options, &err);
    return status == NEARER_OK ? finish() : fail(&err);
}

/* Half a file is worse than none. */
static void interrupted(int number)
{
    nearer_remove_unfinished();
    signal(number, SIG_DFL);
    raise(number);
}

int main(int argc, char **argv)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (signal(ends[i], interrupted) == SIG_IGN) signal(ends[i], SIG_IGN); /* nohup */
    nearer_ranks_begin(&argc, &argv);
    int code = run(argc, argv);
    cli_effort_end();
    nearer_ranks_end(code);
    return code;
}
