#include <stddef.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_query query;
    nearer_reading how;
    nearer_table *demand = NULL;
    CLI_TRY(cli_query(&query, options, NULL, err));
    CLI_TRY(cli_reading(&how, options, err));
    if (options->demand != NULL) CLI_TRY(nearer_table_read(&demand, options->demand, &how, err));
    nearer_status status = nearer_ask_load(out, study, &query, demand, options->column, err);
    nearer_table_free(demand);
    return status;
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_query query;
    CLI_TRY(cli_query(&query, options, NULL, err)); /* before a long reading */
    if (options->demand == NULL && options->column != NULL)
        return cli_fail(err, NEARER_USAGE, "--column needs --demand");
    return cli_ask(ask, options, err);
}

const cli_command cli_command_load = {
    .name = "load",
    .operand = "STUDY",
    .summary = "trips put on the links of their fastest ways, all or nothing",
    .options =
        "year date modes station-to-station demand column format encoding max-minutes timings "
        "o table top json text",
    .run = run,
};
