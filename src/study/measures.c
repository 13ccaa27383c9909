#include "study/measures.h"

#include <math.h>
#include <string.h>

#include "graph/betweenness.h"
#include "graph/times.h"
#include "study/scores.h"
#include "study/study.h"

/* ---- room ---- */

enum { MASS, DEMAND, OWN, PARTS };

static double *part(const nr_asked *m, size_t k, size_t which)
{
    return m->room + (k * PARTS + which) * m->n;
}

static nearer_status make_room(nr_asked *m, nearer_error *err)
{
    m->measures = nr_alloc(m->count, sizeof *m->measures);
    m->inputs = nr_alloc(m->count, sizeof *m->inputs);
    m->masses = nr_alloc(m->count, sizeof *m->masses);
    m->room = nr_alloc(m->count * PARTS, m->n * sizeof *m->room);
    m->known = nr_alloc(m->count, sizeof *m->known);
    m->at = nr_alloc(m->n, sizeof *m->at);
    return m->measures == NULL || m->inputs == NULL || m->masses == NULL || m->room == NULL ||
                   m->known == NULL || m->at == NULL
               ? nr_fail_memory(err)
               : NEARER_OK;
}

void nr_asked_clear(nr_asked *m)
{
    for (size_t k = 0; m->known != NULL && k < m->count; k++) nr_free(m->known[k]);
    nr_free(m->measures);
    nr_free(m->inputs);
    nr_free(m->masses);
    nr_free(m->room);
    nr_free(m->known);
    nr_free(m->at);
    nr_free(m->lengths_km);
    *m = (nr_asked){0};
}

/* ---- what a spec says ---- */

/* "table:FILE": the first two columns of a table, minutes and weights. */
static nearer_status read_decay_file(nr_decay *out, const char *text, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nearer_table_read(&table, strchr(text, ':') + 1, NULL, err));
    nr_decay decay = {.kind = &nr_decay_table};
    nearer_status status =
        nearer_table_columns(table) < 2 || nearer_table_rows(table) == 0
            ? nr_fail(err, NEARER_VALUE, "%s: two columns, minutes and weight, were expected",
                      nr_table_source(table))
            : NEARER_OK;
    for (size_t row = 0; status == NEARER_OK && row < nearer_table_rows(table); row++) {
        double minutes, weight;
        status = nr_table_read_number(&minutes, table, row, 0, err);
        if (status == NEARER_OK) status = nr_table_read_number(&weight, table, row, 1, err);
        if (status == NEARER_OK) status = nr_decay_add_point(&decay, minutes, weight, text, err);
    }
    nearer_table_free(table);
    *out = decay;
    return status;
}

static nearer_status find_decay(nr_decay *out, const nearer_measure_spec *spec, nearer_error *err)
{
    bool file = spec->decay != NULL && strncmp(spec->decay, "table:", 6) == 0 &&
                strchr(spec->decay, '=') == NULL;
    return file ? read_decay_file(out, spec->decay, err) : NEARER_OK;
}

static void copy_mass(double *out, const double *mass, size_t n)
{
    for (size_t i = 0; i < n; i++) out[i] = isnan(mass[i]) ? 0 : mass[i];
}

/* Two thirds of the radius of a disc of this area (Head and Mayer): the mean way to its middle. */
static double within_area(double km2, double speed_kmh)
{
    return km2 >= 0 ? 60 * 2.0 / 3 * sqrt(km2 / 3.14159265358979323846) / speed_kmh : (double)NAN;
}

