#include <stddef.h>

#include "cli/cli.h"

static nearer_status trip(nearer_report **out, const nearer_study *study, const nearer_query *query,
                          const cli_options *options, nearer_error *err)
{
    size_t from, to;
    const nearer_network *network = nearer_study_network(study);
    CLI_TRY(nearer_network_find_place(&from, network, options->from, err));
    CLI_TRY(nearer_network_find_place(&to, network, options->to, err));
    return nearer_ask_trip(out, study, query, from, to, err);
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_study *study = NULL;
    nearer_report *report = NULL;
    nearer_query query;
    CLI_TRY(cli_query(&query, options, NULL, err));
    if ((options->from == NULL) != (options->to == NULL))
        return cli_fail(err, NEARER_USAGE, "--from and --to go together");
    if (options->explain && options->from == NULL)
        return cli_fail(err, NEARER_USAGE, "--explain needs --from and --to");
    CLI_TRY(cli_study(&study, options, err));
    nearer_status status = options->from == NULL ? nearer_ask_times(&report, study, &query, err)
                                                 : trip(&report, study, &query, options, err);
    nearer_study_free(study);
    if (status != NEARER_OK) return status;
    cli_options shown = *options;
    if (options->from != NULL && options->table == NULL && !options->json &&
        options->output == NULL)
        shown.table = options->explain ? "legs" : "trip";
    return cli_show(report, &shown, err);
}

const cli_command cli_command_times = {
    .name = "times",
    .operand = "STUDY",
    .summary = "travel times: the matrix, one pair, or the legs of one trip",
    .options = "year date modes station-to-station from to explain engine o table top json text",
    .run = run,
};
