#include "cli/cli.h"

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_report *report = NULL;
    CLI_TRY(nearer_catalogue(&report, options->operand, err));
    return cli_show(report, options, err);
}

const cli_command cli_command_list = {
    .name = "list",
    .operand = "measures|indexes|decays|modes|formats|engines|statistics",
    .summary = "what there is",
    .options = "o top json text",
    .run = run,
};
