/* base/threads: a loop over all cores. */
#ifndef NR_BASE_THREADS_H
#define NR_BASE_THREADS_H
#include <stddef.h>

/* How many workers nr_parallel_for uses at the most. */
size_t nr_workers(void);
/* Calls body(context, i, worker) once for each i < n, in any order, worker < nr_workers(). What a
 * body writes must depend on i alone, so that results are the same for any number of threads. */
void nr_parallel_for(size_t n, void (*body)(void *context, size_t i, size_t worker), void *context);
#endif
