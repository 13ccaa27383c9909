#include <math.h>
#include <stddef.h>
#include <string.h>

#include "cli/cli.h"

/* The most links of lines that are exchanged with each other, ascending. */
static nearer_status read_bands(nearer_growth_spec *what, const cli_options *o, nearer_error *err)
{
    static cli_words words;
    static size_t bands[CLI_MOST_WORDS];
    if (o->bands == NULL) return NEARER_OK;
    CLI_TRY(cli_split(&words, o->bands, "--bands", err));
    for (size_t k = 0; k < words.count; k++) {
        double links;
        CLI_TRY(cli_number(&links, words.items[k], "--bands", "a number of links", err));
        if (links < 1 || links > 1000 || links != floor(links) ||
            (k > 0 && links <= (double)bands[k - 1]))
            return cli_fail(err, NEARER_USAGE,
                            "--bands %s: whole numbers of links above 0, each more than the one "
                            "before, were expected",
                            o->bands);
        bands[k] = (size_t)links;
    }
    what->bands = bands;
    what->band_count = words.count;
    return NEARER_OK;
}

/* The lines of --planned, else those the study names; "none": no lines. */
static nearer_status read_planned(nearer_study **out, const nearer_study *study,
                                  const cli_options *o, nearer_error *err)
{
    char *named = NULL;
    if (o->planned != NULL && strcmp(o->planned, "none") == 0) return NEARER_OK;
    if (o->planned == NULL) CLI_TRY(nearer_study_planned(&named, study, err));
    const char *file = o->planned != NULL ? o->planned : named;
    nearer_status status =
        file == NULL ? NEARER_OK : nearer_study_read_under(out, o->operand, &file, 1, err);
    nearer_text_free(named);
    return status;
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *o,
                         nearer_error *err)
{
    nearer_date before, after;
    nearer_query query;
    nearer_measure_spec spec;
    nearer_growth_spec what = {.cluster = o->cluster};
    nearer_study *planned = NULL;
    nearer_study_dates(study, &before, &after);
    CLI_TRY(cli_query(&query, o, &after, err));
    CLI_TRY(cli_measure(&spec, study, o, "potential", err));
    CLI_TRY(cli_chance(&what.draws, &what.seed, o, err));
    CLI_TRY(read_bands(&what, o, err));
    what.strata = o->strata;
    if (o->times == NULL) CLI_TRY(read_planned(&planned, study, o, err));
    if (planned == NULL && (o->bands != NULL || o->strata))
        return cli_fail(err, NEARER_USAGE,
                        "--bands and --strata are of planned lines: --planned FILE");
    what.planned = planned;
    nearer_status status = nearer_ask_growth(out, study, &query, &spec, &what, err);
    nearer_study_free(planned);
    return status;
}

static nearer_status run(const cli_options *o, nearer_error *err)
{
    bool whole =
        o->before != NULL && o->growth_from != NULL && o->growth_to != NULL && o->years != NULL;
    if (o->times != NULL && !whole)
        return cli_fail(err, NEARER_USAGE,
                        "growth of --times needs --before FILE, --growth-from COLUMN, --growth-to "
                        "COLUMN and --years N");
    if (o->times != NULL && o->planned != NULL)
        return cli_fail(err, NEARER_USAGE,
                        "--planned needs a study: times that were given have no lines");
    return cli_ask(ask, o, err);
}

const cli_command cli_command_growth = {
    .name = "growth",
    .operand = "STUDY",
    .summary = "change in access held against growth, and what it does not show",
    .options =
        "times before places growth-from growth-to initial-income years from-column to-column "
        "column unit encoding "
        "format modes station-to-station measure mass decay cutoff own-mass theta scale cluster "
        "planned bands strata draws seed engine max-minutes "
        "cache max-memory timings o table "
        "top json text",
    .run = run,
};
