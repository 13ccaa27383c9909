/* How far the slope of growth by the gain in access hangs on how access is measured, and where. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/growth.h"

static const double thetas[] = {2, 3.8, 8}, cutoffs[] = {120, 240, 480}, factors[] = {0.5, 2};
#define SCALE_MIN 600
#define OWN_MIN 30
enum { MOST_GROUPS = 8 };

typedef struct sensitivity {
    const nr_growth *g;
    nearer_table *table;
    double *gain;
    double sign; /* of the slope as asked */
    size_t tried, same, sure;
    double least, most;
} sensitivity;

static void note_slope(sensitivity *s, nr_estimate e)
{
    if (s->tried == 0) s->sign = e.value < 0 ? -1 : 1;
    s->least = s->tried == 0 ? e.value : fmin(s->least, e.value);
    s->most = s->tried == 0 ? e.value : fmax(s->most, e.value);
    s->tried++;
    s->same += e.value * s->sign > 0 ? 1 : 0;
    s->sure += e.value * s->sign > 0 && e.p < 0.05 ? 1 : 0;
}

static nearer_status put(sensitivity *s, const char *varied, const char *setting,
                         const double *gain, const bool *without, nearer_error *err)
{
    nr_growth_slope slope;
    nr_growth_values values = nr_growth_plain(s->g);
    values.x = gain;
    values.without = without;
    NR_TRY(nr_growth_slope_find(&slope, s->g, &values, err));
    nr_estimate e = slope.gain;
    if (!isnan(e.value)) note_slope(s, e);
    nr_table_put(s->table, varied, setting, e.value, e.std_error, e.low, e.high, e.p,
                 (double)slope.n);
    return NEARER_OK;
}

/* ---- other measures ---- */

static nearer_status put_measure(sensitivity *s, const char *varied, const char *setting,
                                 const nearer_measure_spec *measure, nearer_error *err)
{
    const nr_growth *g = s->g;
    NR_TRY(
        nr_growth_gain(s->gain, g, measure, &g->days, g->study->spec.from, g->study->spec.to, err));
    return put(s, varied, setting, s->gain, NULL, err);
}

static nearer_status put_decays(sensitivity *s, nearer_error *err)
{
    nearer_measure_spec measure = *s->g->measure;
    nr_decay decay;
    char text[NR_DECAY_TEXT], setting[NR_DECAY_TEXT + 20];
    if (measure.decay == NULL || strncmp(measure.decay, "table:", 6) == 0) return NEARER_OK;
    for (size_t k = 0; k < sizeof factors / sizeof *factors; k++) {
        NR_TRY(nr_decay_parse(&decay, measure.decay, err));
        if (decay.kind->takes_points) return NEARER_OK;
        for (size_t p = 0; p < NR_DECAY_PARAMETERS; p++) decay.parameters[p] *= factors[k];
        nearer_measure_spec other = measure;
        other.decay = nr_decay_text(text, &decay);
        snprintf(setting, sizeof setting, "parameters times %g", factors[k]);
        NR_TRY(put_measure(s, "decay", setting, &other, err));
    }
    return NEARER_OK;
}

static nearer_status put_measures(sensitivity *s, nearer_error *err)
{
    const char *mass = s->g->measure->mass;
    char setting[80];
    nearer_measure_spec mean = {
        .measure = "mean_time", .mass = mass, .cutoff_min = NAN, .own_min = NAN};
    NR_TRY(put_measure(s, "measure", "mean_time", &mean, err));
    for (size_t k = 0; k < sizeof thetas / sizeof *thetas; k++) {
        nearer_measure_spec access = mean;
        access.measure = "market_access";
        access.theta = thetas[k];
        access.scale_min = SCALE_MIN;
        snprintf(setting, sizeof setting, "market_access, theta %g, scale %d min", thetas[k],
                 SCALE_MIN);
        NR_TRY(put_measure(s, "measure", setting, &access, err));
    }
    for (size_t k = 0; k < sizeof cutoffs / sizeof *cutoffs; k++) {
        nearer_measure_spec within = mean;
        within.measure = "cumulative";
        within.cutoff_min = cutoffs[k];
        snprintf(setting, sizeof setting, "cumulative, %g min", cutoffs[k]);
        NR_TRY(put_measure(s, "measure", setting, &within, err));
    }
    return NEARER_OK;
}

