#include "base/threads.h"

#ifdef _OPENMP
#include <omp.h>
#endif

size_t nr_workers(void)
{
#ifdef _OPENMP
    return (size_t)omp_get_max_threads();
#else
    return 1;
#endif
}

void nr_parallel_for(size_t n, void (*body)(void *context, size_t i, size_t worker), void *context)
{
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) if (n > 1)
    for (size_t i = 0; i < n; i++) body(context, i, (size_t)omp_get_thread_num());
#else
    for (size_t i = 0; i < n; i++) body(context, i, 0);
#endif
}
