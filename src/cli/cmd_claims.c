#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    (void)options;
    return nearer_ask_claims(out, study, err);
}

const cli_command cli_command_claims = {
    .name = "claims",
    .operand = "STUDY",
    .summary = "claims under study beside the figures of the study's own data",
    .options = "o table top json text",
    .ask = ask,
};
