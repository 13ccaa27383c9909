/* model/period: a stretch of days as a table gives it. */
#ifndef NR_MODEL_PERIOD_H
#define NR_MODEL_PERIOD_H
#include "base/error.h"

typedef struct nr_period {
    nearer_date first, last; /* both included; INT32_MIN, INT32_MAX where open */
} nr_period;

/* Reads "2010", "2010-06", "2010-06-30" or a range of these, "2008..2010-06", "2008..", "..2010".
 * Fails with VALUE when it is none of these or ends before it begins. */
nearer_status nr_period_parse(nr_period *out, const char *text, nearer_error *err);
#endif
