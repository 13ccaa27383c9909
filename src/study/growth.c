/* The change in access held against growth: an association, and what it does not show. */
#include <math.h>

#include "stats/statistic.h"
#include "study/measures.h"
#include "study/study.h"

typedef struct sample {
    size_t n;
    size_t *place;
    double *growth; /* per cent a year */
    double *gain;   /* ln of access after / before, turned so that more is better */
    double *income; /* ln of initial income */
    double *design; /* n x 3: 1, gain, income */
    double *memory;
} sample;

static nearer_status sample_init(sample *s, size_t n, nearer_error *err)
{
    *s =
        (sample){.place = nr_alloc(n, sizeof *s->place), .memory = nr_alloc(6 * n, sizeof(double))};
    if (s->place == NULL || s->memory == NULL) {
        nr_free(s->place);
        nr_free(s->memory);
        return nr_fail_memory(err);
    }
    s->growth = s->memory;
    s->gain = s->memory + n;
    s->income = s->memory + 2 * n;
    s->design = s->memory + 3 * n;
    return NEARER_OK;
}

static void sample_clear(sample *s)
{
    nr_free(s->place);
    nr_free(s->memory);
}

/* Takes the places that have every value. */
static nearer_status choose(sample *s, const nearer_study *study, const double *before,
                            const double *after, bool low_is_good, nearer_error *err)
{
    const nr_growth_spec *spec = &study->spec.growth;
    const double *from, *to, *income;
    NR_TRY(nr_study_mass(&from, study, spec->from, err));
    NR_TRY(nr_study_mass(&to, study, spec->to, err));
    NR_TRY(nr_study_mass(&income, study, spec->initial_income, err));
    double years = nr_study_years(study);
    for (size_t i = 0; i < study->network->place_count; i++) {
        double growth = 100 * nr_annual_growth(from[i], to[i], years);
        double gain = log(after[i] / before[i]) * (low_is_good ? -1 : 1);
        if (!isfinite(growth) || !isfinite(gain) || !(income[i] > 0)) continue;
        size_t k = s->n++;
        s->place[k] = i;
        s->growth[k] = growth;
        s->gain[k] = gain;
        s->income[k] = log(income[i]);
        s->design[3 * k] = 1;
        s->design[3 * k + 1] = gain;
        s->design[3 * k + 2] = s->income[k];
    }
    if (s->n < 5)
        return nr_fail(err, NEARER_NODATA,
                       "%s: %zu places have growth, initial income and access on both days, at "
                       "least 5 were expected",
                       study->spec.path, s->n);
    return NEARER_OK;
}

static void put(nearer_table *table, const char *statistic, const char *unit, nr_estimate e,
                size_t n)
{
    nr_table_put(table, statistic, unit, e.value, e.std_error, e.low, e.high, e.p, (double)n);
}

static nr_estimate plain(double value)
{
    return (nr_estimate){value, NAN, NAN, NAN, NAN};
}

static nearer_status note(nearer_report *report, nr_estimate r, const nr_estimate *slope,
                          double detectable, size_t n, bool controlled, nearer_error *err)
{
    const char *shape = r.p >= 0.05   ? "is not measurably associated"
                        : r.value > 0 ? "is associated with faster growth"
                                      : "is associated with slower growth";
    NR_TRY(nr_report_add_note(
        report, err,
        "over %zu places a larger gain in access %s (r = %.2f, 95 %% interval %.2f to %.2f)%s"
        "; this does not show that access makes places grow: lines are not built at random, the "
        "interval takes places as independent, and growth may move from one place to another",
        n, shape, r.value, r.low, r.high,
        !controlled          ? ""
        : slope[1].p >= 0.05 ? "; with initial income held the association cannot be told from none"
        : slope[1].value > 0 ? "; with initial income held it is positive"
                             : "; with initial income held it is negative"));
    return nr_report_add_note(report, err,
                              "%zu places show a correlation of %.2f or more with 80 %% power; a "
                              "weaker one may be there and not be seen",
                              n, ceil(100 * detectable) / 100);
}

