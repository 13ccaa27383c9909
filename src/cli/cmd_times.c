#include <stddef.h>

#include "cli/cli.h"

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_query query;
    size_t from = 0, to = 0;
    const nearer_network *network = nearer_study_network(study);
    CLI_TRY(cli_query(&query, options, NULL, err));
    if (cli_wants_paths(options)) return cli_ask_paths(out, study, &query, options, err);
    if (options->from == NULL && options->to == NULL)
        return nearer_ask_times(out, study, &query, err);
    if (options->from != NULL)
        CLI_TRY(nearer_network_find_place(&from, network, options->from, err));
    if (options->to != NULL) CLI_TRY(nearer_network_find_place(&to, network, options->to, err));
    if (options->to == NULL) return nearer_ask_reach(out, study, &query, from, false, err);
    if (options->from == NULL) return nearer_ask_reach(out, study, &query, to, true, err);
    return nearer_ask_trip(out, study, &query, from, to, err);
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_query query;
    CLI_TRY(cli_check_paths(options, err));
    if (cli_wants_rows(options)) return cli_rows(options, err);
    CLI_TRY(cli_query(&query, options, NULL, err)); /* before a long reading */
    bool pair = options->from != NULL && options->to != NULL;
    if (options->explain && !pair)
        return cli_fail(err, NEARER_USAGE, "--explain needs --from and --to");
    cli_options shown = *options;
    if (pair && options->table == NULL && !cli_wants_json(options) && !cli_wants_paths(options))
        shown.table = options->explain ? "legs" : "trip";
    return cli_ask(ask, &shown, err);
}

const cli_command cli_command_times = {
    .name = "times",
    .operand = "STUDY",
    .summary = "travel times: the matrix, one to all, one pair, its legs, isochrones, other paths",
    .options = "times places from-column to-column column unit encoding format crs snap topology "
               "day window max-wait "
               "network sources targets "
               "year date modes station-to-station from to explain within nodes predecessors sum "
               "alternatives longer engine max-minutes cache "
               "max-memory timings part float32 o table top json text",
    .run = run,
};
