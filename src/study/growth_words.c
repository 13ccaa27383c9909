/* What models of growth say in sentences, and what they cannot say. */
#include <math.h>
#include <stdio.h>

#include "stats/statistic.h"
#include "study/growth.h"

enum { LIMIT_TEXT = 400 };

typedef struct words {
    const nr_growth *g;
    nearer_report *report;
    nearer_table *limits;
    nr_growth_sample sample;
    nr_slopes slopes; /* income held where it is known, no instrument */
    nr_estimate r;
} words;

static nearer_status prepare(words *w, nearer_error *err)
{
    const nr_growth_values values = nr_growth_plain(w->g);
    NR_TRY(nr_growth_sample_take(&w->sample, w->g, &values, err));
    NR_TRY(nr_slopes_find(&w->slopes, &w->sample, err));
    return nr_pearson(&w->r, w->sample.x, w->sample.y, w->sample.n, err);
}

/* ---- what was found ---- */

static nearer_status tell_association(const words *w, nearer_error *err)
{
    nr_estimate e = nr_slopes_gain(&w->slopes);
    const char *shape = w->r.p >= 0.05   ? "is not measurably associated"
                        : w->r.value > 0 ? "is associated with faster growth"
                                         : "is associated with slower growth";
    NR_TRY(nr_report_add_note(
        w->report, err,
        "over %zu places a larger gain in access %s (r = %.2f, 95 %% interval %.2f to %.2f)",
        w->sample.n, shape, w->r.value, w->r.low, w->r.high));
    if (w->g->income == NULL) return NEARER_OK;
    return nr_report_add_note(
        w->report, err,
        "with initial income held 10 %% more access is associated with %+.2f points of growth a "
        "year (95 %% interval %+.2f to %+.2f, by %s)%s",
        e.value * log(1.1), e.low * log(1.1), e.high * log(1.1),
        w->sample.clusters > 1 ? "clusters" : "HC1",
        e.p >= 0.05 ? ", which cannot be told from none" : "");
}

static nearer_status tell_sample(const words *w, nearer_error *err)
{
    const nr_growth *g = w->g;
    const char *mass = g->measure->mass;
    NR_TRY(nr_report_add_note(w->report, err,
                              "access: %s with masses %s on both days%s; %zu places left out for a "
                              "missing value",
                              g->kind->id, mass == NULL ? "of 1" : mass,
                              isnan(g->measure->own_min) ? ", own mass left out" : "",
                              g->n - w->sample.n));
    return nr_report_add_note(w->report, err,
                              "degrees, intervals and p of table 'growth' are by %s",
                              w->sample.clusters > 1 ? "clusters (CR2; of the recentred model CR1)"
                              : w->sample.clusters == 1 ? "HC1: these places are all of one cluster"
                                                        : "HC1");
}

/* ---- what was not ---- */

static void limit(const words *w, const char *text)
{
    nr_table_put(w->limits, text);
}

static void limit_cause(const words *w)
{
    limit(w,
          w->g->recentred == NULL
              ? "Whether access makes places grow: lines are not built at random but where growth "
                "is expected, or wanted."
              : "Whether planned lines of a row of table 'design' were alike in what else makes "
                "places grow: the recentred design takes that for given.");
    limit(w, "Whether the whole grew: slopes compare places, and growth of one may have been moved "
             "from another.");
}

static void limit_power(const words *w)
{
    char text[LIMIT_TEXT];
    double detectable = w->slopes.detectable[w->slopes.k - 1];
    snprintf(text, sizeof text,
             "An association of less than %.2f points of growth a year for 10 %% of access: %zu "
             "places would miss it more often than one time in five.",
             detectable * log(1.1), w->sample.n);
    limit(w, text);
    snprintf(text, sizeof text,
             "A correlation of less than %.2f, for the same reason; nine places would miss one of "
             "less than %.2f.",
             ceil(100 * nr_detectable_r(w->sample.n)) / 100, ceil(100 * nr_detectable_r(9)) / 100);
    limit(w, text);
}

static void limit_space(const words *w)
{
    char text[LIMIT_TEXT];
    const nr_spatial_test *m = &w->slopes.moran;
    if (isnan(m->value)) {
        limit(w,
              "Whether near places share what the model leaves out: there are too few places with "
              "positions.");
        return;
    }
    snprintf(text, sizeof text,
             m->p < 0.05
                 ? "What near places share besides access: residuals of neighbours are alike "
                   "(Moran's I %.2f, p = %.2g), and errors that take places as independent "
                   "are too small."
                 : "Much about near places: residuals of neighbours are not measurably alike "
                   "(Moran's I %.2f, p = %.2g).",
             m->value, m->p);
    limit(w, text);
}

static void limit_data(const words *w)
{
    const nr_growth_spec *spec = &w->g->study->spec.growth;
    char text[LIMIT_TEXT];
    snprintf(text, sizeof text,
             "Growth at other prices or borders: %.60s and %.60s are taken as they are, with their "
             "revisions and breaks.",
             spec->from, spec->to);
    limit(w, text);
    limit(w, spec->placebo_count == 0
                 ? "Which came first: the study names no placebo, growth of years before the gain."
                 : "Which came first, beyond what the placebos say of the years they are of.");
    limit(w,
          "What travel does: minutes are those of the fastest way, without fares, crowding or who "
          "rides.");
}

static nearer_status put_limits(words *w, nearer_error *err)
{
    NR_TRY(nr_table_new(&w->limits, NULL, NULL, err));
    nr_table_add_column(w->limits, "limit", NR_TEXT_COLUMN);
    limit_cause(w);
    limit_power(w);
    limit_space(w);
    limit_data(w);
    nearer_table *table = w->limits;
    w->limits = NULL;
    return nr_study_put(w->report, "limits", "What these data cannot say", table, err);
}

static nearer_status tell(words *w, nearer_error *err)
{
    NR_TRY(prepare(w, err));
    NR_TRY(tell_association(w, err));
    if (w->g->recentred == NULL)
        NR_TRY(nr_report_add_note(w->report, err,
                                  "this does not show that access makes places grow: no planned "
                                  "lines were given, so that the recentred design was not run"));
    NR_TRY(tell_sample(w, err));
    return put_limits(w, err);
}

nearer_status nr_growth_put_words(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    words w = {.g = g, .report = report};
    nearer_status status = tell(&w, err);
    nearer_table_free(w.limits);
    nr_slopes_clear(&w.slopes);
    nr_growth_sample_clear(&w.sample);
    return status;
}
