#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* Reads "FROM,TO;FROM,TO" into places. */
static nearer_status read_pairs(nearer_pair *pairs, size_t *count, char *text,
                                const nearer_network *network, nearer_error *err)
{
    for (char *p = text; p != NULL; ++*count) {
        char *next = strchr(p, ';'), *comma = strchr(p, ',');
        if (next != NULL) *next++ = 0;
        if (comma == NULL || (next != NULL && comma > next))
            return cli_fail(err, NEARER_USAGE, "--pair: FROM,TO was expected, not '%s'", p);
        *comma = 0;
        CLI_TRY(nearer_network_find_place(&pairs[*count].from, network, p, err));
        CLI_TRY(nearer_network_find_place(&pairs[*count].to, network, comma + 1, err));
        p = next;
    }
    return NEARER_OK;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    nearer_date before, after;
    nearer_query query;
    nearer_measure_spec measure;
    nearer_study_dates(study, &before, &after);
    nearer_timeline_spec spec = {.from = nearer_date_year(before),
                                 .to = nearer_date_year(after),
                                 .group = options->group,
                                 .weight_openings = options->weight_openings};
    CLI_TRY(cli_year(&spec.from, options->from, "--from", err));
    CLI_TRY(cli_year(&spec.to, options->to, "--to", err));
    CLI_TRY(cli_query(&query, options, &after, err));
    CLI_TRY(cli_measure(&measure, study, options, "mean_time", err));
    spec.mass = measure.mass;
    if (options->pair == NULL) return nearer_ask_timeline(out, study, &query, &spec, err);
    size_t length = strlen(options->pair) + 1;
    char *text = malloc(length);
    nearer_pair *pairs = calloc(length, sizeof *pairs);
    nearer_status status =
        text == NULL || pairs == NULL ? cli_fail(err, NEARER_MEMORY, "out of memory") : NEARER_OK;
    if (status == NEARER_OK) {
        memcpy(text, options->pair, length);
        status = read_pairs(pairs, &spec.pair_count, text, nearer_study_network(study), err);
        spec.pairs = pairs;
    }
    if (status == NEARER_OK) status = nearer_ask_timeline(out, study, &query, &spec, err);
    free(text);
    free(pairs);
    return status;
}

const cli_command cli_command_timeline = {
    .name = "timeline",
    .operand = "STUDY",
    .summary = "year by year: how near, how unequally, and what changed",
    .options = "from to pair weight-openings group modes station-to-station mass engine "
               "max-minutes cache max-memory timings o table "
               "top json text",
    .ask = ask,
};
