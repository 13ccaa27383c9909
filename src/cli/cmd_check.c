#include <stddef.h>
#include <string.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    (void)options;
    return nearer_ask_check(out, study, err);
}

/* A study is a .json file; any other is checked by itself. */
static bool is_study(const cli_options *options)
{
    size_t n = strlen(options->operand);
    return options->format == NULL && n > 5 && strcmp(options->operand + n - 5, ".json") == 0;
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_report *report = NULL;
    nearer_reading how;
    nearer_topology topology;
    CLI_TRY(cli_reading(&how, options, err));
    CLI_TRY(cli_topology(&topology, options, err));
    if (is_study(options)) return cli_ask(ask, options, err);
    CLI_TRY(nearer_ask_file(&report, options->operand, &how, &topology, err));
    return cli_show(report, options, err);
}

const cli_command cli_command_check = {
    .name = "check",
    .operand = "STUDY|FILE",
    .summary = "what was read, what is cut off, odd, far or missing",
    .options = "format encoding crs snap topology near strict day window max-wait o table top json "
               "text",
    .run = run,
};