static nearer_status find_own(double *own, const nr_asked *m, size_t k, const nearer_study *study,
                              const nearer_query *query, nearer_error *err)
{
    const nearer_measure_spec *spec = &m->specs[k];
    const double *given = study->network->given_own[query->date == NR_GIVEN_BEFORE ? 0 : 1],
                 *area = NULL;
    if (spec->own_area != NULL) NR_TRY(nr_study_mass(&area, study, spec->own_area, err));
    if (area != NULL && !(spec->own_speed_kmh > 0))
        return nr_fail(err, NEARER_VALUE, "own mass by area needs a speed above 0 km/h");
    for (size_t i = 0; i < m->n; i++) {
        own[i] = spec->own_min;
        if (area != NULL)
            own[i] = within_area(area[i], spec->own_speed_kmh);
        else if (isnan(spec->own_min) && given != NULL && m->measures[k]->own)
            own[i] = given[i];
        if (spec->no_own) own[i] = NAN;
    }
    return NEARER_OK;
}

static nearer_status read_spec(nr_asked *m, size_t k, const nearer_study *study,
                               const nearer_query *query, nearer_error *err)
{
    const nearer_measure_spec *spec = &m->specs[k];
    nr_measure_input *input = &m->inputs[k];
    const double *demand = NULL;
    NR_TRY(find_decay(&input->decay, spec, err));
    NR_TRY(nr_measure_prepare(&m->measures[k], input, spec, err));
    NR_TRY(nr_study_mass(&m->masses[k], study, spec->mass, err));
    copy_mass(part(m, k, MASS), m->masses[k], m->n);
    input->n = m->n;
    input->mass = part(m, k, MASS);
    for (size_t i = 0; i < m->n; i++) input->all_mass += input->mass[i];
    input->own = part(m, k, OWN);
    if (spec->demand != NULL) {
        NR_TRY(nr_study_mass(&demand, study, spec->demand, err));
        copy_mass(part(m, k, DEMAND), demand, m->n);
        input->demand = part(m, k, DEMAND);
    }
    return find_own(part(m, k, OWN), m, k, study, query, err);
}

/* ---- what it knows of the network ---- */

static nearer_status find_lengths(nr_asked *m, const nearer_study *study, const nearer_query *query,
                                  nearer_error *err)
{
    if (m->lengths_km != NULL) return NEARER_OK;
    m->lengths_km = nr_alloc(m->n, m->n * sizeof *m->lengths_km);
    if (m->lengths_km == NULL) return nr_fail_memory(err);
    return nr_sums_compute(m->lengths_km, study->network, query, NR_SUM_LENGTH_KM, err);
}

static nearer_status find_passing(nr_asked *m, size_t k, const nearer_study *study,
                                  const nearer_query *query, nearer_error *err)
{
    m->known[k] = nr_alloc(m->n, sizeof *m->known[k]);
    if (m->known[k] == NULL) return nr_fail_memory(err);
    m->inputs[k].passing = m->known[k];
    return nr_betweenness_compute(m->known[k], study->network, query, m->inputs[k].mass,
                                  m->specs[k].tolerance_min, err);
}

/* Adds exp(-theta t) of one mode. */
static void add_mode(double *sums, const double *minutes, size_t count, double theta)
{
    for (size_t p = 0; p < count; p++) sums[p] += exp(-theta * minutes[p]);
}

static nearer_status find_over_modes(nr_asked *m, size_t k, const nearer_study *study,
                                     const nearer_query *query, nearer_error *err)
{
    size_t pairs = m->n * m->n;
    unsigned wanted = 0;
    double theta = m->specs[k].theta, *sums = nr_alloc(m->n, m->n * sizeof *sums);
    m->known[k] = sums;
    if (sums == NULL) return nr_fail_memory(err);
    NR_TRY(nr_network_modes(&wanted, study->network, query->modes, err));
    for (size_t mode = 0; mode < NR_MODE_COUNT; mode++) {
        nearer_query one = *query;
        nearer_times *times = NULL;
        if ((wanted & 1u << mode) == 0) continue;
        one.modes = nr_modes[mode].id;
        NR_TRY(nearer_times_compute(&times, study->network, &one, err));
        add_mode(sums, nr_times_matrix(times), pairs, theta);
        nearer_times_free(times);
    }
    for (size_t p = 0; p < pairs; p++) sums[p] = sums[p] > 0 ? -log(sums[p]) / theta : INFINITY;
    m->inputs[k].over_modes = sums;
    return NEARER_OK;
}

