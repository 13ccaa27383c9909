#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

enum { MOST_SCENARIOS = 16 };

/* The study under each scenario, and under all where there are several. */
typedef struct futures {
    cli_words paths;
    size_t count;
    nearer_study *studies[MOST_SCENARIOS + 1];
} futures;

static nearer_status read_paths(futures *f, const char *list, nearer_error *err)
{
    CLI_TRY(cli_split(&f->paths, list, "--scenario", err));
    return f->paths.count <= MOST_SCENARIOS
               ? NEARER_OK
               : cli_fail(err, NEARER_USAGE, "--scenario: up to %d files were expected",
                          MOST_SCENARIOS);
}

static nearer_status read_futures(futures *f, const char *study, nearer_error *err)
{
    for (size_t k = 0; k < f->paths.count; k++, f->count++)
        CLI_TRY(nearer_study_read_under(&f->studies[k], study, &f->paths.items[k], 1, err));
    if (f->paths.count < 2) return NEARER_OK;
    CLI_TRY(
        nearer_study_read_under(&f->studies[f->count], study, f->paths.items, f->paths.count, err));
    f->count++;
    return NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    static futures f;
    nearer_query query;
    nearer_measure_spec specs[CLI_MOST_SCORES];
    size_t count = 0;
    CLI_TRY(cli_query(&query, options, NULL, err));
    CLI_TRY(cli_measure_list(specs, &count, study, options, "potential", err));
    CLI_TRY(read_paths(&f, options->scenario, err));
    nearer_status status = read_futures(&f, options->operand, err);
    if (status == NEARER_OK)
        status = nearer_ask_line(out, study, (const nearer_study *const *)f.studies, f.count,
                                 &query, specs, count, err);
    for (size_t k = 0; k <= MOST_SCENARIOS; k++) nearer_study_free(f.studies[k]);
    return status;
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_query query;
    if (options->scenario == NULL)
        return cli_fail(err, NEARER_USAGE, "line needs --scenario FILE, or several: A.json,B.json");
    CLI_TRY(cli_query(&query, options, NULL, err)); /* before a long reading */
    return cli_ask(ask, options, err);
}

const cli_command cli_command_line = {
    .name = "line",
    .operand = "STUDY",
    .summary = "what a new line, or another scenario, would change: who gains, who loses",
    .options = "scenario year date modes station-to-station measure mass demand decay cutoff "
               "own-mass amount share theta scale speed engine max-minutes cache timings o table "
               "top json text",
    .run = run,
};
