#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const cli_options *o,
                         const nearer_correlation_spec *spec, nearer_error *err)
{
    nearer_table *table = NULL, *other = NULL;
    nearer_reading how;
    CLI_TRY(cli_reading(&how, o, err));
    CLI_TRY(nearer_table_read(&table, o->operand, &how, err));
    nearer_status status = NEARER_OK;
    if (o->second != NULL) status = nearer_table_read(&other, o->second, &how, err);
    if (status == NEARER_OK) status = nearer_ask_correlate(out, table, other, spec, err);
    nearer_table_free(table);
    nearer_table_free(other);
    return status;
}

static nearer_status run(const cli_options *o, nearer_error *err)
{
    static cli_words given;
    nearer_correlation_spec spec = {.x = o->x, .y = o->y, .id = o->id};
    nearer_report *report = NULL;
    if (o->second == NULL && (o->x == NULL || o->y == NULL))
        return cli_fail(err, NEARER_USAGE,
                        "correlate needs --x COLUMN and --y COLUMN of one table");
    if (o->given != NULL) CLI_TRY(cli_split(&given, o->given, "--given", err));
    spec.given = given.items;
    spec.given_count = given.count;
    CLI_TRY(cli_chance(&spec.draws, &spec.seed, o, err));
    CLI_TRY(ask(&report, o, &spec, err));
    return cli_show(report, o, err);
}

const cli_command cli_command_correlate = {
    .name = "correlate",
    .operand = "TABLE [TABLE]",
    .summary = "how two columns of any table, or of two, go together",
    .options = "x y given id draws seed format encoding o table top json text",
    .run = run,
};
