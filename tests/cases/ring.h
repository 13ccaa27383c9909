/* Places with neighbours and a regression, for the spatial models. */
#ifndef TESTS_CASES_RING_H
#define TESTS_CASES_RING_H
#include "cases/drawn.h"

#include "stats/spatial_models.h"

static nearer_error err;

/* 24 places on a ring of which each has the next two as neighbours and every third the one before:
 * asymmetric; the last has none. */
enum { N = 24, K = 2 };

typedef struct ring {
    nr_weights *w;
    double y[N], x[N * K];
    nr_design design;
} ring;

static inline void set_up(ring *r, bool symmetric, bool standardised)
{
    size_t from[200], to[200], count = 0;
    for (size_t i = 0; i + 1 < N; i++) {
        for (size_t step = 1; step < 3; step++) {
            if ((i + step) % N == N - 1) continue;
            from[count] = i;
            to[count++] = (i + step) % N;
            if (!symmetric) continue;
            from[count] = (i + step) % N;
            to[count++] = i;
        }
        if (symmetric || i == 0 || i % 3 != 0) continue;
        from[count] = i;
        to[count++] = i - 1;
    }
    r->w = NULL;
    assert_ok(nr_weights_pairs(&r->w, N, from, to, NULL, count, &err));
    assert_int_equal(r->w->islands, 1);
    assert_true(nr_weights_symmetric(r->w) == symmetric);
    if (standardised) assert_ok(nr_weights_standardise(r->w, &err));
    for (size_t i = 0; i < N; i++) {
        r->x[2 * i] = 1;
        r->x[2 * i + 1] = sin(7.0 * (double)i) + (double)(i % 5);
        r->y[i] = 3 + 2 * r->x[2 * i + 1] + cos(3.0 * (double)(i * i)) + sin((double)i / 3);
    }
    r->design = (nr_design){r->y, r->x, N, K, NULL};
}
#endif
