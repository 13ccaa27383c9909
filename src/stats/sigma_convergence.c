#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/memory.h"
#include "stats/convergence.h"
#include "stats/statistic.h"

static bool known(const double *row, size_t years)
{
    for (size_t t = 0; t < years; t++)
        if (!(row[t] > 0) || isinf(row[t])) return false;
    return true;
}

nearer_status nr_converge_sigma(double *sd, size_t *used, const double *y, size_t n, size_t years,
                                nearer_error *err)
{
    double *ln = nr_alloc(n, sizeof *ln);
    if (ln == NULL) return nr_fail_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += known(y + i * years, years);
    for (size_t t = 0; t < years && count >= 2; t++) {
        size_t at = 0;
        for (size_t i = 0; i < n; i++)
            if (known(y + i * years, years)) ln[at++] = log(y[i * years + t]);
        sd[t] = gsl_stats_sd(ln, 1, count);
    }
    nr_free(ln);
    if (count < 2)
        return nr_fail(err, NEARER_NODATA,
                       "convergence needs at least 2 places known in all years, there are %zu",
                       count);
    *used = count;
    return NEARER_OK;
}

const nr_statistic nr_statistic_sigma_convergence = {
    .id = "sigma_convergence",
    .title = "whether places come closer: spread of the logarithms year by year",
    .formula = "sd(ln y_it) of each t, over the places known in all",
};
