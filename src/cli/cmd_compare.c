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
    CLI_TRY(cli_measure(&spec, study, options, "potential", err));
    return nearer_ask_compare(out, study, &query, before, after, &spec, err);
}

const cli_command cli_command_compare = {
    .name = "compare",
    .operand = "STUDY",
    .summary = "two years: what came nearer, by place, group and pair",
    .options =
        "times before places from-column to-column column unit encoding format from to modes "
        "station-to-station "
        "measure mass decay cutoff own-mass engine max-minutes cache max-memory timings o table "
        "top json text",
    .ask = ask,
};
