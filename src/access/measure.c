#include "access/measure.h"

#include <math.h>
#include <string.h>

#include "base/unknown.h"

const nr_measure *const nr_measures[] = {
#define NR_MEASURE(id) &nr_measure_##id,
#include "access/measures.def"
#undef NR_MEASURE
    NULL};

static const char *known_measure(const void *unused, size_t i)
{
    (void)unused;
    return nr_measures[i] == NULL ? NULL : nr_measures[i]->id;
}

nearer_status nr_measure_find(const nr_measure **out, const char *id, nearer_error *err)
{
    for (size_t i = 0; nr_measures[i] != NULL; i++)
        if (strcmp(nr_measures[i]->id, id) == 0) {
            *out = nr_measures[i];
            return NEARER_OK;
        }
    return nr_fail_unknown(err, id, known_measure, NULL, "unknown measure '%.60s'", id);
}

nearer_status nr_measure_prepare(const nr_measure **out, nr_measure_input *input,
                                 const nearer_measure_spec *spec, nearer_error *err)
{
    const nr_measure *measure = NULL;
    NR_TRY(nr_measure_find(&measure, spec->measure, err));
    if (measure->takes_decay && spec->decay == NULL)
        return nr_fail(err, NEARER_USAGE, "measure '%s' needs a decay, such as exponential:0.005",
                       measure->id);
    if (measure->takes_cutoff && isnan(spec->cutoff_min))
        return nr_fail(err, NEARER_USAGE, "measure '%s' needs a cutoff in minutes, such as 240",
                       measure->id);
    if (!measure->takes_decay && spec->decay != NULL)
        return nr_fail(err, NEARER_USAGE, "measure '%s' takes no decay", measure->id);
    if (!measure->takes_cutoff && !isnan(spec->cutoff_min))
        return nr_fail(err, NEARER_USAGE, "measure '%s' takes no cutoff", measure->id);
    if (spec->cutoff_min < 0 || spec->own_min < 0)
        return nr_fail(err, NEARER_VALUE, "minutes must not be negative");
    if (measure->takes_decay) NR_TRY(nr_decay_parse(&input->decay, spec->decay, err));
    input->cutoff_min = spec->cutoff_min;
    *out = measure;
    return NEARER_OK;
}

size_t nr_measure_kept(const nr_measure *measure)
{
    return measure->kept == 0 ? 1 : measure->kept;
}

double nr_measure_sum(const nr_measure_input *input, const nr_decay *decay, const double *minutes)
{
    double sum = 0;
    for (size_t j = 0; j < input->n; j++)
        if (!isnan(minutes[j])) sum += input->mass[j] * nr_decay_weight(decay, minutes[j]);
    return sum;
}
