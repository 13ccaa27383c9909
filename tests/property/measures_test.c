/* Laws of measures and of indexes. */
#include "property/networks.h"

#include "access/equity.h"

enum { NETWORKS = 150 };

typedef struct asked {
    uint64_t seed;
    nearer_study *study;
    nearer_query query;
} asked;

static asked ask_of(const random_study *s)
{
    asked a = {.seed = s->seed, .query = at_end_of(2001 + (int)(s->seed % 20))};
    a.study = read_random_study(s, "measures");
    return a;
}

/* A number of each place by the table "access", in the order of the places. */
static void scores_of(double *out, const asked *a, const nearer_measure_spec *spec, size_t column)
{
    nearer_report *report = NULL;
    const nearer_network *network = nearer_study_network(a->study);
    law_ok(a->seed, nearer_ask_access(&report, a->study, &a->query, spec, 1, false, err));
    const nearer_table *table = nearer_report_table(report, 0);
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        size_t place;
        law_ok(a->seed,
               nearer_network_find_place(&place, network, nearer_table_text(table, row, 0), err));
        out[place] = nearer_table_number(table, row, 2 + column);
    }
    nearer_report_free(report);
}

static double sum_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(x[i])) sum += x[i];
    return sum;
}

static nearer_measure_spec of(const char *measure)
{
    return (nearer_measure_spec){
        .measure = measure, .mass = "people", .cutoff_min = NAN, .own_min = NAN};
}

/* Own masses count, so that all that is there is reached by somebody. */
static nearer_measure_spec competing(const char *measure)
{
    nearer_measure_spec spec = of(measure);
    spec.mass = NULL;
    spec.demand = "people";
    spec.decay = "exponential:0.01";
    spec.own_min = 10;
    return spec;
}

static size_t with_people(const random_study *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->places; i++) count += s->mass[i] > 0 ? 1 : 0;
    return count;
}

/* Where everybody has demand, what is there is shared out whole; so it is by total constraint. */
static void shares__sum_to_what_is_there(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        double scores[MOST_PLACES];
        draw_study(&s, seed);
        for (size_t i = 0; i < s.places; i++) s.mass[i] = s.mass[i] <= 0 ? 7 : s.mass[i];
        asked a = ask_of(&s);
        nearer_measure_spec spec = competing("spatial_availability");
        scores_of(scores, &a, &spec, 0);
        law(seed, near_to(sum_of(scores, s.places), (double)s.places, 1e-9));
        spec = competing("constrained");
        spec.constraint = "singly";
        scores_of(scores, &a, &spec, 0);
        law(seed, near_to(sum_of(scores, s.places), (double)s.places, 1e-9));
        spec.constraint = "total";
        scores_of(scores, &a, &spec, 0);
        law(seed, near_to(sum_of(scores, s.places), (double)s.places, 1e-9));
        nearer_study_free(a.study);
        tried++;
    }
    assert_true(tried == NETWORKS);
}

/* Balanced catchments give each place of supply away once: what people get, each times the people,
 * is what is there. */
static void catchments__that_are_balanced_conserve_supply(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        double balanced[MOST_PLACES], shared[MOST_PLACES], total = 0;
        draw_study(&s, seed);
        if (with_people(&s) < s.places) continue;
        asked a = ask_of(&s);
        nearer_measure_spec spec = competing("catchment_2sfca");
        scores_of(shared, &a, &spec, 0);
        for (size_t i = 0; i < s.places; i++) total += s.mass[i] * shared[i];
        law(seed, near_to(total, (double)s.places, 1e-9));
        spec = competing("catchment_balanced");
        scores_of(balanced, &a, &spec, 0);
        for (size_t i = 0; i < s.places; i++) law(seed, balanced[i] >= 0);
        nearer_study_free(a.study);
    }
}

static void bands__sum_to_100_per_cent(void **state)
{
    (void)state;
    static const double limits[] = {60, 200, 1000};
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        double sums[MOST_PLACES] = {0}, band[MOST_PLACES];
        draw_study(&s, seed);
        asked a = ask_of(&s);
        nearer_measure_spec spec = of("time_bands");
        spec.limits_min = limits;
        spec.limit_count = 3;
        spec.to = seed % 2 == 0;
        for (size_t c = 0; c < 5; c++) {
            scores_of(band, &a, &spec, c);
            for (size_t i = 0; i < s.places; i++) sums[i] += band[i];
        }
        for (size_t i = 0; i < s.places; i++)
            if (!isnan(sums[i])) {
                law(seed, near_to(sums[i], 100, 1e-9));
                tried++;
            }
        nearer_study_free(a.study);
    }
    assert_true(tried > NETWORKS);
}

