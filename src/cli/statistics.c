/* What statistics of tables are asked with: chance and neighbours. */
#include <math.h>
#include <string.h>

#include "cli/cli.h"

nearer_status cli_chance(size_t *draws, unsigned long *seed, const cli_options *o,
                         nearer_error *err)
{
    double drawn = 999, number = 1;
    if (o->draws != NULL) CLI_TRY(cli_number(&drawn, o->draws, "--draws", "draws", err));
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
