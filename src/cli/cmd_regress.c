#include "cli/cli.h"

static nearer_status read_words(nearer_regression_spec *spec, const cli_options *o,
                                nearer_error *err)
{
    static cli_words x, km;
    static double cutoffs[CLI_MOST_WORDS];
    CLI_TRY(cli_split(&x, o->x, "--x", err));
    CLI_TRY(cli_split(&km, o->km, "--km", err));
    for (size_t k = 0; k < km.count; k++) {
        CLI_TRY(cli_number(&cutoffs[k], km.items[k], "--km", "a number of kilometres", err));
        if (cutoffs[k] == 0)
            return cli_fail(err, NEARER_USAGE, "--km 0: kilometres above 0 were expected");
    }
    spec->x = x.items;
    spec->x_count = x.count;
    spec->km = cutoffs;
    spec->km_count = km.count;
    return cli_neighbours(&spec->neighbours, o, err);
}

static nearer_status run(const cli_options *o, nearer_error *err)
{
    nearer_regression_spec spec = {.y = o->y, .id = o->id, .cluster = o->cluster};
    nearer_report *report = NULL;
    nearer_table *table = NULL;
    nearer_reading how;
    if (o->x == NULL || o->y == NULL)
        return cli_fail(err, NEARER_USAGE, "regress needs --y COLUMN and --x COLUMN,...");
    CLI_TRY(read_words(&spec, o, err));
    CLI_TRY(cli_reading(&how, o, err));
    CLI_TRY(nearer_table_read(&table, o->operand, &how, err));
    nearer_status status = nearer_ask_regress(&report, table, &spec, err);
    nearer_table_free(table);
    return status == NEARER_OK ? cli_show(report, o, err) : status;
}

const cli_command cli_command_regress = {
    .name = "regress",
    .operand = "TABLE",
    .summary = "one column of any table by others, with several kinds of standard errors",
    .options = "y x id cluster lon lat km nearest band format encoding o table top json text",
    .run = run,
};