static nearer_status estimates_table(nearer_report *report, const sample *s, bool controlled,
                                     nearer_error *err)
{
    nr_estimate r, rho, slope[3];
    double r_squared;
    NR_TRY(nr_pearson(&r, s->gain, s->growth, s->n, err));
    NR_TRY(nr_spearman(&rho, s->gain, s->growth, s->n, err));
    if (controlled) NR_TRY(nr_ols(slope, &r_squared, s->growth, s->design, s->n, 3, err));
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "statistic", NR_TEXT_COLUMN);
    nr_table_add_column(table, "unit", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "std_error", "low_95", "high_95"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, numbers[i], 3);
    nr_table_add_column(table, "p", 4);
    nr_table_add_column(table, "n", 0);
    put(table, "pearson: gain in access, growth", "r", r, s->n);
    put(table, "spearman: gain in access, growth", "rho", rho, s->n);
    put(table, "detectable correlation (80 % power)", "r", plain(nr_detectable_r(s->n)), s->n);
    if (controlled) {
        put(table, "ols: gain in access", "points of growth a year per ln access", slope[1], s->n);
        put(table, "ols: initial income", "points of growth a year per ln income", slope[2], s->n);
        put(table, "ols: constant", "% a year", slope[0], s->n);
        put(table, "ols: R squared", "share", plain(r_squared), s->n);
    }
    NR_TRY(nr_study_put(report, "growth", "Gain in access and growth (ols: HC1 standard errors)",
                        table, err));
    return note(report, r, slope, nr_detectable_r(s->n), s->n, controlled, err);
}

static nearer_status places_table(nearer_report *report, const nearer_study *study, const sample *s,
                                  nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, "access_gain_ln", 4);
    nr_table_add_column(table, "growth_pct_per_year", 3);
    nr_table_add_column(table, "initial_income_ln", 4);
    for (size_t k = 0; k < s->n; k++) {
        const nr_place *place = &study->network->places[s->place[k]];
        nr_table_put(table, place->id, place->name, s->gain[k], s->growth[k], s->income[k]);
    }
    return nr_study_put(report, "places", "The places behind it", table, err);
}

static nearer_status estimate(nearer_report *report, const nearer_study *study,
                              const nearer_query *query, const nr_two_days *days,
                              const nearer_measure_spec *spec, const nr_measure *measure,
                              nearer_error *err)
{
    size_t n = days->n;
    sample s;
    double *scores = nr_alloc(2 * n, sizeof *scores);
    if (scores == NULL) return nr_fail_memory(err);
    nearer_status status =
        nr_study_score(scores, study, study->spec.from, query, spec, days->before, err);
    if (status == NEARER_OK)
        status = nr_study_score(scores + n, study, study->spec.to, query, spec, days->after, err);
    if (status == NEARER_OK) status = sample_init(&s, n, err);
    if (status == NEARER_OK) {
        bool controlled = study->spec.growth.initial_income != NULL;
        status = choose(&s, study, scores, scores + n, measure->low_is_good, err);
        if (status == NEARER_OK) status = estimates_table(report, &s, controlled, err);
        if (status == NEARER_OK) status = places_table(report, study, &s, err);
        if (status == NEARER_OK)
            status = nr_report_add_note(report, err,
                                        "access: %s with masses %s on both days%s; %zu places left "
                                        "out for a missing value",
                                        measure->id, spec->mass == NULL ? "of 1" : spec->mass,
                                        isnan(spec->own_min) ? ", own mass left out" : "", n - s.n);
        sample_clear(&s);
    }
    nr_free(scores);
    return status;
}

nearer_status nearer_ask_growth(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_measure_spec *spec,
                                nearer_error *err)
{
    const nr_measure *measure = NULL;
    nr_measure_input input = {0};
    const double *mass = NULL;
    nr_two_days days;
    nearer_report *report = NULL;
    if (study->spec.growth.from == NULL)
        return nr_fail(err, NEARER_NODATA, "%s: it has no \"growth\" series", study->spec.path);
    NR_TRY(nr_measure_prepare(&measure, &input, spec, err));
    NR_TRY(nr_study_mass(&mass, study, spec->mass, err));
    NR_TRY(nr_two_days_compute(&days, study, query, study->spec.from, study->spec.to, err));
    nearer_status status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = estimate(report, study, query, &days, spec, measure, err);
    nr_two_days_clear(&days);
    if (status == NEARER_OK) status = nr_study_tell_given(report, study, err);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
