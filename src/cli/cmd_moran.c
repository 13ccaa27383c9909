#include "cli/cli.h"

static nearer_status run(const cli_options *o, nearer_error *err)
{
    nearer_moran_spec spec = {.column = o->column, .id = o->id, .local = o->local};
    nearer_report *report = NULL;
    nearer_table *table = NULL;
    nearer_reading how;
    if (o->column == NULL || (o->nearest == NULL && o->band == NULL))
        return cli_fail(err, NEARER_USAGE,
                        "moran needs --column COLUMN and one of --nearest K, --band KM");
    CLI_TRY(cli_neighbours(&spec.neighbours, o, err));
    CLI_TRY(cli_chance(&spec.draws, &spec.seed, o, err));
    CLI_TRY(cli_reading(&how, o, err));
    CLI_TRY(nearer_table_read(&table, o->operand, &how, err));
    nearer_status status = nearer_ask_moran(&report, table, &spec, err);
    nearer_table_free(table);
    return status == NEARER_OK ? cli_show(report, o, err) : status;
}

const cli_command cli_command_moran = {
    .name = "moran",
    .operand = "TABLE",
    .summary = "whether near rows of any table are alike",
    .options =
        "column id lon lat nearest band local draws seed format encoding o table top json text",
    .run = run,
};
