#include <stddef.h>

#include "cli/cli.h"

static nearer_status year(int *out, const char *text, const char *name, nearer_error *err)
{
    nearer_date date;
    if (text == NULL) return NEARER_OK;
    CLI_TRY(cli_day(&date, text, name, err));
    *out = nearer_date_year(date);
    return NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_date before, after;
    nearer_query query;
    nearer_measure_spec spec;
    nearer_study_dates(study, &before, &after);
    int from = nearer_date_year(before), to = nearer_date_year(after);
    CLI_TRY(year(&from, options->from, "--from", err));
    CLI_TRY(year(&to, options->to, "--to", err));
    CLI_TRY(cli_query(&query, options, &after, err));
    CLI_TRY(cli_measure(&spec, study, options, "mean_time", err));
    return nearer_ask_timeline(out, study, &query, from, to, spec.mass, err);
}

const cli_command cli_command_timeline = {
    .name = "timeline",
    .operand = "STUDY",
    .summary = "year by year: how near, how unequally, and what opened",
    .options = "from to modes station-to-station mass engine o table top json text",
    .ask = ask,
};
