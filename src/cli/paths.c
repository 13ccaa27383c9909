/* Paths: isochrones, shortest-path trees, sums along paths, alternatives. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

bool cli_wants_paths(const cli_options *o)
{
    return o->within != NULL || o->predecessors || o->sum != NULL || o->alternatives != NULL;
}

/* How many of the questions are asked at once. */
static int questions(const cli_options *o)
{
    return (o->within != NULL) + o->predecessors + (o->sum != NULL) + (o->alternatives != NULL) +
           o->explain;
}

nearer_status cli_check_paths(const cli_options *o, nearer_error *err)
{
    bool one = (o->from != NULL) != (o->to != NULL), both = o->from != NULL && o->to != NULL;
    if (o->nodes && o->within == NULL) return cli_fail(err, NEARER_USAGE, "--nodes needs --within");
    if (o->longer != NULL && o->alternatives == NULL)
        return cli_fail(err, NEARER_USAGE, "--longer needs --alternatives");
    if (!cli_wants_paths(o)) return NEARER_OK;
    if (questions(o) > 1)
        return cli_fail(
            err, NEARER_USAGE,
            "--within, --predecessors, --sum, --alternatives and --explain exclude each "
            "other");
    if (o->network != NULL || o->part != NULL)
        return cli_fail(err, NEARER_USAGE,
                        "--within, --predecessors, --sum and --alternatives are for studies: no "
                        "--network or --part");
    if (o->within != NULL && !one)
        return cli_fail(err, NEARER_USAGE, "--within needs one of --from and --to");
    if (o->predecessors && !(one && o->from != NULL))
        return cli_fail(err, NEARER_USAGE, "--predecessors needs --from, and no --to");
    if (o->sum != NULL && (one || both))
        return cli_fail(err, NEARER_USAGE,
                        "--sum is for the whole matrix; with --from or --to the sums are there "
                        "without it");
    if (o->alternatives != NULL && !both)
        return cli_fail(err, NEARER_USAGE, "--alternatives needs --from and --to");
    return NEARER_OK;
}

/* "60,120,180" */
static nearer_status read_minutes(double out[CLI_MOST_WORDS], size_t *count, const char *text,
                                  nearer_error *err)
{
    static cli_words words;
    CLI_TRY(cli_split(&words, text, "--within", err));
    *count = words.count;
    for (size_t k = 0; k < words.count; k++) {
        CLI_TRY(cli_number(&out[k], words.items[k], "--within", "a number of minutes", err));
        if (!(out[k] > (k == 0 ? 0 : out[k - 1])))
            return cli_fail(err, NEARER_USAGE,
                            "--within %.60s: minutes above 0 that rise were expected", text);
    }
    return NEARER_OK;
}

static nearer_status ask_isochrones(nearer_report **out, const nearer_study *study,
                                    const nearer_query *query, const cli_options *o,
                                    nearer_error *err)
{
    double minutes[CLI_MOST_WORDS];
    nearer_isochrones what = {.to_it = o->from == NULL, .within_min = minutes, .nodes = o->nodes};
    CLI_TRY(read_minutes(minutes, &what.count, o->within, err));
    CLI_TRY(nearer_network_find_place(&what.place, nearer_study_network(study),
                                      what.to_it ? o->to : o->from, err));
    return nearer_ask_isochrones(out, study, query, &what, err);
}

static nearer_status ask_alternatives(nearer_report **out, const nearer_study *study,
                                      const nearer_query *query, const cli_options *o,
                                      nearer_error *err)
{
    const nearer_network *network = nearer_study_network(study);
    nearer_alternatives what = {.longer_pct = 25};
    char *end = NULL;
    what.count = strtoul(o->alternatives, &end, 10);
    if (*end != 0 || o->alternatives[0] < '0' || o->alternatives[0] > '9')
        return cli_fail(err, NEARER_USAGE, "--alternatives %s: a number of paths was expected",
                        o->alternatives);
    if (o->longer != NULL)
        CLI_TRY(cli_number(&what.longer_pct, o->longer, "--longer", "a percentage", err));
    CLI_TRY(nearer_network_find_place(&what.from, network, o->from, err));
    CLI_TRY(nearer_network_find_place(&what.to, network, o->to, err));
    return nearer_ask_alternatives(out, study, query, &what, err);
}

nearer_status cli_ask_paths(nearer_report **out, const nearer_study *study,
                            const nearer_query *query, const cli_options *o, nearer_error *err)
{
    size_t from = 0;
    if (o->within != NULL) return ask_isochrones(out, study, query, o, err);
    if (o->alternatives != NULL) return ask_alternatives(out, study, query, o, err);
    if (o->sum != NULL) return nearer_ask_sums(out, study, query, o->sum, err);
    CLI_TRY(nearer_network_find_place(&from, nearer_study_network(study), o->from, err));
    return nearer_ask_tree(out, study, query, from, err);
}
