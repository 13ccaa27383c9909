#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

enum { WORD = 200 };

/* "growth_poles" or "region:east". */
static nearer_status read_standard(nearer_standard *out, char group[WORD], const cli_options *o,
                                   nearer_error *err)
{
    *out = (nearer_standard){0};
    if (o->within == NULL || o->to_group == NULL)
        return cli_fail(err, NEARER_USAGE, "reach needs --within MIN and --to-group GROUP");
    CLI_TRY(cli_number(&out->within_min, o->within, "--within", "a number of minutes", err));
    if (out->within_min == 0)
        return cli_fail(err, NEARER_USAGE, "--within 0: more than 0 minutes was expected");
    snprintf(group, WORD, "%s", o->to_group);
    char *colon = strchr(group, ':');
    if (colon != NULL) {
        *colon = 0;
        out->value = colon + 1;
    }
    out->group = group;
    return NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *o,
                         nearer_error *err)
{
    char group[WORD];
    nearer_query query;
    nearer_standard standard;
    nearer_lines_spec lines;
    nearer_study *candidates = NULL;
    CLI_TRY(cli_query(&query, o, NULL, err));
    CLI_TRY(read_standard(&standard, group, o, err));
    CLI_TRY(cli_lines(&lines, o, err));
    if (o->candidates != NULL)
        CLI_TRY(nearer_study_read_under(&candidates, o->operand, &o->candidates, 1, err));
    lines.candidates = candidates;
    nearer_status status = nearer_ask_standard(out, study, &query, &standard, &lines, err);
    nearer_study_free(candidates);
    return status;
}

static nearer_status run(const cli_options *o, nearer_error *err)
{
    char group[WORD];
    nearer_query query;
    nearer_standard standard;
    nearer_lines_spec lines;
    CLI_TRY(cli_query(&query, o, NULL, err)); /* before a long reading */
    CLI_TRY(read_standard(&standard, group, o, err));
    CLI_TRY(cli_lines(&lines, o, err));
    return cli_ask(ask, o, err);
}

const cli_command cli_command_reach = {
    .name = "reach",
    .operand = "STUDY",
    .summary = "which places miss a standard of time, and the least that brings each within it",
    .options =
        "within to-group year date modes station-to-station between mode class line-speed "
        "detour stop-min min-km max-km candidates cost-per-km terrain engine cache timings o "
        "table top json text",
    .run = run,
};
