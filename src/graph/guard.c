#include "graph/guard.h"

#include <stdio.h>

static char last_reason[200];

static void record_error(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)file;
    (void)line;
    (void)code;
    snprintf(last_reason, sizeof last_reason, "%s", reason);
    IGRAPH_FINALLY_FREE(); /* what igraph held when it failed */
}

static void ignore_warning(const char *reason, const char *file, int line)
{
    (void)reason;
    (void)file;
    (void)line;
}

nr_guard nr_guard_enter(void)
{
    return (nr_guard){igraph_set_error_handler(record_error),
                      igraph_set_warning_handler(ignore_warning)};
}

void nr_guard_leave(nr_guard guard)
{
    igraph_set_error_handler(guard.error_handler);
    igraph_set_warning_handler(guard.warning_handler);
}

nearer_status nr_guard_status(igraph_error_t code, nearer_error *err)
{
    if (code == IGRAPH_SUCCESS) return NEARER_OK;
    if (code == IGRAPH_ENOMEM) return nr_fail_memory(err);
    return nr_fail(err, NEARER_INTERNAL, "igraph: %s", last_reason);
}
