/* Atkinson index: the share of access that could be given up if what is left were equal. */
#include <math.h>

#include "access/equity.h"

/* Logarithm of the mean of x^power over the mean of x, by its largest term, so that no power leaves
 * the numbers there are. */
static double log_power_mean(const nr_sample *s, double power)
{
    double mean = nr_sample_mean(s), largest = -INFINITY, sum = 0;
    for (size_t i = 0; i < s->n; i++) largest = fmax(largest, power * log(s->x[i] / mean));
    if (isinf(largest)) return largest; /* a 0 to a power below 0 */
    for (size_t i = 0; i < s->n; i++)
        sum += nr_sample_weight(s, i) * exp(power * log(s->x[i] / mean) - largest);
    return largest + log(sum / nr_sample_size(s));
}

static double log_geometric_mean(const nr_sample *s)
{
    double mean = nr_sample_mean(s), sum = 0;
    for (size_t i = 0; i < s->n; i++) sum += nr_sample_weight(s, i) * log(s->x[i] / mean);
    return sum / nr_sample_size(s);
}

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    double power = 1 - in->epsilon;
    (void)err;
    *out = NAN;
    if (!(nr_sample_mean(&in->sample) > 0)) return NEARER_OK;
    double equal = fabs(power) < 1e-9 ? log_geometric_mean(&in->sample)
                                      : log_power_mean(&in->sample, power) / power;
    *out = fmax(0, -expm1(equal));
    return NEARER_OK;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_atkinson = {
    .id = "atkinson",
    .title = "Atkinson index",
    .formula = "1 - (mean x^(1 - e))^(1 / (1 - e)) / mean x; e = 1: 1 - geometric mean / mean",
    .compute = compute,
};