/* What reaches places in all is what they reach in all, when each counts for one. */
static void direction__turned_round_reaches_as_much_in_all(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        double from[MOST_PLACES], to[MOST_PLACES];
        draw_study(&s, seed);
        asked a = ask_of(&s);
        nearer_measure_spec spec = of("potential");
        spec.mass = NULL;
        spec.decay = "exponential:0.005";
        scores_of(from, &a, &spec, 0);
        spec.to = true;
        scores_of(to, &a, &spec, 0);
        law(seed, near_to(sum_of(from, s.places), sum_of(to, s.places), 1e-9));
        nearer_study_free(a.study);
    }
}

/* Within the time until an amount is reached there is that amount, and a minute before there is
 * not.
 */
static void reach_time__is_when_the_amount_is_reached(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        double minutes[MOST_PLACES], within[MOST_PLACES], before[MOST_PLACES];
        draw_study(&s, seed);
        asked a = ask_of(&s);
        nearer_measure_spec spec = of("reach_time"), cumulative = of("cumulative");
        spec.amount = 300;
        scores_of(minutes, &a, &spec, 0);
        for (size_t i = 0; i < s.places; i++) {
            if (isinf(minutes[i])) continue;
            cumulative.cutoff_min = minutes[i];
            scores_of(within, &a, &cumulative, 0);
            cumulative.cutoff_min = minutes[i] * (1 - 1e-9) - 1e-9;
            if (cumulative.cutoff_min < 0) continue;
            scores_of(before, &a, &cumulative, 0);
            law(seed, within[i] >= 300 && before[i] < 300);
            tried++;
        }
        nearer_study_free(a.study);
    }
    assert_true(tried > NETWORKS / 2);
}

typedef struct figures {
    double total, between, within, parts;
} figures;

static nearer_status take(void *context, const char *component, double value)
{
    figures *f = context;
    if (strcmp(component, "total") == 0) f->total = value;
    if (strcmp(component, "between") == 0) f->between = value;
    if (strcmp(component, "within") == 0) f->within = value;
    if (strchr(component, ':') != NULL) f->parts += value;
    return NEARER_OK;
}

/* Theil's indexes: between and within sum to the whole, which groups do not change, and so do the
 * parts of the groups. */
static void theil__is_between_and_within(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c"};
    static const nr_index *const indexes[] = {&nr_index_theil, &nr_index_theil_l};
    for (uint64_t seed = 1; seed <= 300; seed++) {
        chance c = {seed};
        double x[20], weight[20];
        size_t group[20], n = 2 + draw_below(&c, 19);
        for (size_t i = 0; i < n; i++) {
            x[i] = draw_between(&c, 0.1, 100);
            weight[i] = draw_between(&c, 0.1, 9);
            group[i] = draw_below(&c, 3);
        }
        for (size_t k = 0; k < 2; k++) {
            nr_equity_input in = {.sample = {x, weight, n}, .groups = 3, .group_names = names};
            figures whole = {0}, parted = {0};
            law_ok(seed, indexes[k]->compute(&in, take, &whole, err));
            in.group = group;
            law_ok(seed, indexes[k]->compute(&in, take, &parted, err));
            law(seed, near_to(parted.between + parted.within, whole.total, 1e-9));
            law(seed, near_to(parted.parts, whole.total, 1e-9));
            law(seed, parted.between >= -1e-12 && parted.within >= -1e-12);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares__sum_to_what_is_there),
        cmocka_unit_test(catchments__that_are_balanced_conserve_supply),
        cmocka_unit_test(bands__sum_to_100_per_cent),
        cmocka_unit_test(direction__turned_round_reaches_as_much_in_all),
        cmocka_unit_test(reach_time__is_when_the_amount_is_reached),
        cmocka_unit_test(theil__is_between_and_within),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
