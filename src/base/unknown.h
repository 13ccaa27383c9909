/* base/unknown: a word that is none of the known ones, refused the same way everywhere. */
#ifndef NR_BASE_UNKNOWN_H
#define NR_BASE_UNKNOWN_H
#include "base/error.h"

/* The i-th known word, NULL at the end. */
typedef const char *nr_known(const void *context, size_t i);

/* The known word nearest to `word`, or NULL when none is near. */
const char *nr_suggest(const char *word, nr_known *known, const void *context);
/* Fails with NAME: the sentence made by `format`, and then what was meant or what is known:
 * "unknown mode 'rial'; did you mean 'rail'?" */
nearer_status nr_fail_unknown(nearer_error *err, const char *word, nr_known *known,
                              const void *context, const char *format, ...) NR_PRINTF(5, 6);
#endif
