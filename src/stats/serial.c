#include <string.h>

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/groups.h"
#include "stats/statistic.h"

/* Adds the scores of every pair of times up to the lag. */
static void sum_pairs(double *out, const double *score, const size_t *time, const nr_groups *times,
                      size_t lag, size_t k)
{
    for (size_t g = 0; g < times->count; g++)
        for (size_t h = 0; h < times->count; h++) {
            size_t a = time[times->row[times->start[g]]], b = time[times->row[times->start[h]]];
            size_t apart = a > b ? a - b : b - a;
            if (apart > lag) continue;
            double weight = 1 - (double)apart / ((double)lag + 1);
            for (size_t c = 0; c < k; c++)
                for (size_t d = 0; d < k; d++)
                    out[c * k + d] += weight * score[g * k + c] * score[h * k + d];
        }
}

nearer_status nr_covariance_serial(double *out, const nr_fit *fit, const size_t *time, size_t lag,
                                   nearer_error *err)
{
    size_t k = fit->k;
    nr_groups times;
    double *score = NULL;
    nearer_status status = nr_groups_init(&times, time, fit->n, err);
    if (status == NEARER_OK) {
        score = nr_alloc(times.count * k, sizeof *score);
        if (score == NULL) status = nr_fail_memory(err);
    }
    if (status == NEARER_OK) {
        memset(out, 0, k * k * sizeof *out);
        for (size_t i = 0; i < fit->n; i++)
            for (size_t c = 0; c < k; c++)
                score[times.of[i] * k + c] += fit->residual[i] * fit->influence[i * k + c];
        sum_pairs(out, score, time, &times, lag, k);
    }
    nr_free(score);
    nr_groups_clear(&times);
    return status;
}

const nr_statistic nr_statistic_serial = {
    .id = "serial",
    .title = "covariance of coefficients: near times depend on each other (Newey-West)",
    .formula = "sum_ts (1 - |t - s| / (L + 1)) s_t s_s', s_t = sum e_i a_i",
};
