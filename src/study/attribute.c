/* What each part of what was built contributed to the compression of distance. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "base/threads.h"
#include "graph/growing.h"
#include "graph/times.h"
#include "stats/shapley.h"
#include "study/parts.h"

enum { SAMPLE = 1000, MANY = 12 };

typedef struct attributing {
    const nearer_study *study;
    nearer_query query;
    const nearer_attribution *what;
    const double *mass;
    nr_parts parts;
    nr_growing growing;
    double *last, *weights; /* n x n: minutes on the second day; of pairs that can be made then */
    double pairs_weight;    /* sum over the pairs that count */
    size_t draws;           /* 0: all choices */
    double *share, *std_error, *alone;
    double opened, withdrawn; /* saved by all that opened, and by what was withdrawn after that */
} attributing;

/* ---- the network of both days ---- */

static nearer_status find_last(attributing *a, nearer_error *err)
{
    size_t n = a->study->network->place_count;
    nearer_times *times = NULL;
    NR_TRY(nearer_times_compute(&times, a->study->network, &a->query, err));
    a->last = nr_alloc(n, n * sizeof *a->last);
    a->weights = nr_alloc(n, n * sizeof *a->weights);
    for (size_t k = 0; a->last != NULL && a->weights != NULL && k < n * n; k++) {
        double weight = a->mass[k / n] * a->mass[k % n];
        a->last[k] = nr_times_matrix(times)[k];
        a->weights[k] = isnan(weight) || isinf(a->last[k]) ? 0 : weight;
    }
    nearer_times_free(times);
    return a->last == NULL || a->weights == NULL ? nr_fail_memory(err) : NEARER_OK;
}

static nearer_status make_growing(attributing *a, nr_graph **graph, nearer_error *err)
{
    NR_TRY(nr_graph_build(graph, &a->parts.network, &a->query, err));
    NR_TRY(nr_growing_make(&a->growing, *graph, a->parts.of_link, a->parts.count, a->weights,
                           a->what->logs, err));
    for (size_t k = 0; k < a->growing.batches * a->growing.n * NR_LANES; k++)
        a->pairs_weight += a->growing.weight[k];
    if (!(a->pairs_weight > 0))
        return nr_fail(err, NEARER_NODATA,
                       "no pair of places with masses can be travelled on both days");
    return NEARER_OK;
}

/* The sum of nr_growing over the times of the second day. */
static double sum_of_last(const attributing *a)
{
    const nr_growing *g = &a->growing;
    double sum = 0;
    for (size_t k = 0; k < g->batches * g->n * NR_LANES; k++) {
        size_t i = k / NR_LANES / g->n * NR_LANES + k % NR_LANES, j = k / NR_LANES % g->n;
        if (g->weight[k] == 0) continue;
        double minutes = a->last[i * g->n + j];
        sum += g->weight[k] * (g->logs ? log(fmax(minutes, 1 / NR_TICKS_PER_MINUTE)) : minutes);
    }
    return sum;
}

/* ---- orders by chance ---- */

typedef struct sampling {
    attributing *a;
    nr_grown *rooms;  /* of each worker */
    uint32_t *orders; /* draws x players */
    double *sums;     /* draws x (players + 1) */
    size_t first;     /* draw of the block */
} sampling;

static void follow(void *context, size_t i, size_t worker)
{
    sampling *s = context;
    size_t k = s->a->parts.count, draw = s->first + i;
    for (size_t b = 0; b < s->a->growing.batches; b++)
        nr_growing_follow(s->sums + draw * (k + 1), &s->rooms[worker], &s->a->growing, b,
                          s->orders + draw * k, k);
}

static nearer_status rooms_init(nr_grown **rooms, const attributing *a, size_t levels,
                                nearer_error *err)
{
    nearer_status status = NEARER_OK;
    *rooms = nr_alloc(nr_workers(), sizeof **rooms);
    if (*rooms == NULL) return nr_fail_memory(err);
    for (size_t k = 0; status == NEARER_OK && k < nr_workers(); k++)
        status = nr_grown_init(&(*rooms)[k], &a->growing, levels, err);
    return status;
}

static void rooms_clear(nr_grown *rooms)
{
    for (size_t k = 0; rooms != NULL && k < nr_workers(); k++) nr_grown_clear(&rooms[k]);
    nr_free(rooms);
}

static nearer_status draw_orders(sampling *s, nearer_error *err)
{
    attributing *a = s->a;
    nr_random *random = NULL;
    double *room = nr_alloc(2 * a->parts.count, sizeof *room);
    nearer_status status =
        room == NULL ? nr_fail_memory(err) : nr_random_new(&random, a->what->seed, err);
    for (size_t d = 0; status == NEARER_OK && d < a->draws; d++)
        nr_shapley_order(s->orders + d * a->parts.count, room, a->parts.count,
                         a->what->owen ? a->parts.mode : NULL, random);
    nr_random_free(random);
    nr_free(room);
    return status;
}

