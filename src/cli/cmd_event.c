#include <stddef.h>

#include "cli/cli.h"

static nearer_status run(const cli_options *o, nearer_error *err)
{
    static const char *const controls[] = {"never", "not-yet", NULL}, *const bases[] = {"varying",
                                                                                        "universal",
                                                                                        NULL};
    nearer_event_spec spec = {
        .y = o->y, .unit = o->id == NULL ? "id" : o->id, .time = o->time, .treated = o->treated};
    nearer_report *report = NULL;
    nearer_table *table = NULL;
    nearer_reading how;
    size_t control, base;
    if (!o->y || !o->time || !o->treated)
        return cli_fail(err, NEARER_USAGE,
                        "event needs --y COLUMN, --time COLUMN and --treated COLUMN");
    CLI_TRY(cli_choose(&control, o->control, "--control", controls, err));
    CLI_TRY(cli_choose(&base, o->base, "--base", bases, err));
    spec.not_yet = control == 1;
    spec.universal = base == 1;
    CLI_TRY(cli_reading(&how, o, err));
    CLI_TRY(nearer_table_read(&table, o->operand, &how, err));
    nearer_status status = nearer_ask_event(&report, table, &spec, err);
    nearer_table_free(table);
    return status == NEARER_OK ? cli_show(report, o, err) : status;
}

const cli_command cli_command_event = {
    .name = "event",
    .operand = "TABLE",
    .summary = "what follows a treatment that comes to units one after the other",
    .options = "y id time treated control base format encoding o table top json text",
    .run = run,
};
