/* How sure a rank is: ranks under many draws of what a study assumes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "stats/random.h"
#include "study/measures.h"
#include "study/parameter.h"
#include "study/scores.h"

/* How far decay parameters and cutoffs go, as a share of what was asked for. */
static const double WIDTH = 0.25;

typedef struct robust {
    const nearer_study *study;
    const nearer_query *query;
    const nearer_measure_spec *specs; /* which differ in their masses */
    size_t spec_count, draws, n;
    nr_random *random;
    nr_varied *varied; /* of each range of the study */
    size_t varied_count;
    double *ranks; /* draws x n */
    double *scores, *base_scores, *base_ranks, *sorted;
    size_t *order;
    bool low_is_good;
    char unit[64];
    const nr_measure *measure;
} robust;

/* ---- one draw ---- */

static nearer_status draw_network(robust *r, nr_variant *variant, nearer_error *err)
{
    const nr_study_spec *spec = &r->study->spec;
    nr_variant_begin(variant, r->study);
    for (size_t k = 0; k < r->varied_count; k++)
        NR_TRY(nr_variant_set(
            variant, &r->varied[k],
            nr_random_between(r->random, spec->ranges[k].low, spec->ranges[k].high), err));
    for (size_t m = 0; m < NR_MODE_COUNT; m++) { /* drawn apart, they may cross */
        nr_mode_parameters *p = &variant->network.modes[m].parameters;
        if (nr_mode_has_berths(p) && p->transfer_min < p->dwell_min) p->transfer_min = p->dwell_min;
    }
    return NEARER_OK;
}

/* Parameters of a decay; one of points stays as it is. */
static nearer_status draw_decay(char text[NR_DECAY_TEXT], nearer_measure_spec *spec,
                                nr_random *random, nearer_error *err)
{
    nr_decay decay;
    if (spec->decay == NULL || strchr(spec->decay, '=') != NULL ||
        strncmp(spec->decay, "table:", 6) == 0)
        return NEARER_OK;
    NR_TRY(nr_decay_parse(&decay, spec->decay, err));
    for (size_t k = 0; k < NR_DECAY_PARAMETERS && decay.kind->parameters[k] != NULL; k++)
        decay.parameters[k] *= nr_random_between(random, 1 - WIDTH, 1 + WIDTH);
    spec->decay = nr_decay_text(text, &decay);
    return NEARER_OK;
}

static nearer_status draw_spec(nearer_measure_spec *out, char text[NR_DECAY_TEXT], robust *r,
                               nearer_error *err)
{
    *out = r->specs[nr_random_below(r->random, r->spec_count)];
    if (!isnan(out->cutoff_min))
        out->cutoff_min *= nr_random_between(r->random, 1 - WIDTH, 1 + WIDTH);
    return draw_decay(text, out, r->random, err);
}

static nearer_status rank_places(double *scores, double *ranks, const robust *r,
                                 const nearer_study *study, const nearer_measure_spec *spec,
                                 nearer_error *err)
{
    NR_TRY(nr_study_scores(scores, study, r->query, spec, err));
    return nr_rank(ranks, scores, r->n, r->low_is_good, err);
}

static nearer_status draw(robust *r, size_t number, nearer_error *err)
{
    nr_variant variant;
    nearer_measure_spec spec;
    char text[NR_DECAY_TEXT];
    nearer_status status = draw_network(r, &variant, err);
    if (status == NEARER_OK) status = draw_spec(&spec, text, r, err);
    if (status == NEARER_OK)
        status = rank_places(r->scores, r->ranks + number * r->n, r, &variant.study, &spec, err);
    nr_variant_clear(&variant);
    return status;
}

/* ---- what they say ---- */

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The rank below which a share of the draws puts the place; NAN when it never has one. */
static double quantile(const robust *r, size_t place, double share)
{
    size_t count = 0;
    for (size_t d = 0; d < r->draws; d++)
        if (!isnan(r->ranks[d * r->n + place])) r->sorted[count++] = r->ranks[d * r->n + place];
    if (count == 0) return NAN;
    qsort(r->sorted, count, sizeof *r->sorted, by_number);
    return r->sorted[(size_t)floor(share * (double)(count - 1) + 0.5)];
}

/* How often a place outranks another; a tie is half a time. */
static double outranks(const robust *r, size_t place, size_t other)
{
    double times = 0, both = 0;
    for (size_t d = 0; d < r->draws; d++) {
        double a = r->ranks[d * r->n + place], b = r->ranks[d * r->n + other];
        if (isnan(a) || isnan(b)) continue;
        both++;
        times += a < b ? 1 : a == b ? 0.5 : 0;
    }
    return both > 0 ? 100 * times / both : NAN;
}

