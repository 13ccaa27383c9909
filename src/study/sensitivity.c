/* How far the answer hangs on the parameters: each varied over its plausible range, the others as
 * the study says. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/measure.h"
#include "base/progress.h"
#include "stats/statistic.h"
#include "study/parameter.h"

/* What one setting of the parameters gives. */
typedef struct outcome {
    double index, mean_time;
    double *scores, *ranks; /* mean time of each place on the later day */
} outcome;

typedef struct row {
    nr_range_spec range;
    nr_varied varied;
    double value;
    double index[2], mean_time[2]; /* at the low and the high end */
    double correlation;            /* of the ranks with those of the study, the lower of the two */
    double moved;                  /* places the farthest mover moves */
    size_t mover;
} row;

typedef struct job {
    const nearer_study *study;
    const nearer_query *query;
    nearer_date before, after;
    const double *mass;
    size_t n, count;
    row *rows;
    char (*labels)[120]; /* of ranges made here */
    outcome base, now;
    double *x, *y;
} job;

static nearer_status assess(outcome *o, const job *j, const nearer_study *study, nearer_error *err)
{
    static const nearer_measure_spec spec = {
        .measure = "mean_time", .cutoff_min = NAN, .own_min = NAN};
    nr_two_days days;
    NR_TRY(nr_two_days_compute(&days, study, j->query, j->before, j->after, err));
    const nr_compression_pairs all = {days.before, days.after, j->mass, j->mass, j->n,
                                      0,           j->n,       NULL,    NULL};
    nearer_status status = nr_compression(&o->index, NULL, &all, err);
    if (status == NEARER_OK)
        status = nearer_scores(o->scores, days.after, j->mass, j->n, &spec, err);
    nr_two_days_clear(&days);
    NR_TRY(status);
    double sum = 0, weight = 0;
    for (size_t i = 0; i < j->n; i++) {
        if (!isfinite(o->scores[i]) || isnan(j->mass[i])) continue;
        sum += j->mass[i] * o->scores[i];
        weight += j->mass[i];
    }
    o->mean_time = weight > 0 ? sum / weight : NAN;
    return nr_rank(o->ranks, o->scores, j->n, true, err);
}

/* Holds the ranks of a variant against the study's. */
static nearer_status compare_ranks(row *r, job *j, nearer_error *err)
{
    nr_estimate rho = {.value = NAN};
    size_t n = 0;
    for (size_t i = 0; i < j->n; i++) {
        if (isnan(j->base.ranks[i]) || isnan(j->now.ranks[i])) continue;
        double moved = fabs(j->now.ranks[i] - j->base.ranks[i]);
        if (moved > r->moved) r->moved = moved, r->mover = i;
        j->x[n] = j->base.scores[i];
        j->y[n++] = j->now.scores[i];
    }
    nearer_status status = nr_spearman(&rho, j->x, j->y, n, err);
    if (status != NEARER_OK && status != NEARER_NODATA) return status;
    r->correlation = fmin(r->correlation, rho.value); /* fmin takes the number of a NAN */
    return NEARER_OK;
}

static nearer_status do_row(row *r, job *j, nearer_error *err)
{
    for (int end = 0; end < 2; end++) {
        nr_variant variant;
        nearer_status status = nr_variant_make(&variant, j->study, &r->varied,
                                               end == 0 ? r->range.low : r->range.high, err);
        if (status == NEARER_OK) status = assess(&j->now, j, &variant.study, err);
        nr_variant_clear(&variant);
        if (status == NEARER_OK) status = compare_ranks(r, j, err);
        NR_TRY(status);
        r->index[end] = j->now.index;
        r->mean_time[end] = j->now.mean_time;
    }
    return NEARER_OK;
}

static void add_row(job *j, const nr_range_spec *range, const nr_varied *varied)
{
    j->rows[j->count++] = (row){.range = *range,
                                .varied = *varied,
                                .value = nr_varied_value(j->study->network, varied),
                                .correlation = NAN};
}

static nearer_status read_range(job *j, const nr_range_spec *range, nearer_error *err)
{
    nr_varied varied;
    NR_TRY(nr_varied_find(&varied, j->study->network, range->parameter, err));
    if (!(range->low < range->high))
        return nr_fail(err, NEARER_VALUE, "%s: sensitivity: %.80s: low must lie below high",
                       j->study->spec.path, range->parameter);
    add_row(j, range, &varied);
    return NEARER_OK;
}

/* A quarter less and a quarter more of what is not 0. */
static void make_range(job *j, const nr_varied *v, const char *class_id)
{
    const nr_parameter *p = nr_varied_parameter(v);
    double value = nr_varied_value(j->study->network, v);
    char *label = j->labels[j->count];
    if (!(value > 0)) return;
    if (class_id == NULL)
        snprintf(label, sizeof *j->labels, "%s.%s", nr_modes[v->mode].id, p->name);
    else
        snprintf(label, sizeof *j->labels, "%s.classes.%.80s", nr_modes[v->mode].id, class_id);
    const nr_range_spec range = {label, fmax(0.75 * value, p->low), fmin(1.25 * value, p->high),
                                 "a quarter less and more"};
    add_row(j, &range, v);
}

/* Ranges for all parameters of the modes asked for. */
static void make_ranges(job *j, unsigned modes)
{
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        const nr_mode *mode = &j->study->network->modes[m];
        if ((modes & 1u << m) == 0) continue;
        for (const nr_parameter *p = nr_parameters; p->name != NULL; p++)
            make_range(j, &(nr_varied){m, p, 0}, NULL);
        for (size_t c = 0; c < mode->class_count; c++)
            make_range(j, &(nr_varied){m, NULL, c}, mode->classes[c].id);
    }
}

