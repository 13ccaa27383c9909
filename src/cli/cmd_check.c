#include "cli/cli.h"

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_study *study = NULL;
    nearer_report *report = NULL;
    CLI_TRY(cli_study(&study, options, err));
    nearer_status status = nearer_ask_check(&report, study, err);
    nearer_study_free(study);
    return status == NEARER_OK ? cli_show(report, options, err) : status;
}

const cli_command cli_command_check = {
    .name = "check",
    .operand = "STUDY",
    .summary = "what was read, what is cut off, odd, far or missing",
    .options = "o table top json text",
    .run = run,
};
