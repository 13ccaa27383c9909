#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/regression.h"
#include "stats/statistic.h"

/* Student's t at a share below one; the normal for infinite degrees. */
static double quantile(double share, double degrees)
{
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    double t = isinf(degrees) ? gsl_cdf_ugaussian_Pinv(share) : gsl_cdf_tdist_Pinv(share, degrees);
    gsl_set_error_handler(before);
    return t;
}

nr_estimate nr_coefficient(const nr_fit *fit, const double *covariance, size_t c, double degrees)
{
    double b = fit->b[c], variance = covariance[c * fit->k + c];
    if (!(variance >= 0) || !(degrees > 0)) return (nr_estimate){b, NAN, NAN, NAN, NAN};
    double se = sqrt(variance), t = fabs(b / se), off = quantile(0.975, degrees) * se;
    return (nr_estimate){
        b, se, b - off, b + off,
        2 * (isinf(degrees) ? gsl_cdf_ugaussian_Q(t) : gsl_cdf_tdist_Q(t, degrees))};
}

double nr_detectable_slope(double std_error, double degrees)
{
    if (!(std_error >= 0) || !(degrees > 0)) return NAN;
    return (quantile(0.975, degrees) + quantile(0.8, degrees)) * std_error;
}

const nr_statistic nr_statistic_detectable_slope = {
    .id = "detectable_slope",
    .title = "smallest slope that shows with 80 % power at the 5 % level",
    .formula = "(t_0.975 + t_0.8) * standard error",
};

nearer_status nr_ols(nr_estimate *out, double *r_squared, const double *y, const double *x,
                     size_t n, size_t k, nearer_error *err)
{
    nr_fit *fit = NULL;
    NR_TRY(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = n, .k = k}, err));
    double *covariance = nr_alloc(k * k, sizeof *covariance);
    nearer_status status =
        covariance == NULL ? nr_fail_memory(err) : nr_covariance_hc(covariance, fit, NR_HC1, err);
    if (status == NEARER_OK) {
        for (size_t c = 0; c < k; c++) out[c] = nr_coefficient(fit, covariance, c, fit->degrees);
        if (r_squared != NULL) *r_squared = fit->r_squared;
    }
    nr_free(covariance);
    nr_fit_free(fit);
    return status;
}

const nr_statistic nr_statistic_ols = {
    .id = "ols",
    .title = "ordinary least squares (QR), standard errors robust to heteroskedasticity (HC1)",
    .formula = "b = (X'X)^-1 X'y",
};
