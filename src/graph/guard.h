/* graph/guard: igraph ends the process on an error and prints warnings unless told otherwise;
 * between enter and leave it records them instead. */
#ifndef NR_GRAPH_GUARD_H
#define NR_GRAPH_GUARD_H
#include <igraph/igraph.h>

#include "base/error.h"

typedef struct nr_guard {
    igraph_error_handler_t *error_handler;
    igraph_warning_handler_t *warning_handler;
} nr_guard;

nr_guard nr_guard_enter(void);
void nr_guard_leave(nr_guard guard);
/* NEARER_OK, or what igraph said of `code`. */
nearer_status nr_guard_status(igraph_error_t code, nearer_error *err);
#endif