/* How many ranges make_ranges may make. */
static size_t most_ranges(const job *j)
{
    size_t n = 0;
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        n += j->study->network->modes[m].class_count;
        for (const nr_parameter *p = nr_parameters; p->name != NULL; p++) n++;
    }
    return n;
}

static nearer_status prepare(job *j, nearer_error *err)
{
    const nr_study_spec *spec = &j->study->spec;
    unsigned modes;
    NR_TRY(nr_network_modes(&modes, j->study->network, j->query->modes, err));
    j->rows = nr_alloc(spec->range_count + most_ranges(j), sizeof *j->rows);
    j->labels = nr_alloc(most_ranges(j), sizeof *j->labels);
    double **arrays[] = {&j->base.scores, &j->base.ranks, &j->now.scores,
                         &j->now.ranks,   &j->x,          &j->y};
    bool good = j->rows != NULL && j->labels != NULL;
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        *arrays[i] = nr_alloc(j->n, sizeof(double));
        good = good && *arrays[i] != NULL;
    }
    if (!good) return nr_fail_memory(err);
    for (size_t i = 0; i < spec->range_count; i++) NR_TRY(read_range(j, &spec->ranges[i], err));
    if (spec->range_count == 0) make_ranges(j, modes);
    return NEARER_OK;
}

static int widest_first(const void *a, const void *b)
{
    const row *x = a, *y = b;
    double p = fabs(x->index[1] - x->index[0]), q = fabs(y->index[1] - y->index[0]);
    if (p != q && !isnan(p) && !isnan(q)) return p > q ? -1 : 1;
    return strcmp(x->range.parameter, y->range.parameter);
}

static nearer_status put_rows(nearer_report *report, const job *j, nearer_error *err)
{
    nearer_table *t = NULL;
    NR_TRY(nr_table_new(&t, NULL, NULL, err));
    nr_table_add_column(t, "parameter", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "low", "high"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(t, numbers[i], 2);
    const char *results[] = {"index_at_low", "index_at_high", "index_swing"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(t, results[i], 4);
    nr_table_add_column(t, "mean_time_at_low_min", 1);
    nr_table_add_column(t, "mean_time_at_high_min", 1);
    nr_table_add_column(t, "rank_correlation", 4);
    nr_table_add_column(t, "largest_rank_change", 0);
    nr_table_add_column(t, "of_place", NR_TEXT_COLUMN);
    nr_table_add_column(t, "basis", NR_TEXT_COLUMN);
    for (size_t i = 0; i < j->count; i++) {
        const row *r = &j->rows[i];
        nr_table_put(t, r->range.parameter, r->value, r->range.low, r->range.high, r->index[0],
                     r->index[1], fabs(r->index[1] - r->index[0]), r->mean_time[0], r->mean_time[1],
                     r->correlation, r->moved,
                     r->moved > 0 ? j->study->network->places[r->mover].name : "", r->range.basis);
    }
    return nr_study_put(report, "sensitivity", "What each parameter's plausible range changes", t,
                        err);
}

static nearer_status fill(nearer_report *report, const job *j, nearer_error *err)
{
    char before[16], after[16];
    nr_date_label(j->before, before);
    nr_date_label(j->after, after);
    NR_TRY(put_rows(report, j, err));
    nr_chart chart = {.kind = NR_CHART_TORNADO,
                      .table = "sensitivity",
                      .x = "index_at_low",
                      .y = "index_at_high",
                      .series = "parameter",
                      .base = j->base.index};
    snprintf(chart.title, sizeof chart.title, "What the compression index hangs on");
    snprintf(chart.subtitle, sizeof chart.subtitle,
             "each parameter over its plausible range, the others as the study says; base %.3f",
             j->base.index);
    snprintf(chart.x_title, sizeof chart.x_title, "travel time %s as a share of that of %s", after,
             before);
    nr_report_set_chart(report, &chart);
    return nr_report_add_note(
        report, err,
        "as the study says: compression index %.4f (%s to %s), mean time %.1f min (%s); "
        "rank_correlation: Spearman of the places' mean times with the study's own",
        j->base.index, before, after, j->base.mean_time, after);
}

static void clear(job *j)
{
    nr_free(j->rows);
    nr_free(j->labels);
    nr_free(j->base.scores);
    nr_free(j->base.ranks);
    nr_free(j->now.scores);
    nr_free(j->now.ranks);
    nr_free(j->x);
    nr_free(j->y);
}

nearer_status nearer_ask_sensitivity(nearer_report **out, const nearer_study *study,
                                     const nearer_query *query, nearer_date before,
                                     nearer_date after, const char *mass, nearer_error *err)
{
    job j = {.study = study,
             .query = query,
             .before = before,
             .after = after,
             .n = study->network->place_count};
    nearer_report *report = NULL;
    NR_TRY(nr_study_mass(&j.mass, study, mass, err));
    nearer_status status = prepare(&j, err);
    if (status == NEARER_OK) status = assess(&j.base, &j, study, err);
    for (size_t i = 0; status == NEARER_OK && i < j.count; i++) {
        nr_progress("parameters", i, j.count);
        status = do_row(&j.rows[i], &j, err);
    }
    nr_progress("parameters", j.count, j.count);
    if (status == NEARER_OK) qsort(j.rows, j.count, sizeof *j.rows, widest_first);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = fill(report, &j, err);
    clear(&j);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
