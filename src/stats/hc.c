#include <math.h>

#include "stats/covariance.h"
#include "stats/statistic.h"

/* What the square of a residual is taken times. */
static nearer_status weight_of(double *out, const nr_fit *fit, size_t i, nr_hc kind,
                               nearer_error *err)
{
    *out = 1;
    if (kind == NR_HC1) *out = (double)fit->n / fit->degrees;
    if (kind != NR_HC2 && kind != NR_HC3) return NEARER_OK;
    double left = 1 - nr_fit_leverage(fit, i);
    if (left < 1e-10)
        return nr_fail(err, NEARER_VALUE,
                       "%s: row %zu alone sets a coefficient (leverage 1), its residual says "
                       "nothing of its error",
                       kind == NR_HC2 ? "HC2" : "HC3", i + 1);
    *out = kind == NR_HC2 ? 1 / left : 1 / (left * left);
    return NEARER_OK;
}

nearer_status nr_covariance_hc(double *out, const nr_fit *fit, nr_hc kind, nearer_error *err)
{
    size_t k = fit->k;
    double variance = fit->rss / fit->degrees;
    for (size_t c = 0; c < k * k; c++)
        out[c] = kind == NR_CLASSICAL ? variance * fit->inverse[c] : 0;
    if (kind == NR_CLASSICAL) return NEARER_OK;
    if (kind == NR_HC2 || kind == NR_HC3)
        NR_TRY(nr_fit_check_ordinary(fit, kind == NR_HC2 ? "HC2" : "HC3", err));
    for (size_t i = 0; i < fit->n; i++) {
        double weight;
        const double *a = fit->influence + i * k, e = fit->residual[i];
        NR_TRY(weight_of(&weight, fit, i, kind, err));
        for (size_t c = 0; c < k; c++)
            for (size_t d = 0; d < k; d++) out[c * k + d] += weight * e * e * a[c] * a[d];
    }
    return NEARER_OK;
}

const nr_statistic nr_statistic_hc = {
    .id = "hc",
    .title = "covariance of coefficients: classical, HC0 to HC3",
    .formula = "sum w_i e_i^2 a_i a_i', a = rows of X (X'X)^-1",
};
