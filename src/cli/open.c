/* What files a command reads, and how. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

nearer_status cli_reading(nearer_reading *out, const cli_options *o, nearer_error *err)
{
    *out = (nearer_reading){.format = o->format,
                            .encoding = o->encoding,
                            .crs = o->crs,
                            .day = o->day,
                            .window = o->window,
                            .strict = o->strict};
    if (o->max_wait == NULL) return NEARER_OK;
    return cli_number(&out->max_wait_min, o->max_wait, "--max-wait", "a number of minutes", err);
}

nearer_status cli_topology(nearer_topology *out, const cli_options *o, nearer_error *err)
{
    static const char *const joins[] = {"endpoints", "crossings", NULL};
    size_t join;
    CLI_TRY(cli_choose(&join, o->topology, "--topology", joins, err));
    *out = (nearer_topology){.crossings = join == 1};
    if (o->snap != NULL)
        CLI_TRY(cli_number(&out->snap_m, o->snap, "--snap", "a number of metres", err));
    if (out->snap_m > 100000) /* as "snap_m" of a study */
        return cli_fail(err, NEARER_USAGE, "--snap %s: metres up to 100000 were expected", o->snap);
    if (o->near == NULL) return NEARER_OK;
    return cli_number(&out->near_m, o->near, "--near", "a number of metres", err);
}

static nearer_status open_times(nearer_study **out, const cli_options *o, nearer_error *err)
{
    static const char *const units[] = {"min", "s", "h", NULL};
    static const double minutes[] = {1, 1 / 60.0, 60};
    size_t unit;
    nearer_given_times given = {.times = o->times,
                                .before = o->before,
                                .places = o->places,
                                .column = o->column,
                                .growth_from = o->growth_from,
                                .growth_to = o->growth_to,
                                .initial_income = o->initial_income};
    if (o->places == NULL)
        return cli_fail(err, NEARER_USAGE, "--times needs --places FILE: the places it is between");
    CLI_TRY(cli_choose(&unit, o->unit, "--unit", units, err));
    given.minutes_per_unit = minutes[unit];
    if (o->years != NULL)
        CLI_TRY(cli_number(&given.growth_years, o->years, "--years", "a number of years", err));
    given.id = o->id;
    given.from = o->from_column;
    given.to = o->to_column;
    given.cost = o->cost;
    if ((o->cost != NULL) != (o->max_cost != NULL))
        return cli_fail(err, NEARER_USAGE, "--cost and --max-cost go together");
    if (o->max_cost != NULL)
        CLI_TRY(cli_number(&given.max_cost, o->max_cost, "--max-cost", "a cost of 0 or more", err));
    CLI_TRY(cli_reading(&given.how, o, err));
    return nearer_study_of_times(out, &given, err);
}

static nearer_status open_any(nearer_study **out, const cli_options *o, nearer_error *err)
{
    const char *needs_times = o->places != NULL                        ? "--places"
                              : o->before != NULL                      ? "--before"
                              : o->column != NULL && o->demand == NULL ? "--column"
                              : o->unit != NULL                        ? "--unit"
                              : o->id != NULL                          ? "--id"
                              : o->from_column != NULL                 ? "--from-column"
                              : o->to_column != NULL                   ? "--to-column"
                              : o->cost != NULL                        ? "--cost"
                              : o->growth_from != NULL                 ? "--growth-from"
                              : o->growth_to != NULL                   ? "--growth-to"
                              : o->initial_income != NULL              ? "--initial-income"
                              : o->years != NULL                       ? "--years"
                                                                       : NULL;
    if (o->times != NULL) return open_times(out, o, err);
    if (needs_times != NULL)
        return cli_fail(err, NEARER_USAGE, "%s goes with --times", needs_times);
    return nearer_study_read(out, o->operand, err);
}

nearer_status cli_open(nearer_study **out, const cli_options *o, nearer_error *err)
{
    double begin = cli_clock();
    nearer_status status = open_any(out, o, err);
    cli_add_reading(begin);
    return status;
}
