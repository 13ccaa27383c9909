/* Groups of places, by a column of their table. */
#include <string.h>

#include "base/unknown.h"
#include "study/study.h"

nearer_status nr_grouping_read(nr_grouping *out, const nearer_study *study,
                               const nr_group_spec *spec, nearer_error *err)
{
    const nearer_network *network = study->network;
    size_t column;
    NR_TRY(nr_table_require(&column, study->places, spec->column, err));
    nr_grouping grouping = {.spec = spec};
    grouping.of_place = nr_alloc(network->place_count, sizeof *grouping.of_place);
    bool good = grouping.of_place != NULL;
    for (size_t p = 0; good && p < network->place_count; p++) {
        char number[NR_NUMBER_TEXT];
        const char *value = nr_table_cell(study->places, network->places[p].row, column, number);
        grouping.of_place[p] = value[0] == 0 ? NR_NO_NAME : nr_names_add(&grouping.values, value);
        good = value[0] == 0 || grouping.of_place[p] != NR_NO_NAME;
    }
    if (!good) {
        nr_grouping_clear(&grouping);
        return nr_fail_memory(err);
    }
    *out = grouping;
    return NEARER_OK;
}

static const char *known_group(const void *study, size_t i)
{
    const nearer_study *s = study;
    return i < s->spec.group_count ? s->spec.groups[i].id : NULL;
}

nearer_status nr_grouping_find(nr_grouping *out, const nearer_study *study, const char *id,
                               nearer_error *err)
{
    for (size_t i = 0; i < study->spec.group_count; i++)
        if (strcmp(study->spec.groups[i].id, id) == 0)
            return nr_grouping_read(out, study, &study->spec.groups[i], err);
    return nr_fail_unknown(err, id, known_group, study, "%s: unknown group '%.60s'",
                           study->spec.path, id);
}

void nr_grouping_clear(nr_grouping *grouping)
{
    nr_names_clear(&grouping->values);
    nr_free(grouping->of_place);
    *grouping = (nr_grouping){0};
}
