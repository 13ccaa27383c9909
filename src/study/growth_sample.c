#include <math.h>

#include "study/growth.h"

enum { FEWEST = 5 };

nearer_status nr_growth_gain(double *gain, const nr_growth *g, const nearer_measure_spec *measure,
                             const nr_two_days *days, nearer_date from, nearer_date to,
                             nearer_error *err)
{
    const nr_measure *kind;
    double *before = nr_alloc(2 * g->n, sizeof *before), *after = before + g->n;
    if (before == NULL) return nr_fail_memory(err);
    nearer_status status = nr_measure_find(&kind, measure->measure, err);
    if (status == NEARER_OK)
        status = nr_study_score(before, g->study, from, g->query, measure, days->before, err);
    if (status == NEARER_OK)
        status = nr_study_score(after, g->study, to, g->query, measure, days->after, err);
    for (size_t i = 0; status == NEARER_OK && i < g->n; i++)
        gain[i] = log(after[i] / before[i]) * (kind->low_is_good ? -1 : 1);
    nr_free(before);
    return status;
}

/* ---- clusters ---- */

/* A place without a group is a cluster of its own. */
static nearer_status find_clusters(nr_growth_sample *s, const nr_growth *g, nearer_error *err)
{
    nr_grouping grouping;
    const char *id = g->what->cluster != NULL ? g->what->cluster : g->study->spec.growth.cluster;
    if (id == NULL) return NEARER_OK;
    NR_TRY(nr_grouping_find(&grouping, g->study, id, err));
    size_t groups = grouping.values.count;
    bool *seen = nr_alloc(groups, sizeof *seen);
    s->cluster = nr_alloc(s->n, sizeof *s->cluster);
    if (seen == NULL || s->cluster == NULL) {
        nr_free(seen);
        nr_grouping_clear(&grouping);
        return nr_fail_memory(err);
    }
    for (size_t k = 0; k < s->n; k++) {
        size_t group = grouping.of_place[s->place[k]];
        s->cluster[k] = group == NR_NO_NAME ? groups + k : group;
        s->clusters += group == NR_NO_NAME || !seen[group] ? 1 : 0;
        if (group != NR_NO_NAME) seen[group] = true;
    }
    nr_free(seen);
    nr_grouping_clear(&grouping);
    return NEARER_OK;
}

/* ---- the sample ---- */

static bool has_all(const nr_growth_values *v, size_t place)
{
    const double *columns[] = {v->y, v->x, v->held[0], v->held[1], v->instrument};
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        if (columns[k] != NULL && !isfinite(columns[k][place])) return false;
    return v->without == NULL || !v->without[place];
}

static nearer_status make_room(nr_growth_sample *s, size_t n, nearer_error *err)
{
    s->place = nr_alloc(n, sizeof *s->place);
    s->memory = nr_alloc(n * (6 + s->held), sizeof *s->memory);
    if (s->place == NULL || s->memory == NULL) return nr_fail_memory(err);
    double *next = s->memory;
    double **rows[] = {&s->y, &s->x, &s->instrument, &s->lon, &s->lat, &s->columns};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++, next += n) *rows[k] = next;
    return NEARER_OK;
}

static void take(nr_growth_sample *s, const nr_growth *g, const nr_growth_values *v, size_t place)
{
    size_t k = s->n++;
    double *row = s->columns + k * (1 + s->held);
    nr_lonlat at = g->study->network->places[place].at;
    s->place[k] = place;
    s->y[k] = v->y[place];
    s->x[k] = v->x[place];
    s->instrument[k] = v->instrument == NULL ? 0 : v->instrument[place];
    s->lon[k] = at.lon;
    s->lat[k] = at.lat;
    *row++ = 1;
    for (size_t h = 0; h < 2; h++)
        if (v->held[h] != NULL) *row++ = v->held[h][place];
}

/* What is the same everywhere explains nothing, and nothing explains it. */
static nearer_status check_varies(const nr_growth_sample *s, const nr_growth *g, const double *x,
                                  size_t step, const char *what, nearer_error *err)
{
    for (size_t k = 1; k < s->n; k++)
        if (x[k * step] != x[0]) return NEARER_OK;
    return nr_fail(err, NEARER_NODATA,
                   "%s: %s is the same, %g, in all %zu places: values that "
                   "differ were expected",
                   g->study->spec.path, what, x[0], s->n);
}

nearer_status nr_growth_sample_take(nr_growth_sample *s, const nr_growth *g,
                                    const nr_growth_values *values, nearer_error *err)
{
    *s = (nr_growth_sample){0};
    for (size_t h = 0; h < 2; h++) s->held += values->held[h] != NULL ? 1 : 0;
    NR_TRY(make_room(s, g->n, err));
    bool placed = true;
    for (size_t i = 0; i < g->n; i++) {
        if (!has_all(values, i)) continue;
        take(s, g, values, i);
        placed = placed && !isnan(g->study->network->places[i].at.lon);
    }
    if (!placed) s->lon = s->lat = NULL;
    if (values->instrument == NULL) s->instrument = NULL;
    if (s->n < FEWEST || s->n < s->held + 3)
        return nr_fail(err, NEARER_NODATA,
                       "%s: %zu places have growth, initial income and access on both days, at "
                       "least %d were expected",
                       g->study->spec.path, s->n, FEWEST);
    NR_TRY(check_varies(s, g, s->y, 1, "growth", err));
    NR_TRY(check_varies(s, g, s->x, 1, "the gain in access", err));
    if (values->held[0] != NULL)
        NR_TRY(check_varies(s, g, s->columns + 1, 1 + s->held, "initial income", err));
    return find_clusters(s, g, err);
}

void nr_growth_sample_clear(nr_growth_sample *s)
{
    nr_free(s->place);
    nr_free(s->cluster);
    nr_free(s->memory);
    *s = (nr_growth_sample){0};
}
