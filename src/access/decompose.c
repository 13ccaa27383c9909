#include "access/decompose.h"

#include <math.h>
#include <stdio.h>

#include "base/memory.h"

/* R accessibility takes no places without access into groups. */
static bool counts(const nr_equity_input *in, size_t i)
{
    if (in->group == NULL) return true;
    return in->group[i] != NR_NO_GROUP && (!in->r_convention || in->sample.x[i] > 0);
}

static size_t group_of(const nr_equity_input *in, size_t i)
{
    return in->group == NULL ? 0 : in->group[i];
}

static nr_group_mean find_means(nr_group_mean *means, const nr_equity_input *in, size_t groups)
{
    nr_group_mean all = {0, 0};
    for (size_t g = 0; g < groups; g++) means[g] = (nr_group_mean){0, 0};
    for (size_t i = 0; i < in->sample.n; i++) {
        if (!counts(in, i)) continue;
        double weight = nr_sample_weight(&in->sample, i);
        nr_group_mean *own = &means[group_of(in, i)];
        own->size += weight;
        own->mean += weight * in->sample.x[i];
        all.size += weight;
        all.mean += weight * in->sample.x[i];
    }
    for (size_t g = 0; g < groups; g++) means[g].mean /= means[g].size;
    all.mean /= all.size;
    return all;
}

static double sum_up(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum;
}

static nearer_status tell(const nr_equity_input *in, const double *between, const double *within,
                          size_t groups, nr_take_figure *take, void *context)
{
    double b = sum_up(between, groups), w = sum_up(within, groups);
    NR_TRY(take(context, "total", b + w));
    if (in->group == NULL) return NEARER_OK;
    NR_TRY(take(context, "between", b));
    NR_TRY(take(context, "within", w));
    for (size_t g = 0; g < groups; g++) {
        char name[200];
        snprintf(name, sizeof name, "between:%.180s", in->group_names[g]);
        NR_TRY(take(context, name, between[g]));
        snprintf(name, sizeof name, "within:%.180s", in->group_names[g]);
        NR_TRY(take(context, name, within[g]));
    }
    return NEARER_OK;
}

nearer_status nr_decompose(const nr_decomposition *by, const nr_equity_input *in,
                           nr_take_figure *take, void *context, nearer_error *err)
{
    size_t groups = in->group == NULL ? 1 : in->groups;
    nr_group_mean *means = nr_alloc(groups, sizeof *means);
    double *between = nr_alloc(2 * groups, sizeof *between), *within = between + groups;
    nearer_status status = means == NULL || between == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        nr_group_mean all = find_means(means, in, groups);
        for (size_t g = 0; g < groups; g++)
            between[g] = !(all.mean > 0)     ? (double)NAN /* nobody has anything */
                         : means[g].size > 0 ? by->between(means[g], all)
                                             : 0;
        for (size_t i = 0; i < in->sample.n; i++)
            if (counts(in, i))
                within[group_of(in, i)] += nr_sample_weight(&in->sample, i) *
                                           by->within(in->sample.x[i], means[group_of(in, i)], all);
        status = tell(in, between, within, groups, take, context);
    }
    nr_free(means);
    nr_free(between);
    return status;
}
