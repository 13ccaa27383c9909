/* What scenarios would change, beside the network as it is. */
#include <math.h>
#include <string.h>

#include "study/line_tables.h"

int nr_line_most_first(const void *x, const void *y)
{
    const nr_line_gain *a = x, *b = y;
    if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

bool nr_line_shows(const nr_line_question *q, size_t spec)
{
    return q->measures[spec] != &nr_measure_mean_time;
}

static nearer_status check_studies(const nr_line_question *q, const nearer_study *before,
                                   const nearer_study *const *after, nearer_error *err)
{
    if (before->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE,
                       "scenarios need a study: times that were given have no ways");
    for (size_t k = 0; k < q->count; k++)
        if (after[k]->network->place_count != q->n || after[k]->spec.scenario_count == 0)
            return nr_fail(err, NEARER_USAGE, "a scenario must be of the same study");
    if (q->spec_count == 0) return nr_fail(err, NEARER_USAGE, "no measure is given");
    return q->count == 0 ? nr_fail(err, NEARER_USAGE, "no scenario is given") : NEARER_OK;
}

static nearer_status find_specs(nr_line_question *q, const nearer_study *before, nearer_error *err)
{
    static const nr_measure of_mass = {0}; /* its unit is the mass's */
    q->measures = nr_alloc(q->spec_count, sizeof *q->measures);
    q->units = nr_alloc(q->spec_count, sizeof *q->units);
    if (q->measures == NULL || q->units == NULL) return nr_fail_memory(err);
    for (size_t s = 0; s < q->spec_count; s++) {
        NR_TRY(nr_measure_find(&q->measures[s], q->specs[s].measure, err));
        nr_study_unit(q->units[s], before, q->measures[s], q->specs[s].mass);
    }
    nr_study_unit(q->mass_unit, before, &of_mass, q->specs[0].mass);
    return nr_study_mass(&q->mass, before, q->specs[0].mass, err);
}

static nearer_status find_states(nr_line_question *q, const nearer_study *before,
                                 const nearer_study *const *after, nearer_error *err)
{
    q->after = nr_alloc(q->count, sizeof *q->after);
    q->saved = nr_alloc(q->count, sizeof *q->saved);
    if (q->after == NULL || q->saved == NULL) return nr_fail_memory(err);
    NR_TRY(find_specs(q, before, err));
    if (before->spec.group_count > 0)
        NR_TRY(nr_grouping_read(&q->grouping, before, &before->spec.groups[0], err));
    NR_TRY(nr_line_state_find(&q->before, before, q->query, q->specs, q->spec_count, err));
    for (size_t k = 0; k < q->count; k++) {
        NR_TRY(nr_line_state_find(&q->after[k], after[k], q->query, q->specs, q->spec_count, err));
        q->saved[k] = nr_line_mean(&q->before, &q->after[k], q->mass) -
                      nr_line_mean(&q->after[k], &q->before, q->mass);
    }
    return NEARER_OK;
}

static nearer_status put_all(nearer_report *report, const nr_line_question *q, nearer_error *err)
{
    const nr_line_state *last = &q->after[q->count - 1];
    char title[200];
    NR_TRY(nr_line_put_scenarios(report, q, err));
    NR_TRY(nr_line_put_places(report, q, last, err));
    NR_TRY(nr_line_put_pairs(report, q, last, err));
    NR_TRY(nr_line_put_built(report, q, last, err));
    return nr_report_add_note(
        report, err,
        "places, losers, pairs and built are of: %s; mean times are weighted by %s and "
        "over places that have one before and after",
        nr_line_title(title, last), q->specs[0].mass == NULL ? "1" : q->specs[0].mass);
}

nearer_status nearer_ask_line(nearer_report **out, const nearer_study *before,
                              const nearer_study *const *after, size_t count,
                              const nearer_query *query, const nearer_measure_spec *specs,
                              size_t spec_count, nearer_error *err)
{
    nr_line_question q = {.query = query,
                          .specs = specs,
                          .spec_count = spec_count,
                          .count = count,
                          .n = before->network->place_count};
    nearer_report *report = NULL;
    NR_TRY(check_studies(&q, before, after, err));
    nearer_status status = find_states(&q, before, after, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_all(report, &q, err);
    nr_line_state_clear(&q.before);
    for (size_t k = 0; q.after != NULL && k < count; k++) nr_line_state_clear(&q.after[k]);
    nr_free(q.after);
    nr_free(q.saved);
    nr_free(q.measures);
    nr_free(q.units);
    nr_grouping_clear(&q.grouping);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