/* Mean and standard error of what each part saves in the orders drawn. */
static void average(attributing *a, const sampling *s)
{
    double n = (double)a->draws;
    double *squares = a->std_error;
    for (size_t d = 0; d < a->draws; d++)
        for (size_t k = 0; k < a->parts.count; k++) {
            const double *sums = s->sums + d * (a->parts.count + 1) + k;
            uint32_t part = s->orders[d * a->parts.count + k];
            double saved = (sums[0] - sums[1]) / a->pairs_weight;
            double before = saved - a->share[part];
            a->share[part] += before / (double)(d + 1); /* Welford 1962 */
            squares[part] += before * (saved - a->share[part]);
        }
    for (size_t p = 0; p < a->parts.count; p++)
        a->std_error[p] = a->draws > 1 ? sqrt(squares[p] / (n - 1) / n) : NAN;
}

static nearer_status sample(attributing *a, nearer_error *err)
{
    enum { BLOCK = 16 };
    sampling s = {.a = a,
                  .orders = nr_alloc(a->draws, a->parts.count * sizeof(uint32_t)),
                  .sums = nr_alloc(a->draws, (a->parts.count + 1) * sizeof(double))};
    nearer_status status = s.orders == NULL || s.sums == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = rooms_init(&s.rooms, a, 1, err);
    if (status == NEARER_OK) status = draw_orders(&s, err);
    for (; status == NEARER_OK && s.first < a->draws; s.first += BLOCK) {
        size_t left = a->draws - s.first;
        nr_parallel_for(left < BLOCK ? left : BLOCK, follow, &s);
        nr_progress("orders", s.first + (left < BLOCK ? left : BLOCK), a->draws);
    }
    if (status == NEARER_OK) average(a, &s);
    rooms_clear(s.rooms);
    nr_free(s.orders);
    nr_free(s.sums);
    return status;
}

/* ---- all choices ---- */

typedef struct choosing {
    attributing *a;
    nr_grown *rooms;
    double *sums; /* 2^parts */
    size_t batch, fixed;
} choosing;

static void choose(void *context, size_t chosen, size_t worker)
{
    choosing *c = context;
    nr_growing_choices(c->sums, &c->rooms[worker], &c->a->growing, c->batch, c->fixed, chosen);
}

static nearer_status try_all(attributing *a, nearer_error *err)
{
    enum { SPLIT = 6 };
    size_t parts = a->parts.count;
    choosing c = {.a = a,
                  .sums = nr_alloc((size_t)1 << parts, sizeof(double)),
                  .fixed = parts < SPLIT ? parts : SPLIT};
    nearer_status status = c.sums == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (parts > MANY)
        nr_forecast(
            "all %zu choices of %zu parts are looked at; --draws N takes N orders by chance",
            (size_t)1 << parts, parts);
    if (status == NEARER_OK) status = rooms_init(&c.rooms, a, parts + 1, err);
    for (; status == NEARER_OK && c.batch < a->growing.batches; c.batch++) {
        nr_parallel_for((size_t)1 << c.fixed, choose, &c);
        nr_progress("batches of places", c.batch + 1, a->growing.batches);
    }
    if (status == NEARER_OK)
        nr_shapley(a->share, c.sums, parts, a->what->owen ? a->parts.mode : NULL);
    for (size_t p = 0; p < parts; p++) {
        a->share[p] = -a->share[p] / a->pairs_weight + 0.0; /* less is saved; no -0 */
        a->std_error[p] = NAN;
    }
    rooms_clear(c.rooms);
    nr_free(c.sums);
    return status;
}

/* ---- by itself ---- */

static nearer_status find_alone(attributing *a, nearer_error *err)
{
    nr_grown room;
    nearer_status status = nr_grown_init(&room, &a->growing, 1, err);
    uint32_t *order = nr_alloc(a->parts.count, sizeof *order);
    double *sums = nr_alloc(a->parts.count + 1, sizeof *sums);
    if (status == NEARER_OK && (order == NULL || sums == NULL)) status = nr_fail_memory(err);
    for (uint32_t p = 0; status == NEARER_OK && p < a->parts.count; p++) {
        double one[2] = {0};
        order[p] = p;
        for (size_t b = 0; b < a->growing.batches; b++)
            nr_growing_follow(one, &room, &a->growing, b, &p, 1);
        a->alone[p] = (one[0] - one[1]) / a->pairs_weight;
    }
    for (size_t b = 0; status == NEARER_OK && b < a->growing.batches; b++)
        nr_growing_follow(sums, &room, &a->growing, b, order, a->parts.count);
    if (status == NEARER_OK) {
        a->opened = (sums[0] - sums[a->parts.count]) / a->pairs_weight;
        a->withdrawn = (sums[a->parts.count] - sum_of_last(a)) / a->pairs_weight;
        if (a->parts.withdrawn == 0) a->withdrawn = 0; /* but for rounding */
    }
    nr_grown_clear(&room);
    nr_free(order);
    nr_free(sums);
    return status;
}

/* ---- the answer ---- */

typedef struct ranked {
    double value;
    size_t part;
} ranked;

static int most_first(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->value != b->value) return a->value > b->value ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