static nearer_status find_known(nr_asked *m, size_t k, const nearer_study *study,
                                const nearer_query *query, nearer_error *err)
{
    unsigned knows = m->measures[k]->knows;
    const nearer_network *network = study->network;
    bool of_ways = (knows & (NR_KNOWS_LENGTHS | NR_KNOWS_PASSING | NR_KNOWS_MODES)) != 0;
    if (of_ways && network->given[1] != NULL)
        return nr_fail(
            err, NEARER_USAGE,
            "measure '%s' needs a study: times that were given have no ways, only minutes",
            m->measures[k]->id);
    for (size_t i = 0; i < m->n && (knows & NR_KNOWS_POSITIONS) != 0; i++)
        if (isnan(m->at[i].lon))
            return nr_fail(
                err, NEARER_NODATA,
                "measure '%s' needs positions: columns lon_deg and lat_deg of the places",
                m->measures[k]->id);
    m->inputs[k].at = m->at;
    if ((knows & NR_KNOWS_LENGTHS) != 0) {
        NR_TRY(find_lengths(m, study, query, err));
        m->inputs[k].lengths_km = m->lengths_km;
    }
    if ((knows & NR_KNOWS_PASSING) != 0) NR_TRY(find_passing(m, k, study, query, err));
    if ((knows & NR_KNOWS_MODES) != 0) NR_TRY(find_over_modes(m, k, study, query, err));
    return NEARER_OK;
}

nearer_status nr_asked_init(nr_asked *m, const nearer_study *study, const nearer_query *query,
                            const nearer_measure_spec *specs, size_t count, nearer_error *err)
{
    *m = (nr_asked){.specs = specs, .count = count, .n = study->network->place_count};
    NR_TRY(make_room(m, err));
    for (size_t i = 0; i < m->n; i++) m->at[i] = study->network->places[i].at;
    for (size_t k = 0; k < count; k++) NR_TRY(read_spec(m, k, study, query, err));
    for (size_t k = 0; k < count; k++) NR_TRY(find_known(m, k, study, query, err));
    return NEARER_OK;
}

nearer_status nr_study_score(double *scores, const nearer_study *study, nearer_date date,
                             const nearer_query *query, const nearer_measure_spec *spec,
                             const double *minutes, nearer_error *err)
{
    nr_asked m;
    nr_scoring scoring = {0};
    nearer_query on_day = *query;
    on_day.date = date;
    nearer_status status = nr_asked_init(&m, study, &on_day, spec, 1, err);
    if (status == NEARER_OK) status = nr_scoring_init(&scoring, m.measures, m.inputs, 1, err);
    if (status == NEARER_OK) {
        const nr_minutes view = {minutes, m.inputs->own, m.n, m.inputs->to};
        status = nr_scoring_run(&scoring, &view, err);
    }
    if (status == NEARER_OK) nr_scoring_read(scores, &scoring, 0, 0);
    nr_scoring_clear(&scoring);
    nr_asked_clear(&m);
    return status;
}

nearer_status nr_study_scores(double *scores, const nearer_study *study, const nearer_query *query,
                              const nearer_measure_spec *spec, nearer_error *err)
{
    nr_asked m;
    nr_scoring scoring = {0};
    double *pct = nr_alloc(study->network->place_count, sizeof *pct);
    if (pct == NULL) return nr_fail_memory(err);
    nearer_status status = nr_asked_init(&m, study, query, spec, 1, err);
    if (status == NEARER_OK) status = nr_scoring_init(&scoring, m.measures, m.inputs, 1, err);
    if (status == NEARER_OK) {
        const nr_reached reached = {m.masses[0], pct, NULL};
        status = nr_scores_run(&scoring, &reached, study, query, spec->to, err);
    }
    if (status == NEARER_OK) nr_scoring_read(scores, &scoring, 0, 0);
    nr_scoring_clear(&scoring);
    nr_asked_clear(&m);
    nr_free(pct);
    return status;
}
