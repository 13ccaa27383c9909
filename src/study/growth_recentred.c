/* Growth by the part of the gain that is left to chance: which of the planned lines opened
 * (Borusyak and Hull 2023). */
#include <math.h>
#include <stdio.h>

#include "stats/randomisation.h"
#include "stats/statistic.h"
#include "study/growth.h"

typedef struct recentring {
    const nr_growth *g;
    nr_growth_sample sample;
    double *y, *x;               /* n: what is held leaves of growth and of the gain */
    nr_estimate slope;           /* by randomisation */
    double *at_none, *per_slope; /* of each arrangement */
    nr_randomisation test;
} recentring;

/* What a constant and what is held leave of y. */
static nearer_status leave(double *out, const nr_growth_sample *s, const double *y,
                           nearer_error *err)
{
    nr_fit *fit = NULL;
    const nr_design design = {y, s->columns, s->n, 1 + s->held, NULL};
    NR_TRY(nr_fit_new(&fit, &design, err));
    for (size_t i = 0; i < s->n; i++) out[i] = fit->residual[i];
    nr_fit_free(fit);
    return NEARER_OK;
}

/* sum_i (gain_i of the arrangement - expected gain_i) of what is left. */
static void find_statistics(recentring *r)
{
    const nr_planned *p = &r->g->planned;
    for (size_t d = 0; d < p->draws; d++)
        for (size_t k = 0; k < r->sample.n; k++) {
            size_t i = r->sample.place[k];
            double chance = p->gain[d * p->n + i] - p->expected[i];
            r->at_none[d] += chance * r->y[k];
            r->per_slope[d] += chance * r->x[k];
        }
    r->test = (nr_randomisation){p->draws, r->at_none, r->per_slope};
}

/* `more` is held too; NULL: nothing. */
static nearer_status prepare(recentring *r, const double *more, nearer_error *err)
{
    const nr_growth *g = r->g;
    nr_growth_values values = nr_growth_plain(g);
    values.instrument = g->recentred;
    values.held[1] = more;
    NR_TRY(nr_growth_sample_take(&r->sample, g, &values, err));
    r->y = nr_alloc(r->sample.n, sizeof *r->y);
    r->x = nr_alloc(r->sample.n, sizeof *r->x);
    r->at_none = nr_alloc(g->planned.draws, sizeof *r->at_none);
    r->per_slope = nr_alloc(g->planned.draws, sizeof *r->per_slope);
    if (!r->y || !r->x || !r->at_none || !r->per_slope) return nr_fail_memory(err);
    NR_TRY(leave(r->y, &r->sample, r->sample.y, err));
    NR_TRY(leave(r->x, &r->sample, r->sample.x, err));
    find_statistics(r);
    return nr_randomisation_estimate(&r->slope, &r->test, err);
}

static void clear(recentring *r)
{
    nr_growth_sample_clear(&r->sample);
    nr_free(r->y);
    nr_free(r->x);
    nr_free(r->at_none);
    nr_free(r->per_slope);
}

/* How much of the gain by lines was to be expected. */
static nearer_status explained(double *share, const recentring *r, nearer_error *err)
{
    const nr_growth_sample *s = &r->sample;
    double *gains = nr_alloc(2 * s->n, sizeof *gains), *expected = gains + s->n;
    nr_estimate e;
    if (gains == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < s->n; k++) {
        gains[k] = r->g->planned.gain[s->place[k]];
        expected[k] = r->g->planned.expected[s->place[k]];
    }
    nearer_error why;
    nearer_status status = nr_pearson(&e, gains, expected, s->n, &why);
    *share = status == NEARER_OK ? e.value * e.value : (double)NAN;
    nr_free(gains);
    if (status == NEARER_NODATA) return NEARER_OK; /* it does not vary: there is no share */
    return status == NEARER_OK ? NEARER_OK : nr_fail(err, status, "%s", why.message);
}

static void put_slope(nearer_table *table, const char *title, const recentring *r)
{
    nr_estimate e = r->slope;
    nr_table_put(table, title, "points a year per ln access", e.value, e.low, e.high, e.p,
                 (double)r->sample.n);
}

static nearer_status put_estimates(nearer_report *report, const recentring *r,
                                   const recentring *held, nearer_error *err)
{
    const nr_planned *p = &r->g->planned;
    double share;
    nearer_table *table = NULL;
    NR_TRY(explained(&share, r, err));
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "estimate", NR_TEXT_COLUMN);
    nr_table_add_column(table, "unit", NR_TEXT_COLUMN);
    nr_table_add_column(table, "value", 3);
    nr_table_add_column(table, "low_95", 3);
    nr_table_add_column(table, "high_95", 3);
    nr_table_add_column(table, "p", 4);
    nr_table_add_column(table, "n", 0);
    put_slope(table, "gain in access, recentred", r);
    put_slope(table, "gain in access, recentred, expected gain held", held);
    nr_table_put(table, "gain by lines that was to be expected", "share of its variance", share,
                 NAN, NAN, NAN, (double)r->sample.n);
    nr_table_put(table, p->all ? "arrangements, all of them" : "arrangements looked at", "count",
                 (double)p->draws, NAN, NAN, NAN, NAN);
    return nr_study_put(report, "recentred",
                        "The recentred design (interval and p by randomisation)", table, err);
}

