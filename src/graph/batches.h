/* graph/batches: an engine's rows in batches of NR_LANES sources, on all cores. */
#ifndef NR_GRAPH_BATCHES_H
#define NR_GRAPH_BATCHES_H
#include "graph/engine.h"
#include "graph/lanes.h"

typedef struct nr_batches {
    const nr_task *task;
    const uint32_t *near; /* of each vertex: sources with near numbers go side by side */
    void *state;
    /* Up to NR_LANES rows; `far` when some distance on the way was NR_FAR. False when there is no
     * memory. */
    bool (*run)(void *state, size_t worker, const nr_lane_row *rows, size_t count, bool *far);
} nr_batches;

/* What nr_engine.rows promises. Fails with MEMORY. */
nearer_status nr_batches_run(const nr_batches *batches, size_t first, size_t count, nr_ticks *out,
                             nearer_error *err);
#endif
