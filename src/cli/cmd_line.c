#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

enum { MOST_SCENARIOS = 16, PATH_ROOM = 1024 };

/* The study under each scenario, and under all where there are several. */
typedef struct futures {
    char paths[MOST_SCENARIOS][PATH_ROOM];
    const char *items[MOST_SCENARIOS];
    size_t paths_count, count;
    nearer_study *studies[MOST_SCENARIOS + 1];
} futures;

static nearer_status read_paths(futures *f, const char *list, nearer_error *err)
{
    for (const char *at = list; at != NULL;) {
        size_t n = strcspn(at, ",");
        if (f->paths_count == MOST_SCENARIOS || n == 0 || n >= PATH_ROOM)
            return cli_fail(err, NEARER_USAGE, "--scenario %.80s: up to %d files were expected",
                            list, MOST_SCENARIOS);
        snprintf(f->paths[f->paths_count], PATH_ROOM, "%.*s", (int)n, at);
        f->items[f->paths_count] = f->paths[f->paths_count];
        f->paths_count++;
        at = at[n] == ',' ? at + n + 1 : NULL;
    }
    return NEARER_OK;
}

static nearer_status read_futures(futures *f, const char *study, nearer_error *err)
{
    for (size_t k = 0; k < f->paths_count; k++, f->count++)
        CLI_TRY(nearer_study_read_under(&f->studies[k], study, &f->items[k], 1, err));
    if (f->paths_count < 2) return NEARER_OK;
    CLI_TRY(nearer_study_read_under(&f->studies[f->count], study, f->items, f->paths_count, err));
    f->count++;
    return NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    static futures f;
    nearer_query query;
    nearer_measure_spec spec;
    CLI_TRY(cli_query(&query, options, NULL, err));
    CLI_TRY(cli_measure(&spec, study, options, "potential", err));
    CLI_TRY(read_paths(&f, options->scenario, err));
    nearer_status status = read_futures(&f, options->operand, err);
    if (status == NEARER_OK)
        status = nearer_ask_line(out, study, (const nearer_study *const *)f.studies, f.count,
                                 &query, &spec, err);
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
