/* Growth by the part of the gain that is left to chance: which of the planned lines opened
 * (Borusyak and Hull 2023). */
#include <math.h>

#include "stats/randomisation.h"
#include "stats/statistic.h"
#include "study/growth.h"

typedef struct recentring {
    const nr_growth *g;
    nr_growth_sample sample;
    double *y, *x;               /* n: what is held leaves of growth and of the gain */
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

static nearer_status prepare(recentring *r, nearer_error *err)
{
    const nr_growth *g = r->g;
    nr_growth_values values = nr_growth_plain(g);
    values.instrument = g->recentred;
    NR_TRY(nr_growth_sample_take(&r->sample, g, &values, err));
    r->y = nr_alloc(r->sample.n, sizeof *r->y);
    r->x = nr_alloc(r->sample.n, sizeof *r->x);
    r->at_none = nr_alloc(g->planned.draws, sizeof *r->at_none);
    r->per_slope = nr_alloc(g->planned.draws, sizeof *r->per_slope);
    if (!r->y || !r->x || !r->at_none || !r->per_slope) return nr_fail_memory(err);
    NR_TRY(leave(r->y, &r->sample, r->sample.y, err));
    NR_TRY(leave(r->x, &r->sample, r->sample.x, err));
    find_statistics(r);
    return NEARER_OK;
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

static nearer_status put_estimate(nearer_report *report, const recentring *r, nearer_error *err)
{
    const nr_planned *p = &r->g->planned;
    nr_estimate e;
    double share;
    nearer_table *table = NULL;
    NR_TRY(nr_randomisation_estimate(&e, &r->test, err));
    NR_TRY(explained(&share, r, err));
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "estimate", NR_TEXT_COLUMN);
    nr_table_add_column(table, "unit", NR_TEXT_COLUMN);
    nr_table_add_column(table, "value", 3);
    nr_table_add_column(table, "low_95", 3);
    nr_table_add_column(table, "high_95", 3);
    nr_table_add_column(table, "p", 4);
    nr_table_add_column(table, "n", 0);
    nr_table_put(table, "gain in access, recentred", "points a year per ln access", e.value, e.low,
                 e.high, e.p, (double)r->sample.n);
    nr_table_put(table, "gain by lines that was to be expected", "share of its variance", share,
                 NAN, NAN, NAN, (double)r->sample.n);
    nr_table_put(table, p->all ? "arrangements, all of them" : "arrangements looked at", "count",
                 (double)p->draws, NAN, NAN, NAN, NAN);
    nr_table_put(table, "arrangements there are", "count", p->arrangements, NAN, NAN, NAN, NAN);
    return nr_study_put(report, "recentred",
                        "The recentred design (interval and p by randomisation)", table, err);
}

static nearer_status put_design(nearer_report *report, const nr_planned *p, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    const char *numbers[] = {"links_least", "links_most", "lines_planned", "lines_opened",
                             "arrangements"};
    for (size_t c = 0; c < 5; c++) nr_table_add_column(table, numbers[c], 0);
    for (size_t s = 0; s < p->strata_count; s++) {
        const nr_stratum *stratum = &p->strata[s];
        nr_table_put(table, (double)stratum->least, (double)stratum->most, (double)stratum->planned,
                     (double)stratum->opened, stratum->arrangements);
    }
    return nr_study_put(report, "design", "Planned lines that are held to be alike", table, err);
}

nearer_status nr_growth_put_recentred(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    recentring r = {.g = g};
    if (g->recentred == NULL) return NEARER_OK;
    nearer_status status = prepare(&r, err);
    if (status == NEARER_OK) status = put_estimate(report, &r, err);
    if (status == NEARER_OK) status = put_design(report, &g->planned, err);
    nr_growth_sample_clear(&r.sample);
    nr_free(r.y);
    nr_free(r.x);
    nr_free(r.at_none);
    nr_free(r.per_slope);
    return status;
}
