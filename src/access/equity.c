#include "access/equity.h"

#include <string.h>

#include "base/memory.h"
#include "base/unknown.h"

const nr_index *const nr_indexes[] = {
#define NR_INDEX(id) &nr_index_##id,
#include "access/indexes.def"
#undef NR_INDEX
    NULL};

static const char *known_index(const void *unused, size_t i)
{
    (void)unused;
    return nr_indexes[i] == NULL ? NULL : nr_indexes[i]->id;
}

nearer_status nr_index_find(const nr_index **out, const char *id, nearer_error *err)
{
    for (size_t i = 0; nr_indexes[i] != NULL; i++)
        if (strcmp(nr_indexes[i]->id, id) == 0) {
            *out = nr_indexes[i];
            return NEARER_OK;
        }
    return nr_fail_unknown(err, id, known_index, NULL, "unknown index '%.60s'", id);
}

/* The rows of one group, in room for three times all. */
static nr_equity_input part_of(const nr_equity_input *in, size_t group, double *room)
{
    double *x = room, *weight = room + in->sample.n, *income = weight + in->sample.n;
    size_t n = 0;
    for (size_t i = 0; i < in->sample.n; i++) {
        if (in->group[i] != group) continue;
        x[n] = in->sample.x[i];
        weight[n] = nr_sample_weight(&in->sample, i);
        if (in->income != NULL) income[n] = in->income[i];
        n++;
    }
    nr_equity_input part = *in;
    part.sample = (nr_sample){x, weight, n};
    part.income = in->income == NULL ? NULL : income;
    part.group = NULL;
    return part;
}

nearer_status nr_whole_and_groups(nr_figure *figure, const nr_equity_input *in,
                                  nr_take_figure *take, void *context, nearer_error *err)
{
    double value, *room = nr_alloc(3 * in->sample.n, sizeof *room);
    if (room == NULL) return nr_fail_memory(err);
    nearer_status status = figure(&value, in, err);
    if (status == NEARER_OK) status = take(context, "total", value);
    for (size_t g = 0; status == NEARER_OK && in->group != NULL && g < in->groups; g++) {
        const nr_equity_input part = part_of(in, g, room);
        status = figure(&value, &part, err);
        if (status == NEARER_OK) status = take(context, in->group_names[g], value);
    }
    nr_free(room);
    return status;
}