static nearer_status put_ranks(nearer_report *report, const robust *r, nearer_error *err)
{
    nearer_table *table = NULL;
    char name[160];
    snprintf(name, sizeof name, "%s_%s", r->measure->id, r->unit);
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, name, r->measure->decimals);
    const char *ranks[] = {"rank", "rank_low", "rank_median", "rank_high"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, ranks[i], 0);
    nr_table_add_column(table, "outranks_next_pct", 1);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (size_t k = 0; k < r->n; k++) {
        size_t i = r->order[k];
        const nr_place *place = &r->study->network->places[i];
        nr_table_put(table, place->id, place->name, r->base_scores[i], r->base_ranks[i],
                     quantile(r, i, 0.025), quantile(r, i, 0.5), quantile(r, i, 0.975),
                     k + 1 < r->n ? outranks(r, i, r->order[k + 1]) : (double)NAN, place->at.lon,
                     place->at.lat);
    }
    return nr_study_put(report, "robust", "How sure each rank is", table, err);
}

static nearer_status put_notes(nearer_report *report, const robust *r, unsigned long seed,
                               nearer_error *err)
{
    NR_TRY(nr_report_add_note(report, err,
                              "%zu draws, seed %lu; rank_low to rank_high hold 95 %% of them",
                              r->draws, seed));
    const nearer_measure_spec *spec = r->specs;
    if (spec->decay != NULL || !isnan(spec->cutoff_min))
        NR_TRY(nr_report_add_note(report, err, "drawn: %s within 25 %% of what was asked for",
                                  spec->decay != NULL ? "parameters of the decay" : "the cutoff"));
    if (r->spec_count > 1)
        NR_TRY(nr_report_add_note(report, err, "drawn: one of %zu masses", r->spec_count));
    if (r->varied_count == 0)
        return nr_report_add_note(report, err,
                                  "parameters of modes are not drawn: no ranges are stated "
                                  "(\"sensitivity\" of the study)");
    return nr_report_add_note(report, err,
                              "drawn: %zu parameters of modes, each evenly within the range the "
                              "study states, apart from each other",
                              r->varied_count);
}

/* ---- all ---- */

static nearer_status prepare(robust *r, nearer_error *err)
{
    const nr_study_spec *spec = &r->study->spec;
    size_t n = r->n;
    bool of_ways = r->study->network->given[1] == NULL; /* a matrix has no modes */
    NR_TRY(nr_measure_find(&r->measure, r->specs->measure, err));
    r->low_is_good = r->measure->low_is_good;
    nr_study_unit(r->unit, r->study, r->measure, r->specs->mass);
    r->varied = nr_alloc(spec->range_count, sizeof *r->varied);
    r->ranks = nr_alloc(r->draws, n * sizeof *r->ranks);
    r->scores = nr_alloc(3, n * sizeof *r->scores);
    r->sorted = nr_alloc(r->draws, sizeof *r->sorted);
    r->order = nr_alloc(n, sizeof *r->order);
    if (r->varied == NULL || r->ranks == NULL || r->scores == NULL || r->sorted == NULL ||
        r->order == NULL)
        return nr_fail_memory(err);
    r->base_scores = r->scores + n;
    r->base_ranks = r->base_scores + n;
    for (size_t k = 0; of_ways && k < spec->range_count; k++, r->varied_count++)
        NR_TRY(nr_varied_find(&r->varied[k], r->study->network, spec->ranges[k].parameter, err));
    NR_TRY(rank_places(r->base_scores, r->base_ranks, r, r->study, r->specs, err));
    return nr_rank_order(r->order, r->base_ranks, n, err);
}

nearer_status nearer_ask_robust(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_measure_spec *specs,
                                size_t count, size_t draws, unsigned long seed, nearer_error *err)
{
    robust r = {.study = study,
                .query = query,
                .specs = specs,
                .spec_count = count,
                .draws = draws,
                .n = study->network->place_count};
    nearer_report *report = NULL;
    if (count == 0 || draws < 2 || draws > 100000)
        return nr_fail(err, NEARER_USAGE, "%zu draws: 2 to 100000 were expected", draws);
    nearer_status status = nr_random_new(&r.random, seed, err);
    if (status == NEARER_OK) status = prepare(&r, err);
    for (size_t d = 0; status == NEARER_OK && d < draws; d++) {
        status = draw(&r, d, err);
        nr_progress("draws", d + 1, draws);
    }
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_ranks(report, &r, err);
    if (status == NEARER_OK) status = put_notes(report, &r, seed, err);
    nr_random_free(r.random);
    nr_free(r.varied);
    nr_free(r.ranks);
    nr_free(r.scores);
    nr_free(r.sorted);
    nr_free(r.order);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
