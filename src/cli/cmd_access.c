#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_query query;
    nearer_measure_spec spec;
    CLI_TRY(cli_query(&query, options, NULL, err));
    CLI_TRY(cli_measure(&spec, study, options, "mean_time", err));
    return nearer_ask_access(out, study, &query, &spec, 1, err);
}

const cli_command cli_command_access = {
    .name = "access",
    .operand = "STUDY",
    .summary = "score and rank of every place",
    .options = "times places column unit encoding format year date modes station-to-station "
               "measure mass decay cutoff own-mass engine max-minutes cache max-memory timings o "
               "table top json text",
    .ask = ask,
};
