#include <stddef.h>

#include "cli/cli.h"

/* Of a study, or of two matrices and columns of their places. */
static nearer_status check(const cli_options *options, nearer_error *err)
{
    if (options->times != NULL && (options->before == NULL || options->growth_from == NULL))
        return cli_fail(err, NEARER_USAGE,
                        "growth of --times needs --before FILE, --growth-from COL, --growth-to COL "
                        "and --years N");
    if (options->times == NULL && (options->growth_from != NULL || options->growth_to != NULL ||
                                   options->income != NULL || options->years != NULL))
        return cli_fail(err, NEARER_USAGE,
                        "--growth-from, --growth-to, --income and --years go with --times");
    return NEARER_OK;
}

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

static nearer_status run(const cli_options *options, nearer_error *err)
{
    CLI_TRY(check(options, err));
    return cli_ask(ask, options, err);
}

const cli_command cli_command_growth = {
    .name = "growth",
    .operand = "STUDY",
    .summary = "change in access held against growth, and what it does not show",
    .options = "times before places column unit growth-from growth-to income years encoding format "
               "modes station-to-station measure mass decay cutoff own-mass engine max-minutes "
               "cache max-memory timings o table top json text",
    .run = run,
};
