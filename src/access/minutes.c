#include "access/minutes.h"

#include <string.h>

void nr_minutes_row(double *out, const nr_minutes *m, size_t i)
{
    if (m->to)
        for (size_t j = 0; j < m->n; j++) out[j] = m->matrix[j * m->n + i];
    else
        memcpy(out, m->matrix + i * m->n, m->n * sizeof *out);
    out[i] = m->own[i];
}
