#include <math.h>

#include "stats/regression.h"
#include "stats/statistic.h"

nearer_status nr_influence(double *change, double *scaled, const nr_fit *fit, nearer_error *err)
{
    size_t k = fit->k;
    NR_TRY(nr_fit_check_ordinary(fit, "influence of single rows", err));
    for (size_t i = 0; i < fit->n; i++) {
        double left = 1 - nr_fit_leverage(fit, i), e = fit->residual[i];
        bool undetermined = left < 1e-10;
        /* the residual variance without the row, which takes e^2 / (1 - h) of the squares away */
        double without = sqrt((fit->rss - e * e / left) / (fit->degrees - 1));
        for (size_t c = 0; c < k; c++) {
            double moved = undetermined ? NAN : fit->influence[i * k + c] * e / left;
            change[i * k + c] = moved;
            if (scaled != NULL)
                scaled[i * k + c] = moved / (without * sqrt(fit->inverse[c * k + c]));
        }
    }
    return NEARER_OK;
}

size_t nr_influence_most(const double *change, const bool *taken, size_t n, size_t k, size_t c)
{
    size_t best = n;
    double most = -1;
    for (size_t i = 0; i < n; i++) {
        double moved = isnan(change[i * k + c]) ? INFINITY : fabs(change[i * k + c]);
        if (taken[i] || moved <= most) continue;
        best = i;
        most = moved;
    }
    return best;
}

const nr_statistic nr_statistic_influence = {
    .id = "influence",
    .title = "by how much a single row moves each coefficient (DFBETA, DFBETAS)",
    .formula = "a_i e_i / (1 - h_i)",
};
