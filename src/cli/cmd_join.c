#include <stddef.h>

#include "cli/cli.h"

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_report *report = NULL;
    CLI_TRY(nearer_join(&report, options->operand, options->float32, err));
    cli_notes(report);
    return NEARER_OK;
}

const cli_command cli_command_join = {
    .name = "join",
    .operand = "OUT",
    .summary = "the parts of a matrix (times --part) into one file",
    .options = "float32",
    .run = run,
};
