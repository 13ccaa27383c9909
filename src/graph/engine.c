#include "graph/engine.h"

#include <string.h>

#include "base/unknown.h"

const nr_engine *const nr_engines[] = {
#define NR_ENGINE(id) &nr_engine_##id,
#include "graph/engines.def"
#undef NR_ENGINE
    NULL};

static const char *known_engine(const void *context, size_t i)
{
    (void)context;
    return nr_engines[i] == NULL ? NULL : nr_engines[i]->id;
}

/* Where each begins to pay: measured by tests/bench on a country of 13,000 vertices and a city's
 * roads of 264,000; the border between them was not. A hierarchy takes as long to make as some 200
 * searches of the whole graph. */
static const nr_engine *choose(const nr_task *task)
{
    enum { SMALL = 50000, SOME_SOURCES = 4, MANY_SOURCES = 200 };
    if (task->cache != NULL) return &nr_engine_hierarchy;
    if (task->rows->vertices <= SMALL)
        return task->source_count < SOME_SOURCES ? &nr_engine_dijkstra : &nr_engine_bellman_ford;
    return task->source_count < MANY_SOURCES ? &nr_engine_dijkstra : &nr_engine_hierarchy;
}

nearer_status nr_engine_find(const nr_engine **out, const char *id, const nr_task *task,
                             nearer_error *err)
{
    if (id == NULL) {
        *out = choose(task);
        return NEARER_OK;
    }
    for (size_t i = 0; nr_engines[i] != NULL; i++)
        if (strcmp(nr_engines[i]->id, id) == 0) {
            *out = nr_engines[i];
            return NEARER_OK;
        }
    return nr_fail_unknown(err, id, known_engine, NULL, "unknown engine '%s'", id);
}

nearer_status nr_engine_check(const nr_ticks *ticks, size_t count, nearer_error *err)
{
    for (size_t k = 0; k < count; k++)
        if (ticks[k] == NR_TICKS_MAX)
            return nr_fail(err, NEARER_VALUE,
                           "a way is longer than 4,294,967,294 ticks can count (49.7 days of "
                           "milliseconds); give a coarser unit");
    return NEARER_OK;
}