/* Masses that the study's measures take, and none. */
static nearer_status put_masses(sensitivity *s, nearer_error *err)
{
    const nr_study_spec *spec = &s->g->study->spec;
    nearer_measure_spec measure = *s->g->measure;
    const char *asked = measure.mass == NULL ? "" : measure.mass;
    for (size_t k = 0; k < spec->measure_count; k++) {
        measure.mass = spec->measures[k].mass;
        bool again = measure.mass == NULL || strcmp(measure.mass, asked) == 0;
        for (size_t j = 0; j < k && !again; j++)
            again =
                spec->measures[j].mass != NULL && strcmp(spec->measures[j].mass, measure.mass) == 0;
        if (!again) NR_TRY(put_measure(s, "mass", measure.mass, &measure, err));
    }
    measure.mass = NULL;
    return asked[0] == 0 ? NEARER_OK : put_measure(s, "mass", "every place alike", &measure, err);
}

static nearer_status put_own(sensitivity *s, nearer_error *err)
{
    nearer_measure_spec measure = *s->g->measure;
    char setting[80];
    if (!isnan(measure.own_min)) {
        measure.own_min = NAN;
        return put_measure(s, "own mass", "left out", &measure, err);
    }
    measure.own_min = OWN_MIN;
    snprintf(setting, sizeof setting, "counted at %d min", OWN_MIN);
    return put_measure(s, "own mass", setting, &measure, err);
}

/* ---- other samples ---- */

static nearer_status put_groups(sensitivity *s, bool *without, nearer_error *err)
{
    const nr_growth *g = s->g;
    nr_grouping grouping;
    char setting[200];
    if (g->study->spec.group_count == 0) return NEARER_OK;
    NR_TRY(nr_grouping_read(&grouping, g->study, &g->study->spec.groups[0], err));
    nearer_status status = NEARER_OK;
    size_t count = grouping.values.count <= MOST_GROUPS ? grouping.values.count : 0;
    for (size_t v = 0; status == NEARER_OK && v < count; v++) {
        for (size_t i = 0; i < g->n; i++) without[i] = grouping.of_place[i] == v;
        snprintf(setting, sizeof setting, "without %.60s %.80s", grouping.spec->id,
                 grouping.values.texts[v]);
        status = put(s, "sample", setting, g->gain, without, err);
    }
    nr_grouping_clear(&grouping);
    return status;
}

static nearer_status put_samples(sensitivity *s, nearer_error *err)
{
    const nr_growth *g = s->g;
    if (g->alone != NULL)
        NR_TRY(put(s, "sample", "without places that are a cluster by themselves", g->gain,
                   g->alone, err));
    bool *without = nr_alloc(g->n, sizeof *without);
    if (without == NULL) return nr_fail_memory(err);
    nearer_status status = put_groups(s, without, err);
    nr_free(without);
    return status;
}

/* ---- all of it ---- */

static nearer_status find(nearer_report *report, sensitivity *s, nearer_error *err)
{
    NR_TRY(nr_table_new(&s->table, NULL, NULL, err));
    nr_table_add_column(s->table, "varied", NR_TEXT_COLUMN);
    nr_table_add_column(s->table, "setting", NR_TEXT_COLUMN);
    const char *numbers[] = {"slope", "std_error", "low_95", "high_95"};
    for (size_t c = 0; c < 4; c++) nr_table_add_column(s->table, numbers[c], 3);
    nr_table_add_column(s->table, "p", 4);
    nr_table_add_column(s->table, "n", 0);
    NR_TRY(put(s, "nothing", "as asked", s->g->gain, NULL, err));
    NR_TRY(put_decays(s, err));
    NR_TRY(put_measures(s, err));
    NR_TRY(put_masses(s, err));
    NR_TRY(put_own(s, err));
    NR_TRY(put_samples(s, err));
    nearer_table *table = s->table;
    s->table = NULL;
    NR_TRY(nr_study_put(report, "sensitivity", "The slope under other measures, masses and samples",
                        table, err));
    return nr_report_add_note(report, err,
                              "sensitivity: the slope has the same sign in %zu of %zu ways to "
                              "measure it, in %zu with p below 0.05; it lies between %.3g and %.3g "
                              "(gains of different measures have different spreads)",
                              s->same, s->tried, s->sure, s->least, s->most);
}

nearer_status nr_growth_put_sensitivity(nearer_report *report, const nr_growth *g,
                                        nearer_error *err)
{
    sensitivity s = {.g = g, .gain = nr_alloc(g->n, sizeof(double))};
    nearer_status status = s.gain == NULL ? nr_fail_memory(err) : find(report, &s, err);
    nearer_table_free(s.table);
    nr_free(s.gain);
    return status;
}
