#include <math.h>
#include <string.h>

#include "base/geodesy.h"
#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/statistic.h"

static double weight_of(double km, double cutoff_km, nr_kernel kernel)
{
    if (km > cutoff_km) return 0;
    return kernel == NR_UNIFORM ? 1 : 1 - km / cutoff_km;
}

static nearer_status check(const nr_fit *fit, const double *lon_deg, const double *lat_deg,
                           double cutoff_km, nearer_error *err)
{
    if (!(cutoff_km > 0) || !isfinite(cutoff_km))
        return nr_fail(err, NEARER_VALUE, "Conley: a cutoff above 0 km was expected, not %g",
                       cutoff_km);
    for (size_t i = 0; i < fit->n; i++)
        if (!nr_lonlat_valid((nr_lonlat){lon_deg[i], lat_deg[i]}))
            return nr_fail(err, NEARER_VALUE,
                           "Conley: row %zu is at longitude %g, latitude %g, degrees were expected",
                           i + 1, lon_deg[i], lat_deg[i]);
    return NEARER_OK;
}

nearer_status nr_covariance_conley(double *out, const nr_fit *fit, const double *lon_deg,
                                   const double *lat_deg, double cutoff_km, nr_kernel kernel,
                                   nearer_error *err)
{
    size_t n = fit->n, k = fit->k;
    NR_TRY(check(fit, lon_deg, lat_deg, cutoff_km, err));
    double *near = nr_alloc(k, sizeof *near);
    if (near == NULL) return nr_fail_memory(err);
    memset(out, 0, k * k * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        nr_lonlat here = {lon_deg[i], lat_deg[i]};
        memset(near, 0, k * sizeof *near);
        for (size_t j = 0; j < n; j++) {
            double km = nr_sphere_km(here, (nr_lonlat){lon_deg[j], lat_deg[j]});
            double weight = weight_of(km, cutoff_km, kernel) * fit->residual[j];
            if (weight == 0) continue;
            for (size_t c = 0; c < k; c++) near[c] += weight * fit->influence[j * k + c];
        }
        for (size_t c = 0; c < k; c++)
            for (size_t d = 0; d < k; d++)
                out[c * k + d] += fit->residual[i] * fit->influence[i * k + c] * near[d];
    }
    nr_free(near);
    return NEARER_OK;
}

const nr_statistic nr_statistic_conley = {
    .id = "conley",
    .title = "covariance of coefficients: near places depend on each other",
    .formula = "sum_ij K(d_ij / h) e_i e_j a_i a_j', K uniform or 1 - d / h",
};
