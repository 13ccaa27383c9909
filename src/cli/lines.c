/* Words on the command line into lines that might be built. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "cli/cli.h"

static nearer_status read_numbers(nearer_lines_spec *spec, const cli_options *o, nearer_error *err)
{
    const struct {
        const char *text, *name, *unit;
        double *value;
    } numbers[] = {{o->line_speed, "--line-speed", "a speed in km/h", &spec->speed_kmh},
                   {o->detour, "--detour", "a number of 1 or more", &spec->detour},
                   {o->stop_min, "--stop-min", "a number of minutes", &spec->stop_min},
                   {o->min_km, "--min-km", "a number of kilometres", &spec->min_km},
                   {o->max_km, "--max-km", "a number of kilometres", &spec->max_km},
                   {o->budget, "--budget", "a cost of 0 or more", &spec->budget}};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (numbers[k].text != NULL)
            CLI_TRY(cli_number(numbers[k].value, numbers[k].text, numbers[k].name, numbers[k].unit,
                               err));
    if (spec->speed_kmh < 0.1 || spec->speed_kmh > 2000)
        return cli_fail(err, NEARER_USAGE, "--line-speed %s: 0.1 to 2000 km/h was expected",
                        o->line_speed);
    if (o->max_km != NULL && spec->max_km == 0)
        return cli_fail(err, NEARER_USAGE, "--max-km 0: more than 0 km was expected");
    if (spec->detour < 1 || spec->detour > 10)
        return cli_fail(err, NEARER_USAGE, "--detour %s: 1 to 10 was expected", o->detour);
    double most = 0;
    if (o->package == NULL) return NEARER_OK;
    CLI_TRY(cli_number(&most, o->package, "--package", "a number of lines", err));
    if (most < 1 || most > 20 || most != floor(most))
        return cli_fail(err, NEARER_USAGE, "--package %s: 1 to 20 lines were expected", o->package);
    spec->most_lines = (size_t)most;
    return NEARER_OK;
}

nearer_status cli_lines(nearer_lines_spec *out, const cli_options *o, nearer_error *err)
{
    static const char *const between[] = {"places", "stations", NULL};
    size_t ends;
    nearer_lines_spec spec = {.mode = o->mode,
                              .class_id = o->line_class,
                              .speed_kmh = NAN,
                              .detour = NAN,
                              .cost_per_km = o->cost_per_km,
                              .terrain = o->terrain,
                              .rank = o->rank};
    CLI_TRY(read_numbers(&spec, o, err));
    CLI_TRY(cli_choose(&ends, o->between, "--between", between, err));
    spec.stations = ends == 1;
    const char *of_pairs = o->between != NULL      ? "--between"
                           : o->mode != NULL       ? "--mode"
                           : o->line_class != NULL ? "--class"
                           : o->line_speed != NULL ? "--line-speed"
                           : o->min_km != NULL     ? "--min-km"
                           : o->max_km != NULL     ? "--max-km"
                                                   : NULL;
    if (o->candidates != NULL && of_pairs != NULL)
        return cli_fail(err, NEARER_USAGE, "%s is of lines between all pairs, not of --candidates",
                        of_pairs);
    if (o->budget != NULL && o->package == NULL)
        return cli_fail(err, NEARER_USAGE, "--budget goes with --package");
    *out = spec;
    return NEARER_OK;
}
