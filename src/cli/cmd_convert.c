#include <stddef.h>

#include "cli/cli.h"

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_report *report = NULL;
    nearer_conversion conversion = {.table = options->table, .float32 = options->float32};
    CLI_TRY(cli_reading(&conversion.how, options, err));
    CLI_TRY(cli_topology(&conversion.topology, options, err));
    if (options->year != NULL || options->date != NULL) {
        nearer_query query;
        CLI_TRY(cli_query(&query, options, NULL, err));
        conversion.date = query.date;
    }
    CLI_TRY(nearer_convert(&report, options->operand, options->second, &conversion, err));
    cli_options shown = *options;
    shown.table = NULL;
    return cli_show(report, &shown, err);
}

const cli_command cli_command_convert = {
    .name = "convert",
    .operand = "IN OUT",
    .summary = "a table, layer, matrix, network or study into another format",
    .options = "format encoding crs snap topology day window max-wait year date table float32 json "
               "text",
    .run = run,
};
