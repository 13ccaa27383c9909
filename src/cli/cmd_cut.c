#include <stddef.h>
#include <string.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_query query;
    const char *mass = options->mass;
    CLI_TRY(cli_query(&query, options, NULL, err));
    if (mass != NULL && strcmp(mass, "one") == 0) mass = NULL;
    return nearer_ask_cut(out, study, &query, mass, options->by == NULL ? "line" : options->by,
                          err);
}

const cli_command cli_command_cut = {
    .name = "cut",
    .operand = "STUDY",
    .summary = "what is lost when one link, line, station or mode is gone",
    .options =
        "by year date modes station-to-station mass engine max-minutes cache timings o table "
        "top json text",
    .ask = ask,
};
