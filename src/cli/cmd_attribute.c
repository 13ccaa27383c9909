#include <math.h>
#include <stddef.h>
#include <string.h>

#include "cli/cli.h"

static nearer_status read_sampling(nearer_attribution *what, const cli_options *o,
                                   nearer_error *err)
{
    double draws = 0, seed = 1;
    if (o->draws != NULL)
        CLI_TRY(cli_number(&draws, o->draws, "--draws", "a number of orders", err));
    if (o->seed != NULL) CLI_TRY(cli_number(&seed, o->seed, "--seed", "a whole number", err));
    if (o->draws != NULL && (draws < 2 || draws > 1e7 || draws != floor(draws)))
        return cli_fail(err, NEARER_USAGE, "--draws %s: 2 to 10000000 orders were expected",
                        o->draws);
    if (seed > 4294967295.0 || seed != floor(seed))
        return cli_fail(err, NEARER_USAGE, "--seed %s: a whole number was expected", o->seed);
    what->draws = (size_t)draws;
    what->seed = (unsigned long)seed;
    return NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *o,
                         nearer_error *err)
{
    static const char *const of[] = {"minutes", "index", NULL};
    size_t shared;
    nearer_query query;
    nearer_attribution what = {.by = o->by, .group = o->group, .owen = o->owen};
    CLI_TRY(cli_two_days(&what.from, &what.to, study, o, err));
    CLI_TRY(cli_query(&query, o, &what.to, err));
    CLI_TRY(read_sampling(&what, o, err));
    CLI_TRY(cli_choose(&shared, o->share_of, "--of", of, err));
    what.logs = shared == 1;
    if (o->mass != NULL && strcmp(o->mass, "one") != 0) what.mass = o->mass;
    return nearer_ask_attribute(out, study, &query, &what, err);
}

const cli_command cli_command_attribute = {
    .name = "attribute",
    .operand = "STUDY",
    .summary = "how much of the minutes saved between two days each line, mode or year brought",
    .options = "from to by group of owen draws seed mass modes o table top json text",
    .ask = ask,
};