static nearer_status put_design(nearer_report *report, const nr_planned *p, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "stratum", NR_TEXT_COLUMN);
    const char *numbers[] = {"links_least", "links_most", "lines_planned", "lines_opened",
                             "arrangements"};
    for (size_t c = 0; c < 5; c++) nr_table_add_column(table, numbers[c], 0);
    for (size_t s = 0; s < p->strata_count; s++) {
        const nr_stratum *stratum = &p->strata[s];
        nr_table_put(table, stratum->name == NULL ? "" : stratum->name, (double)stratum->least,
                     (double)stratum->most, (double)stratum->planned, (double)stratum->opened,
                     stratum->arrangements);
    }
    return nr_study_put(report, "design", "Planned lines that are held to be alike", table, err);
}

/* ---- in words ---- */

static const char *interval_of(char out[80], const recentring *r)
{
    nr_estimate e = r->slope;
    if (!isfinite(e.low) && !isfinite(e.high)) return "holds every number";
    snprintf(out, 80, "is %+.2f to %+.2f", e.low * log(1.1), e.high * log(1.1));
    return out;
}

static nearer_status tell_slope(nearer_report *report, const recentring *r, const recentring *held,
                                nearer_error *err)
{
    const nr_planned *p = &r->g->planned;
    char first[80], second[80];
    return nr_report_add_note(
        report, err,
        "recentred: taking it for chance which of %zu planned lines that are alike opened (%zu "
        "did), the effect of 10 %% more access is %+.2f points of growth a year; by randomisation "
        "the 95 %% interval %s, p = %.2g%s; with the expected gain held %+.2f, the interval %s, "
        "p = %.2g%s",
        p->count, p->opened, r->slope.value * log(1.1), interval_of(first, r), r->slope.p,
        r->slope.p > 0.05 ? ", which cannot be told from none" : "", held->slope.value * log(1.1),
        interval_of(second, held), held->slope.p,
        held->slope.p > 0.05 ? ", which cannot be told from none" : "");
}

static nearer_status tell_design(nearer_report *report, const nr_planned *p, nearer_error *err)
{
    char drawn[120] = "";
    if (!p->all)
        snprintf(drawn, sizeof drawn, "; with another seed a p of 0.05 may be %.3f more or less",
                 2 * sqrt(0.05 * 0.95 / (double)p->draws));
    NR_TRY(nr_report_add_note(
        report, err,
        "recentred: %zu arrangements%s of %.4g; lines of a row of table 'design' are held to be "
        "exchangeable; minutes aboard are those of the planned lines' file, on the network of the "
        "first day%s",
        p->draws, p->all ? ", all" : ", what opened and others by chance,", p->arrangements,
        drawn));
    if (p->opened_before + p->candidates.out_of_service == 0) return NEARER_OK;
    return nr_report_add_note(report, err,
                              "recentred: left out are %zu lines that were open on the first day "
                              "and %zu that call where their mode does not run",
                              p->opened_before, p->candidates.out_of_service);
}

/* Whether chance moves the gain at all: where it does not, no slope can be told from another. */
static nearer_status tell_reach(nearer_report *report, const recentring *r, nearer_error *err)
{
    double least = 1 / (double)r->g->planned.draws;
    if (least >= 0.05)
        return nr_report_add_note(report, err,
                                  "recentred: with %zu arrangements p is never below %.2g: nothing "
                                  "could have been told from none",
                                  r->g->planned.draws, least);
    if (isfinite(r->slope.low) && isfinite(r->slope.high)) return NEARER_OK;
    return nr_report_add_note(report, err,
                              "recentred: by randomisation what is left to chance cannot be told "
                              "from having nothing to do with the gain in access: that interval "
                              "has no end, whatever the first-stage F");
}

/* Below 10 two stages say little, whatever their errors (Staiger and Stock 1997). */
static nearer_status tell_strength(nearer_report *report, const recentring *r, nearer_error *err)
{
    nr_slopes slopes;
    nearer_status status = nr_slopes_find(&slopes, &r->sample, err);
    if (status == NEARER_OK && slopes.iv->first_stage[0].value < 10)
        status = nr_report_add_note(report, err,
                                    "recentred: what is left to chance says little of the gain in "
                                    "access (first-stage F %.1f, 10 or more is wanted): go by the "
                                    "interval by randomisation, not by that of table 'growth'",
                                    slopes.iv->first_stage[0].value);
    nr_slopes_clear(&slopes);
    return status;
}

static nearer_status answer(nearer_report *report, recentring *r, recentring *held,
                            nearer_error *err)
{
    NR_TRY(prepare(r, NULL, err));
    NR_TRY(prepare(held, r->g->planned.expected, err));
    NR_TRY(put_estimates(report, r, held, err));
    NR_TRY(put_design(report, &r->g->planned, err));
    NR_TRY(tell_slope(report, r, held, err));
    NR_TRY(tell_reach(report, r, err));
    NR_TRY(tell_strength(report, r, err));
    return tell_design(report, &r->g->planned, err);
}

nearer_status nr_growth_put_recentred(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    recentring r = {.g = g}, held = {.g = g};
    if (g->recentred == NULL) return NEARER_OK;
    nearer_status status = answer(report, &r, &held, err);
    clear(&r);
    clear(&held);
    return status;
}
