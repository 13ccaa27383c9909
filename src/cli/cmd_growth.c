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

static nearer_status run(const cli_options *o, nearer_error *err)
{
    bool whole =
        o->before != NULL && o->growth_from != NULL && o->growth_to != NULL && o->years != NULL;
    if (o->times != NULL && !whole)
        return cli_fail(err, NEARER_USAGE,
                        "growth of --times needs --before FILE, --growth-from COLUMN, --growth-to "
                        "COLUMN and --years N");
    return cli_ask(ask, o, err);
}

const cli_command cli_command_growth = {
    .name = "growth",
    .operand = "STUDY",
    .summary = "change in access held against growth, and what it does not show",
    .options =
        "times before places growth-from growth-to initial-income years from-column to-column "
        "column unit encoding "
        "format modes station-to-station measure mass decay cutoff own-mass engine max-minutes "
        "cache max-memory timings o table "
        "top json text",
    .run = run,
};
