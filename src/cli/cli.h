/* cli: words on the command line into calls of <nearer.h>, answers onto the screen. */
#ifndef NR_CLI_H
#define NR_CLI_H
#include "nearer.h"

/* Every option's value as given; NULL or false when not given. One row each in options.def. */
typedef struct cli_options {
#define OPTION(member, name, value, help) const char *member;
#define FLAG(member, name, help) bool member;
#include "cli/options.def"
#undef OPTION
#undef FLAG
    const char *operand; /* the study file, or what to list; NULL when not given */
    const char *second;  /* of a command with two */
    size_t top_rows;     /* of --top */
} cli_options;

/* A question put to a study. */
typedef nearer_status cli_question(nearer_report **out, const nearer_study *study,
                                   const cli_options *options, nearer_error *err);

typedef struct cli_command {
    const char *name, *operand, *summary;
    const char *options; /* names it takes, without the dashes: "year date modes" */
    bool makes_folder;   /* -o names one, for many files */
    cli_question *ask;   /* of the study named by the operand; the answer is shown */
    nearer_status (*run)(const cli_options *options, nearer_error *err); /* in place of ask */
} cli_command;

#define COMMAND(id) extern const cli_command cli_command_##id;
#include "cli/commands.def"
#undef COMMAND
extern const cli_command *const cli_commands[]; /* NULL behind the last */

/* Fails with USAGE: an option the command does not take, a missing value. */
nearer_status cli_parse(cli_options *out, const cli_command *command, int argc, char **argv,
                        nearer_error *err);
void cli_help(const cli_command *command);

nearer_status cli_fail(nearer_error *err, nearer_status status, const char *format, ...);
/* Hands a failed status on. */
#define CLI_TRY(call)                                           \
    do {                                                        \
        nearer_status cli_try_status = (call);                  \
        if (cli_try_status != NEARER_OK) return cli_try_status; \
    } while (0)

/* A year (its 31 December) or a date. */
nearer_status cli_day(nearer_date *out, const char *text, const char *name, nearer_error *err);
/* The year of a year or a date; *out stays as it is when `text` is NULL. */
nearer_status cli_year(int *out, const char *text, const char *name, nearer_error *err);
/* The days of --from and --to, without them the study's. */
nearer_status cli_two_days(nearer_date *before, nearer_date *after, const nearer_study *study,
                           const cli_options *options, nearer_error *err);
/* Day and modes from --year, --date, --modes, --station-to-station, --engine; without a day,
 * `day` (NULL: one must be given). */
nearer_status cli_query(nearer_query *out, const cli_options *options, const nearer_date *day,
                        nearer_error *err);
/* How times are found: --engine, --max-minutes, --cache, --max-memory, --timings. */
nearer_status cli_effort(nearer_query *out, const cli_options *options, nearer_error *err);
/* Says what was measured for --timings, and gives back what was opened; once, at the end. */
void cli_effort_end(void);
/* Seconds since some moment. */
double cli_clock(void);
/* What was read took the time since then. */
void cli_add_reading(double since);
/* The matrix goes out row by row: of a study to -o FILE, or of --network. */
bool cli_wants_rows(const cli_options *options);
nearer_status cli_rows(const cli_options *options, nearer_error *err);
/* Paths of one or two places, or sums along all: --within, --predecessors, --sum, --alternatives.
 */
bool cli_wants_paths(const cli_options *options);
/* Fails with USAGE when the words for them do not go together. */
nearer_status cli_check_paths(const cli_options *options, nearer_error *err);
nearer_status cli_ask_paths(nearer_report **out, const nearer_study *study,
                            const nearer_query *query, const cli_options *options,
                            nearer_error *err);
/* Prints the notes of a report on stderr and frees it. */
void cli_notes(nearer_report *report);

/* Words of a comma list. */
enum { CLI_MOST_WORDS = 64, CLI_WORD_ROOM = 1024 };
typedef struct cli_words {
    char text[CLI_MOST_WORDS][CLI_WORD_ROOM];
    const char *items[CLI_MOST_WORDS]; /* of text: it must stay where it is */
    size_t count;
} cli_words;
/* Fails with USAGE: too many, an empty one, one too long. `name` is the option's. */
nearer_status cli_split(cli_words *out, const char *list, const char *name, nearer_error *err);

enum { CLI_MOST_SCORES = 32 };
/* One measure for each mass and each cutoff asked for. */
nearer_status cli_measures(nearer_measure_spec out[CLI_MOST_SCORES], size_t *count,
                           const nearer_study *study, const cli_options *options,
                           const char *measure, nearer_error *err);
/* The measure asked for, with the study's own settings for what is not given. Without --measure
 * it is `measure` as the study lists it, else the study's first, else the plain mean time. */
nearer_status cli_measure(nearer_measure_spec *out, const nearer_study *study,
                          const cli_options *options, const char *measure, nearer_error *err);

/* Lines that might be built: --candidates, or all pairs, with their speed, cost and package. */
nearer_status cli_lines(nearer_lines_spec *out, const cli_options *options, nearer_error *err);

/* One for each word of --measure, told what it takes of what is given; a measure that the study
 * does not list has the mass of the first. */
nearer_status cli_measure_list(nearer_measure_spec out[CLI_MOST_SCORES], size_t *count,
                               const nearer_study *study, const cli_options *options,
                               const char *measure, nearer_error *err);

/* How much is drawn by chance: --draws (999), --seed (1). */
nearer_status cli_chance(size_t *draws, unsigned long *seed, const cli_options *options,
                         nearer_error *err);

/* Who is whose neighbour: --lon, --lat, --nearest, --band. */
nearer_status cli_neighbours(nearer_neighbours *out, const cli_options *options, nearer_error *err);

/* Which of the words an option takes, NULL behind the last, is given; the first when none is. Fails
 * with NAME. */
nearer_status cli_choose(size_t *out, const char *text, const char *name, const char *const *words,
                         nearer_error *err);
/* The command takes an option of this name. */
bool cli_takes(const cli_command *command, const char *name);
/* A number of 0 or more; `what` says in an error what it is: "a number of minutes". */
nearer_status cli_number(double *out, const char *text, const char *name, const char *what,
                         nearer_error *err);
/* How files are to be read: --format, --encoding, --crs and those of timetables. */
nearer_status cli_reading(nearer_reading *out, const cli_options *options, nearer_error *err);
/* How lines become a network: --snap, --topology, --near. */
nearer_status cli_topology(nearer_topology *out, const cli_options *options, nearer_error *err);
/* Reads the study of the command's operand, or that of --times and --places. */
nearer_status cli_open(nearer_study **out, const cli_options *options, nearer_error *err);

/* Reads the study, asks, and shows the answer. */
nearer_status cli_ask(cli_question *question, const cli_options *options, nearer_error *err);
/* The answer goes out as one JSON document. */
bool cli_wants_json(const cli_options *options);
/* It goes out as a drawing. */
bool cli_wants_chart(const cli_options *options);
/* Shows a report as asked: aligned text on a terminal or with --text, CSV of the main table (or
 * --table) in a pipe, --json, or -o FILE; notes on stderr. Frees the report. */
nearer_status cli_show(nearer_report *report, const cli_options *options, nearer_error *err);
/* Prints a table aligned, at most `rows` rows (0: all). */
void cli_print_table(const nearer_table *table, const char *title, size_t rows);
#endif
