/* graph/matrix: a task done in blocks of rows, each handed on as soon as it is there; the blocks
 * are shared between the processes there are (base/ranks). */
#ifndef NR_GRAPH_MATRIX_H
#define NR_GRAPH_MATRIX_H
#include "graph/engine.h"

/* Takes the rows of `count` sources from number `first` on; they are gone afterwards. */
typedef nearer_status nr_take_rows(void *context, size_t first, size_t count, const nr_ticks *rows,
                                   nearer_error *err);

/* How a task is done. */
typedef struct nr_matrix_plan {
    const nr_engine *engine;
    bool asked;              /* the engine was named */
    size_t block_rows;       /* handed on at once */
    size_t bytes;            /* of memory it takes, with the rows of the graph, about */
    nearer_timings *timings; /* added to, without the taking; NULL: not wanted */
} nr_matrix_plan;

/* The engine that the query names, or the one likely to be done first that takes no more than its
 * memory. Fails with NAME, MEMORY (none fits; the message says how much is needed). */
nearer_status nr_matrix_plan_make(nr_matrix_plan *out, const nr_task *task,
                                  const nearer_query *query, nearer_error *err);

/* Where blocks are taken: each by the process that computed it, or all by the first process, in
 * order, or all by every process, which computes them itself. */
typedef enum nr_taking { NR_TAKE_WHERE_COMPUTED, NR_TAKE_IN_ORDER, NR_TAKE_BY_ALL } nr_taking;

/* Fails with VALUE (more ticks than can be counted), MEMORY,
 * INTERNAL, and as `take`. */
nearer_status nr_matrix_make(const nr_matrix_plan *plan, const nr_task *task, nr_taking taking,
                             nr_take_rows *take, void *context, nearer_error *err);
#endif