static void add_columns(nearer_table *table, bool logs)
{
    static const char *const minutes[] = {"saved_min", "share_pct", "std_error_min", "alone_min"},
                             *const index[] = {"saved_ln_index", "share_pct", "std_error_ln_index",
                                               "alone_ln_index"};
    nr_table_add_column(table, "part", NR_TEXT_COLUMN);
    nr_table_add_column(table, "mode", NR_TEXT_COLUMN);
    nr_table_add_column(table, "links", 0);
    for (size_t k = 0; k < 4; k++)
        nr_table_add_column(table, logs ? index[k] : minutes[k], k == 1 ? 2 : logs ? 6 : 4);
}

static nearer_status put_parts(nearer_report *report, const attributing *a, nearer_error *err)
{
    nearer_table *table = NULL;
    ranked *rows = nr_alloc(a->parts.count, sizeof *rows);
    double sum = a->withdrawn, whole = a->opened + a->withdrawn;
    size_t links = a->parts.withdrawn;
    if (rows == NULL) return nr_fail_memory(err);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) add_columns(table, a->what->logs);
    for (size_t p = 0; p < a->parts.count; p++) {
        rows[p] = (ranked){a->share[p], p};
        sum += a->share[p];
        links += a->parts.links[p];
    }
    qsort(rows, a->parts.count, sizeof *rows, most_first);
    for (size_t k = 0; status == NEARER_OK && k < a->parts.count; k++) {
        size_t p = rows[k].part;
        nr_table_put(table, a->parts.names.texts[p] + 1,
                     a->parts.mode[p] < NR_MODE_COUNT ? nr_modes[a->parts.mode[p]].id : "",
                     (double)a->parts.links[p], a->share[p], 100 * a->share[p] / whole,
                     a->std_error[p], a->alone[p]);
    }
    nr_free(rows);
    if (status != NEARER_OK) return status;
    if (a->parts.withdrawn > 0)
        nr_table_put(table, "withdrawn", "", (double)a->parts.withdrawn, a->withdrawn,
                     100 * a->withdrawn / whole, (double)NAN, (double)NAN);
    nr_table_put(table, "all", "", (double)links, sum, 100 * sum / whole, (double)NAN, (double)NAN);
    return nr_study_put(report, "parts",
                        a->what->logs ? "What each part contributed to ln of the index"
                                      : "What each part contributed to the minutes saved",
                        table, err);
}

static nearer_status put_notes(nearer_report *report, const attributing *a, nearer_error *err)
{
    char from[16], to[16];
    size_t n = a->study->network->place_count, counted = 0;
    for (size_t k = 0; k < a->growing.batches * n * NR_LANES; k++)
        counted += a->growing.weight[k] > 0 ? 1 : 0;
    NR_TRY(nr_report_add_note(
        report, err,
        "from %s to %s, over %zu ordered pairs that have masses and can be travelled on "
        "both days; the parts add up to the whole; what was withdrawn goes last",
        nr_date_label(a->what->from, from), nr_date_label(a->what->to, to), counted));
    if (a->draws > 0)
        return nr_report_add_note(report, err,
                                  "%zu orders of %zu parts drawn by chance (seed %lu); a share is "
                                  "sure to about twice its standard error",
                                  a->draws, a->parts.count, a->what->seed);
    return nr_report_add_note(report, err, "exact, over all %zu choices of %zu parts",
                              (size_t)1 << a->parts.count, a->parts.count);
}

static nearer_status attribute(nearer_report **out, attributing *a, nr_graph **graph,
                               nearer_error *err)
{
    NR_TRY(nr_study_mass(&a->mass, a->study, a->what->mass, err));
    NR_TRY(nr_parts_find(&a->parts, a->study, &a->query, a->what, err));
    a->query.date = a->what->to;
    NR_TRY(find_last(a, err));
    NR_TRY(make_growing(a, graph, err));
    a->draws = a->what->draws;
    if (a->draws == 0 && a->parts.count > NR_SHAPLEY_MOST) a->draws = SAMPLE;
    a->share = nr_alloc(a->parts.count, sizeof *a->share);
    a->std_error = nr_alloc(a->parts.count, sizeof *a->std_error);
    a->alone = nr_alloc(a->parts.count, sizeof *a->alone);
    if (a->share == NULL || a->std_error == NULL || a->alone == NULL) return nr_fail_memory(err);
    NR_TRY(find_alone(a, err));
    NR_TRY(a->draws > 0 ? sample(a, err) : try_all(a, err));
    NR_TRY(nr_report_new(out, err));
    NR_TRY(put_parts(*out, a, err));
    return put_notes(*out, a, err);
}

nearer_status nearer_ask_attribute(nearer_report **out, const nearer_study *study,
                                   const nearer_query *query, const nearer_attribution *what,
                                   nearer_error *err)
{
    attributing a = {.study = study, .query = *query, .what = what};
    nearer_report *report = NULL;
    nr_graph *graph = NULL;
    nearer_status status = attribute(&report, &a, &graph, err);
    nr_growing_clear(&a.growing);
    nr_graph_free(graph);
    nr_parts_clear(&a.parts);
    nr_free(a.last);
    nr_free(a.weights);
    nr_free(a.share);
    nr_free(a.std_error);
    nr_free(a.alone);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
