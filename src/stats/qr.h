/* stats/qr: X D P = Q R by Householder with pivoting; D brings the columns to like length. */
#ifndef NR_STATS_QR_H
#define NR_STATS_QR_H
#include "stats/regression.h"

typedef struct nr_qr {
    size_t n, k;
    const double *x; /* borrowed */
    double *packed, *tau, *scale;
    size_t *order;
    double condition;
} nr_qr;

/* Clear with nr_qr_clear, also after a failure. Fails as nr_fit_new. */
nearer_status nr_qr_init(nr_qr *out, const nr_design *design, nearer_error *err);
void nr_qr_clear(nr_qr *qr);
/* Solves r + X b = f, X'r = g for b[k] and r[n], refined in extended precision (Björck 1967); f or
 * g may be NULL for 0. g = 0: least squares of f. f = 0, g = -1 at j: b is column j of (X'X)^-1. */
nearer_status nr_qr_solve(double *b, double *r, const nr_qr *qr, const double *f, const double *g,
                          nearer_error *err);
/* The first k columns of Q, n x k row by row. */
nearer_status nr_qr_basis(double *out, const nr_qr *qr, nearer_error *err);
#endif
