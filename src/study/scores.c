#include "study/scores.h"

#include <math.h>

#include "base/ranks.h"
#include "base/threads.h"
#include "graph/matrix.h"
#include "graph/times.h"

typedef struct run {
    nr_scoring *scoring;
    const nr_reached *reached;
    const double *own;
    size_t n, first;
    const nr_ticks *ticks; /* of a block that begins with row `first` */
    const nr_minutes *minutes;
    double *rooms; /* of each worker: a row, and room */
} run;

/* The share of the mass of all other places that i can reach, per cent. */
static double reached_pct(const double *minutes, const double *mass, size_t n, size_t i)
{
    double reached = 0, all = 0;
    for (size_t j = 0; j < n; j++) {
        if (i == j || isnan(mass[j])) continue;
        all += mass[j];
        if (!isinf(minutes[j])) reached += mass[j];
    }
    return all > 0 ? 100 * reached / all : NAN;
}

static double count_reached(const double *minutes, size_t n)
{
    double count = 0;
    for (size_t j = 0; j < n; j++) count += isfinite(minutes[j]) ? 1 : 0;
    return count;
}

static void take_row(run *r, size_t i, double *row)
{
    nr_scoring_row(r->scoring, i, row, row + r->n);
    r->reached->pct[i] = reached_pct(row, r->reached->mass, r->n, i);
    if (r->reached->places != NULL) r->reached->places[i] = count_reached(row, r->n);
}

static void score_ticks(void *context, size_t k, size_t worker)
{
    run *r = context;
    double *row = r->rooms + 3 * worker * r->n;
    const nr_ticks *ticks = r->ticks + k * r->n;
    for (size_t j = 0; j < r->n; j++) row[j] = nr_ticks_value(ticks[j], NR_TICKS_PER_MINUTE);
    row[r->first + k] = r->own[r->first + k];
    take_row(r, r->first + k, row);
}

static nearer_status take_block(void *context, size_t first, size_t count, const nr_ticks *rows,
                                nearer_error *err)
{
    run *r = context;
    (void)err;
    r->first = first;
    r->ticks = rows;
    nr_parallel_for(count, score_ticks, r);
    return NEARER_OK;
}

/* Rows of other processes are 0 here. */
static void gather(run *r)
{
    nr_ranks_sum(r->reached->pct, r->n);
    if (r->reached->places != NULL) nr_ranks_sum(r->reached->places, r->n);
    nr_ranks_sum(r->scoring->own_share, r->n);
    for (size_t k = 0; k < r->scoring->count; k++)
        nr_ranks_sum(r->scoring->numbers[k],
                     r->n * nr_measure_kept(r->scoring->measures[k], &r->scoring->inputs[k]));
}

/* Towards a place is from it on the graph turned round. */
static nearer_status run_task(run *r, nr_task *task, const nearer_query *query, bool to,
                              nearer_error *err)
{
    nr_rows back = {0};
    const uint32_t *sources = task->sources;
    nr_matrix_plan plan;
    if (to) {
        NR_TRY(nr_rows_reverse(&back, task->rows, err));
        task->rows = &back;
        task->sources = task->targets;
        task->targets = sources;
    }
    nearer_status status = nr_matrix_plan_make(&plan, task, query, err);
    if (status == NEARER_OK)
        status = nr_matrix_make(&plan, task, NR_TAKE_WHERE_COMPUTED, take_block, r, err);
    nr_rows_clear(&back);
    if (status == NEARER_OK) gather(r);
    return status;
}

static nearer_status run_network(run *r, const nearer_study *study, const nearer_query *query,
                                 bool to, nearer_error *err)
{
    nr_graph *graph = NULL;
    NR_TRY(nr_graph_build(&graph, study->network, query, err));
    nr_task task = nr_graph_task(graph, query);
    nearer_status status = run_task(r, &task, query, to, err);
    nr_graph_free(graph);
    return status;
}

static void score_given(void *context, size_t i, size_t worker)
{
    run *r = context;
    double *row = r->rooms + 3 * worker * r->n;
    nr_minutes_row(row, r->minutes, i);
    take_row(r, i, row);
}

/* What a measure that is not done by rows needs. */
static nearer_status run_all(run *r, const nearer_study *study, const nearer_query *query, bool to,
                             nearer_error *err)
{
    nearer_times *times = NULL;
    NR_TRY(nearer_times_compute(&times, study->network, query, err));
    const nr_minutes minutes = {nr_times_matrix(times), r->own, r->n, to};
    r->minutes = &minutes;
    nr_parallel_for(r->n, score_given, r);
    nr_scoring_finish(r->scoring);
    nearer_status status = nr_scoring_whole(r->scoring, &minutes, err);
    nearer_times_free(times);
    return status;
}

nearer_status nr_scores_run(nr_scoring *scoring, const nr_reached *reached,
                            const nearer_study *study, const nearer_query *query, bool to,
                            nearer_error *err)
{
    size_t n = study->network->place_count;
    run r = {.scoring = scoring, .reached = reached, .own = scoring->inputs->own, .n = n};
    r.rooms = nr_alloc(nr_workers(), 3 * n * sizeof *r.rooms);
    if (r.rooms == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    if (study->network->given[1] != NULL || nr_scoring_needs_all(scoring)) {
        status = run_all(&r, study, query, to, err);
    } else {
        status = run_network(&r, study, query, to, err);
        if (status == NEARER_OK) nr_scoring_finish(scoring);
    }
    nr_free(r.rooms);
    return status;
}
