/* stats/groups: rows by any numbers that tell groups apart. */
#ifndef NR_STATS_GROUPS_H
#define NR_STATS_GROUPS_H
#include "base/error.h"

typedef struct nr_groups {
    size_t count;
    size_t *of;    /* n: group of a row, from 0 in the order they appear */
    size_t *row;   /* n: rows of group g are row[start[g]] .. row[start[g + 1] - 1], ascending */
    size_t *start; /* count + 1 */
} nr_groups;

/* Clear with nr_groups_clear, also after a failure. Fails with MEMORY. */
nearer_status nr_groups_init(nr_groups *out, const size_t *label, size_t n, nearer_error *err);
void nr_groups_clear(nr_groups *groups);
#endif
