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
    double *rows; /* one a worker */
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

static void take_row(run *r, size_t i, const double *row)
{
    nr_scoring_row(r->scoring, i, row);
    r->reached->pct[i] = reached_pct(row, r->reached->mass, r->n, i);
}

static void score_ticks(void *context, size_t k, size_t worker)
{
    run *r = context;
    double *row = r->rows + worker * r->n;
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
    for (size_t k = 0; k < r->scoring->count; k++)
        nr_ranks_sum(r->scoring->numbers[k], r->n * nr_measure_kept(r->scoring->measures[k]));
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
    double *row = r->rows + worker * r->n;
    nr_minutes_row(row, r->minutes, i);
    take_row(r, i, row);
}

nearer_status nr_scores_run(nr_scoring *scoring, const nr_reached *reached,
                            const nearer_study *study, const nearer_query *query, bool to,
                            nearer_error *err)
{
    size_t n = study->network->place_count;
    const double *own = scoring->inputs->own,
                 *given = study->network->given[query->date == NR_GIVEN_BEFORE ? 0 : 1];
    const nr_minutes minutes = {given, own, n, to};
    run r = {.scoring = scoring, .reached = reached, .own = own, .n = n, .minutes = &minutes};
    r.rows = nr_alloc(nr_workers(), n * sizeof *r.rows);
    if (r.rows == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    if (given != NULL)
        nr_parallel_for(n, score_given, &r);
    else
        status = run_network(&r, study, query, to, err);
    nr_free(r.rows);
    if (status == NEARER_OK) nr_scoring_finish(scoring);
    return status;
}
