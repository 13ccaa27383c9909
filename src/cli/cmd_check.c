#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    (void)options;
    return nearer_ask_check(out, study, err);
}

const cli_command cli_command_check = {
    .name = "check",
    .operand = "STUDY",
    .summary = "what was read, what is cut off, odd, far or missing",
    .options = "o table top json text",
    .ask = ask,
};
