#include <math.h>

#include "base/memory.h"
#include "stats/convergence.h"
#include "stats/statistic.h"

static double beta_of(double slope, double years)
{
    return 1 + slope * years > 0 ? -log1p(slope * years) / years : NAN;
}

static double half_life_of(double beta)
{
    return beta <= 0 ? INFINITY : log(2) / beta;
}

static void transform(nr_beta_convergence *out, double years)
{
    nr_estimate s = out->slope;
    /* beta falls as s grows */
    out->beta = (nr_estimate){beta_of(s.value, years), NAN, beta_of(s.high, years),
                              beta_of(s.low, years), s.p};
    out->beta.std_error = isnan(out->beta.value) ? NAN : s.std_error / (1 + s.value * years);
    out->half_life = (nr_estimate){half_life_of(out->beta.value), NAN, half_life_of(out->beta.high),
                                   half_life_of(out->beta.low), NAN};
}

nearer_status nr_converge_beta(nr_beta_convergence *out, const double *from, const double *to,
                               size_t n, double years, nearer_error *err)
{
    if (!(years > 0) || isinf(years))
        return nr_fail(err, NEARER_VALUE, "convergence: years above 0 were expected, not %g",
                       years);
    double *y = nr_alloc(3 * n, sizeof *y), *x = y + n;
    if (y == NULL) return nr_fail_memory(err);
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(from[i] > 0 && to[i] > 0) || isinf(from[i]) || isinf(to[i])) continue;
        y[used] = log(to[i] / from[i]) / years;
        x[2 * used] = 1;
        x[2 * used + 1] = log(from[i]);
        used++;
    }
    nr_estimate b[2];
    double r_squared;
    nearer_status status = used < 3
                               ? nr_fail(err, NEARER_NODATA,
                                         "convergence needs at least 3 places, there are %zu", used)
                               : nr_ols(b, &r_squared, y, x, used, 2, err);
    nr_free(y);
    NR_TRY(status);
    *out = (nr_beta_convergence){.n = used, .slope = b[1], .r_squared = r_squared};
    transform(out, years);
    return NEARER_OK;
}

const nr_statistic nr_statistic_beta_convergence = {
    .id = "beta_convergence",
    .title = "whether the poor grow faster: rate of convergence and its half-life",
    .formula = "ln(y_T / y_0) / T = a - (1 - exp(-beta T)) / T ln y_0 + e; ln 2 / beta",
};
