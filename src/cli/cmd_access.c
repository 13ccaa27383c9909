#include <stdlib.h>

#include "cli/cli.h"

static nearer_status read_count(unsigned long *out, const char *text, const char *name,
                                nearer_error *err)
{
    char *end = NULL;
    if (text == NULL) return NEARER_OK;
    *out = strtoul(text, &end, 10);
    return *end != 0 || text[0] < '0' || text[0] > '9'
               ? cli_fail(err, NEARER_USAGE, "%s %.40s: a whole number was expected", name, text)
               : NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_query query;
    nearer_measure_spec specs[CLI_MOST_SCORES];
    size_t count = 0;
    CLI_TRY(cli_query(&query, options, NULL, err));
    CLI_TRY(cli_measures(specs, &count, study, options, "mean_time", err));
    unsigned long draws = 200, seed = 1;
    CLI_TRY(read_count(&draws, options->draws, "--draws", err));
    CLI_TRY(read_count(&seed, options->seed, "--seed", err));
    if (!options->robust && (options->draws != NULL || options->seed != NULL))
        return cli_fail(err, NEARER_USAGE, "--draws and --seed go with --robust");
    if (options->robust)
        return nearer_ask_robust(out, study, &query, specs, count, draws, seed, err);
    return nearer_ask_access(out, study, &query, specs, count, options->detailed, err);
}

const cli_command cli_command_access = {
    .name = "access",
    .operand = "STUDY",
    .summary = "score and rank of every place",
    .options =
        "times places id from-column to-column column cost max-cost unit encoding format year date "
        "modes "
        "station-to-station measure mass demand decay cutoff interval step summary count "
        "amount share alpha constraint theta scale fixed-point speed tolerance direction "
        "own-mass fill detailed robust draws seed convention engine max-minutes cache max-memory "
        "timings o table "
        "top json text",
    .ask = ask,
};
