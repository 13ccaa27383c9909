/* Poverty of access (Foster, Greer and Thorbecke 1984): how many are below the line, how far, and
 * how unequally. */
#include <math.h>

#include "access/equity.h"

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    static const char *const names[] = {"fgt0", "fgt1", "fgt2"};
    const nr_sample *s = &in->sample;
    double size = nr_sample_size(s);
    (void)err;
    for (int power = 0; power < 3; power++) {
        double sum = 0;
        for (size_t i = 0; i < s->n; i++)
            if (s->x[i] < in->line)
                sum += nr_sample_weight(s, i) * pow((in->line - s->x[i]) / in->line, power);
        NR_TRY(take(context, names[power], size > 0 ? sum / size : NAN));
    }
    return NEARER_OK;
}

const nr_index nr_index_fgt = {
    .id = "fgt",
    .title = "poverty of access: share, gap and severity",
    .formula = "mean of ((line - x) / line)^k below the line, k = 0, 1, 2",
    .needs_line = true,
    .compute = compute,
};
