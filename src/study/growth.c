/* The change in access held against growth: an association, what of it is left to chance, and what
 * it does not show. */
#include "study/growth.h"

#include <math.h>

#include "stats/statistic.h"

static nearer_status read_series(nr_growth *g, nearer_error *err)
{
    const nr_growth_spec *spec = &g->study->spec.growth;
    const double *from, *to, *income = NULL;
    NR_TRY(nr_study_mass(&from, g->study, spec->from, err));
    NR_TRY(nr_study_mass(&to, g->study, spec->to, err));
    if (spec->initial_income != NULL)
        NR_TRY(nr_study_mass(&income, g->study, spec->initial_income, err));
    g->growth = nr_alloc(g->n, sizeof *g->growth);
    g->income = income == NULL ? NULL : nr_alloc(g->n, sizeof *g->income);
    if (g->growth == NULL || (income != NULL && g->income == NULL)) return nr_fail_memory(err);
    for (size_t i = 0; i < g->n; i++) {
        g->growth[i] = 100 * nr_annual_growth(from[i], to[i], nr_study_years(g->study));
        if (income != NULL) g->income[i] = income[i] > 0 ? log(income[i]) : (double)NAN;
    }
    return NEARER_OK;
}

static nearer_status find_gain(nr_growth *g, nearer_error *err)
{
    const nearer_study *study = g->study;
    nearer_date from = study->spec.from, to = study->spec.to;
    g->before = nr_alloc(g->n, sizeof *g->before);
    g->after = nr_alloc(g->n, sizeof *g->after);
    g->gain = nr_alloc(g->n, sizeof *g->gain);
    g->incomplete = nr_alloc(g->n, sizeof *g->incomplete);
    if (!g->before || !g->after || !g->gain || !g->incomplete) return nr_fail_memory(err);
    NR_TRY(nr_two_days_compute(&g->days, study, g->query, from, to, err));
    NR_TRY(nr_study_score(g->before, study, from, g->query, g->measure, g->days.before, err));
    NR_TRY(nr_study_score(g->after, study, to, g->query, g->measure, g->days.after, err));
    for (size_t i = 0; i < g->n; i++) {
        g->gain[i] = log(g->after[i] / g->before[i]) * (g->kind->low_is_good ? -1 : 1);
        g->incomplete[i] = !isfinite(g->gain[i]) || !isfinite(g->growth[i]) ||
                           (g->income != NULL && !isfinite(g->income[i]));
    }
    return NEARER_OK;
}

/* A municipality is a province of one place: unlike the others in more than access. */
static nearer_status find_alone(nr_growth *g, nearer_error *err)
{
    const char *id = g->what->cluster != NULL ? g->what->cluster : g->study->spec.growth.cluster;
    nr_grouping grouping;
    if (id == NULL) return NEARER_OK;
    NR_TRY(nr_grouping_find(&grouping, g->study, id, err));
    size_t *places = nr_alloc(grouping.values.count, sizeof *places);
    g->alone = nr_alloc(g->n, sizeof *g->alone);
    nearer_status status = places == NULL || g->alone == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t i = 0; status == NEARER_OK && i < g->n; i++)
        if (grouping.of_place[i] != NR_NO_NAME) places[grouping.of_place[i]]++;
    for (size_t i = 0; status == NEARER_OK && i < g->n; i++)
        g->alone[i] = grouping.of_place[i] != NR_NO_NAME && places[grouping.of_place[i]] == 1;
    nr_free(places);
    nr_grouping_clear(&grouping);
    return status;
}

static nearer_status find_recentred(nr_growth *g, nearer_error *err)
{
    if (g->what->planned == NULL) return NEARER_OK;
    NR_TRY(nr_planned_find(&g->planned, g->study, g->query, g->measure, g->what, err));
    g->recentred = nr_alloc(g->n, sizeof *g->recentred);
    if (g->recentred == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < g->n; i++) g->recentred[i] = g->planned.gain[i] - g->planned.expected[i];
    return NEARER_OK;
}

static nearer_status answer(nearer_report **report, nr_growth *g, nearer_error *err)
{
    NR_TRY(read_series(g, err));
    NR_TRY(find_gain(g, err));
    NR_TRY(find_alone(g, err));
    NR_TRY(find_recentred(g, err));
    NR_TRY(nr_report_new(report, err));
    NR_TRY(nr_growth_put_models(*report, g, err));
    NR_TRY(nr_growth_put_recentred(*report, g, err));
    NR_TRY(nr_growth_put_placebos(*report, g, err));
    NR_TRY(nr_growth_put_sensitivity(*report, g, err));
    NR_TRY(nr_growth_put_groups(*report, g, err));
    NR_TRY(nr_growth_put_places(*report, g, err));
    NR_TRY(nr_growth_put_words(*report, g, err));
    return nr_study_tell_given(*report, g->study, err);
}

static void clear(nr_growth *g)
{
    nr_two_days_clear(&g->days);
    nr_planned_clear(&g->planned);
    nr_free(g->before);
    nr_free(g->after);
    nr_free(g->gain);
    nr_free(g->growth);
    nr_free(g->income);
    nr_free(g->incomplete);
    nr_free(g->alone);
    nr_free(g->recentred);
}

nearer_status nearer_ask_growth(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_measure_spec *measure,
                                const nearer_growth_spec *what, nearer_error *err)
{
    nr_measure_input input = {0};
    nr_growth g = {.study = study,
                   .query = query,
                   .measure = measure,
                   .what = what,
                   .n = study->network->place_count};
    nearer_report *report = NULL;
    if (study->spec.growth.from == NULL)
        return nr_fail(err, NEARER_NODATA, "%s: it has no \"growth\" series", study->spec.path);
    NR_TRY(nr_measure_prepare(&g.kind, &input, measure, err));
    nearer_status status = answer(&report, &g, err);
    clear(&g);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
