/* graph/engine: distances from many vertices to many, by one of several ways that give the same.
 * One descriptor a way, listed in graph/engines.def. */
#ifndef NR_GRAPH_ENGINE_H
#define NR_GRAPH_ENGINE_H
#include "base/cache.h"
#include "base/hash.h"
#include "graph/rows.h"

typedef struct nr_task {
    const nr_rows *rows;
    const uint32_t *sources, *targets; /* vertices */
    size_t source_count, target_count;
    nr_ticks limit;            /* what is farther counts as not reached; NR_TICKS_MAX: none */
    const nearer_cache *cache; /* NULL: nothing is kept */
} nr_task;

typedef struct nr_engine {
    const char *id, *title;
    /* Prepares; the task outlives the state. NODATA: the graph does not suit the engine, which
     * would take too long; `asked` for by name it has to. */
    nearer_status (*open)(void **state, const nr_task *task, bool asked, nearer_error *err);
    /* Rows of `count` sources from number `first` on, on all cores: out[count * target_count],
     * NR_NEVER where not reached. Fails with VALUE when there are more ticks than can be counted.
     */
    nearer_status (*rows)(void *state, size_t first, size_t count, nr_ticks *out,
                          nearer_error *err);
    void (*close)(void *state);
    /* Bytes it takes beside the rows, about. */
    size_t (*memory)(const nr_task *task, size_t workers);
} nr_engine;

#define NR_ENGINE(id) extern const nr_engine nr_engine_##id;
#include "graph/engines.def"
#undef NR_ENGINE

/* Fails with VALUE when some ticks are NR_TICKS_MAX: more than that. */
nearer_status nr_engine_check(const nr_ticks *ticks, size_t count, nearer_error *err);

/* All engines, NULL behind the last. */
extern const nr_engine *const nr_engines[];
/* By id; NULL: the one that is likely to be done first. Fails with NAME and a suggestion. */
nearer_status nr_engine_find(const nr_engine **out, const char *id, const nr_task *task,
                             nearer_error *err);
#endif
