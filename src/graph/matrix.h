/* graph/matrix: a task done in blocks of rows, each handed on as soon as it is there. */
#ifndef NR_GRAPH_MATRIX_H
#define NR_GRAPH_MATRIX_H
#include "graph/engine.h"

/* Takes the rows of `count` sources from number `first` on; they are gone afterwards. */
typedef nearer_status nr_take_rows(void *context, size_t first, size_t count, const nr_ticks *rows,
                                   nearer_error *err);

typedef struct nr_matrix_run {
    const char *engine;          /* an id; NULL: by the task */
    size_t block_rows;           /* 0: as many as fit 32 MB */
    double prepare_s, compute_s; /* what it took */
    const char *engine_used;
} nr_matrix_run;

/* Fails with NAME (engine), VALUE (more ticks than can be counted), MEMORY, INTERNAL, and as
 * `take`. */
nearer_status nr_matrix_make(nr_matrix_run *run, const nr_task *task, nr_take_rows *take,
                             void *context, nearer_error *err);
#endif
