#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const cli_options *o, const nearer_equity_spec *spec,
                         nearer_error *err)
{
    nearer_table *scores = NULL, *places = NULL;
    nearer_reading how;
    CLI_TRY(cli_reading(&how, o, err));
    CLI_TRY(nearer_table_read(&scores, o->scores, &how, err));
    nearer_status status = NEARER_OK;
    if (o->places != NULL) status = nearer_table_read(&places, o->places, &how, err);
    if (status == NEARER_OK) status = nearer_ask_equity(out, scores, places, spec, err);
    nearer_table_free(scores);
    nearer_table_free(places);
    return status;
}

static nearer_status run(const cli_options *o, nearer_error *err)
{
    static cli_words scores, indexes;
    static const char *const conventions[] = {"r-accessibility", NULL};
    size_t convention;
    nearer_equity_spec spec = {
        .id = o->id, .population = o->population, .income = o->income, .group = o->group};
    nearer_report *report = NULL;
    if (o->scores == NULL || o->score == NULL)
        return cli_fail(err, NEARER_USAGE, "equity needs --scores FILE and --score COLUMN");
    CLI_TRY(cli_split(&scores, o->score, "--score", err));
    if (o->index != NULL) CLI_TRY(cli_split(&indexes, o->index, "--index", err));
    spec.scores = scores.items;
    spec.score_count = scores.count;
    spec.indexes = indexes.items;
    spec.index_count = indexes.count;
    if (o->line != NULL)
        CLI_TRY(cli_number(&spec.line, o->line, "--line", "an amount above 0", err));
    if (o->epsilon != NULL)
        CLI_TRY(cli_number(&spec.epsilon, o->epsilon, "--epsilon", "a number above 0", err));
    if (o->line != NULL && spec.line == 0)
        return cli_fail(err, NEARER_USAGE, "--line 0: an amount above 0 was expected");
    if (o->epsilon != NULL && spec.epsilon == 0)
        return cli_fail(err, NEARER_USAGE, "--epsilon 0: a number above 0 was expected");
    CLI_TRY(cli_choose(&convention, o->convention, "--convention", conventions, err));
    spec.r_convention = o->convention != NULL;
    CLI_TRY(ask(&report, o, &spec, err));
    return cli_show(report, o, err);
}

const cli_command cli_command_equity = {
    .name = "equity",
    .operand = NULL,
    .summary = "how access is shared out: inequality, poverty, by income and group",
    .options =
        "scores score places id index population income group line epsilon convention format "
        "encoding o table top json text",
    .run = run,
};
