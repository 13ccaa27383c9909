/* base/error: fills the caller's error and hands back its status. */
#ifndef NR_BASE_ERROR_H
#define NR_BASE_ERROR_H
#include "nearer.h"

#if defined(__GNUC__)
#define NR_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define NR_PRINTF(at, first)
#endif

/* Writes the sentence into `err` (may be NULL) and returns `status`: `return nr_fail(...)`. */
nearer_status nr_fail(nearer_error *err, nearer_status status, const char *format, ...)
    NR_PRINTF(3, 4);
/* Out of memory, said the same way everywhere. */
nearer_status nr_fail_memory(nearer_error *err);

/* Hands a failed status on: NR_TRY(f(...)). */
#define NR_TRY(call)                                          \
    do {                                                      \
        nearer_status nr_try_status = (call);                 \
        if (nr_try_status != NEARER_OK) return nr_try_status; \
    } while (0)
#endif
