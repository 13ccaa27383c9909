#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_query query;
    nearer_measure_spec specs[CLI_MOST_SCORES];
    size_t count = 0;
    CLI_TRY(cli_query(&query, options, NULL, err));
    CLI_TRY(cli_measures(specs, &count, study, options, "mean_time", err));
    return nearer_ask_access(out, study, &query, specs, count, options->detailed, err);
}

const cli_command cli_command_access = {
    .name = "access",
    .operand = "STUDY",
    .summary = "score and rank of every place",
    .options = "times places id column cost max-cost unit encoding format year date modes "
               "station-to-station measure mass demand decay cutoff interval step summary count "
               "amount share alpha constraint theta scale fixed-point speed tolerance direction "
               "own-mass detailed convention engine max-minutes cache max-memory timings o table "
               "top json text",
    .ask = ask,
};
