/* What statistics of tables are asked with: chance and neighbours. */
#include <math.h>
#include <string.h>

#include "cli/cli.h"

nearer_status cli_chance(size_t *draws, unsigned long *seed, const cli_options *o,
                         nearer_error *err)
{
    double drawn = 999, number = 1;
    if (o->draws != NULL)
        CLI_TRY(cli_number(&drawn, o->draws, "--draws", "a number of draws", err));
    if (drawn < 100 || drawn > 1e7 || drawn != floor(drawn))
        return cli_fail(err, NEARER_USAGE, "--draws %s: 100 to 10000000 draws were expected",
                        o->draws);
    if (o->seed != NULL) CLI_TRY(cli_number(&number, o->seed, "--seed", "a whole number", err));
    if (number > 4294967295.0 || number != floor(number))
        return cli_fail(err, NEARER_USAGE, "--seed %s: a whole number was expected", o->seed);
    *draws = (size_t)drawn;
    *seed = (unsigned long)number;
    return NEARER_OK;
}

nearer_status cli_neighbours(nearer_neighbours *out, const cli_options *o, nearer_error *err)
{
    double nearest = 0;
    *out = (nearer_neighbours){.lon = o->lon, .lat = o->lat};
    if (o->nearest != NULL && o->band != NULL)
        return cli_fail(err, NEARER_USAGE, "--nearest and --band exclude each other");
    if (o->nearest != NULL) {
        CLI_TRY(cli_number(&nearest, o->nearest, "--nearest", "a number of neighbours", err));
        if (nearest < 1 || nearest > 1e6 || nearest != floor(nearest))
            return cli_fail(err, NEARER_USAGE, "--nearest %s: 1 or more neighbours were expected",
                            o->nearest);
        out->nearest = (size_t)nearest;
    }
    if (o->band != NULL) {
        CLI_TRY(cli_number(&out->band_km, o->band, "--band", "a number of kilometres", err));
        if (out->band_km == 0)
            return cli_fail(err, NEARER_USAGE, "--band 0: kilometres above 0 were expected");
    }
    return NEARER_OK;
}
