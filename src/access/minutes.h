/* access/minutes: a matrix of minutes, looked at from places or towards them. */
#ifndef NR_ACCESS_MINUTES_H
#define NR_ACCESS_MINUTES_H
#include <stdbool.h>
#include <stddef.h>

typedef struct nr_minutes {
    const double *matrix; /* n x n, row = from, INFINITY = cannot be reached */
    const double *own;    /* n, in place of its diagonal; NAN: a place's own mass does not count */
    size_t n;
    bool to; /* row i of what is read: from all places to i */
} nr_minutes;

/* From i to j, or with `to` from j to i. */
static inline double nr_minutes_at(const nr_minutes *m, size_t i, size_t j)
{
    if (i == j) return m->own[i];
    return m->matrix[m->to ? j * m->n + i : i * m->n + j];
}
/* Minutes between i and each place, n of them. */
void nr_minutes_row(double *out, const nr_minutes *minutes, size_t i);
#endif
