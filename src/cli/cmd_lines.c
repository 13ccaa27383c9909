#include <stddef.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *o,
                         nearer_error *err)
{
    nearer_query query;
    nearer_measure_spec measure;
    nearer_lines_spec spec;
    nearer_study *candidates = NULL;
    CLI_TRY(cli_query(&query, o, NULL, err));
    CLI_TRY(cli_lines(&spec, o, err));
    cli_options plain = *o; /* mean time, which a line changes in proportion to its minutes */
    if (o->measure == NULL) plain.measure = "mean_time";
    CLI_TRY(cli_measure(&measure, study, &plain, NULL, err));
    if (o->candidates != NULL)
        CLI_TRY(nearer_study_read_under(&candidates, o->operand, &o->candidates, 1, err));
    spec.candidates = candidates;
    nearer_status status = nearer_ask_lines(out, study, &query, &measure, &spec, err);
    nearer_study_free(candidates);
    return status;
}

static nearer_status run(const cli_options *o, nearer_error *err)
{
    nearer_query query;
    nearer_lines_spec spec;
    CLI_TRY(cli_query(&query, o, NULL, err)); /* before a long reading */
    CLI_TRY(cli_lines(&spec, o, err));
    return cli_ask(ask, o, err);
}

const cli_command cli_command_lines = {
    .name = "lines",
    .operand = "STUDY",
    .summary = "every line that might be built, by what it would bring",
    .options =
        "year date modes station-to-station between mode class line-speed detour stop-min "
        "min-km max-km candidates cost-per-km terrain rank package budget measure mass decay "
        "cutoff own-mass amount share theta scale speed engine cache timings o table top "
        "json text",
    .run = run,
};
