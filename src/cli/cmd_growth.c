#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_date before, after;
    nearer_query query;
    nearer_measure_spec spec;
    nearer_study_dates(study, &before, &after);
    CLI_TRY(cli_query(&query, options, &after, err));
    CLI_TRY(cli_measure(&spec, study, options, "potential", err));
    return nearer_ask_growth(out, study, &query, &spec, err);
}

const cli_command cli_command_growth = {
    .name = "growth",
    .operand = "STUDY",
    .summary = "change in access held against growth, and what it does not show",
    .options = "modes station-to-station measure mass decay cutoff own-mass engine max-minutes "
               "cache max-memory timings o table top "
               "json text",
    .ask = ask,
};
