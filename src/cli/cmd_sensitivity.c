#include <stddef.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_date before, after;
    nearer_query query;
    nearer_measure_spec spec;
    CLI_TRY(cli_two_days(&before, &after, study, options, err));
    CLI_TRY(cli_query(&query, options, &after, err));
    CLI_TRY(cli_measure(&spec, study, options, "mean_time", err));
    return nearer_ask_sensitivity(out, study, &query, before, after, spec.mass, err);
}

const cli_command cli_command_sensitivity = {
    .name = "sensitivity",
    .operand = "STUDY",
    .summary = "how far index and ranking hang on each parameter of the modes",
    .options = "from to modes station-to-station mass engine max-minutes cache max-memory timings "
               "o table top json text",
    .ask = ask,
};
