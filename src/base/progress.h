/* base/progress: tells the caller how far long work is. */
#ifndef NR_BASE_PROGRESS_H
#define NR_BASE_PROGRESS_H
#include <stddef.h>

/* `done` of `total` steps of `what` are done. */
void nr_progress(const char *what, size_t done, size_t total);
/* Says what long work will take before it begins. */
void nr_forecast(const char *format, ...) __attribute__((format(printf, 1, 2)));
#endif
