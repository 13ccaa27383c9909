/* Laws of scores. */
#include "property/networks.h"

#include "access/measure.h"
#include "graph/times.h"

enum { NETWORKS = 200 };

static const nearer_measure_spec specs[] = {
    {.measure = "mean_time", .cutoff_min = NAN, .own_min = NAN},
    {.measure = "mean_time", .cutoff_min = NAN, .own_min = 20},
    {.measure = "potential", .decay = "exponential:0.005", .cutoff_min = NAN, .own_min = NAN},
    {.measure = "potential", .decay = "logistic:180,60", .cutoff_min = NAN, .own_min = 15},
    {.measure = "cumulative", .cutoff_min = 240, .own_min = NAN},
};
enum { SPECS = sizeof specs / sizeof *specs };

static void masses_of(double *mass, const random_study *s)
{
    for (size_t i = 0; i < s->places; i++) mass[i] = s->mass[i] < 0 ? NAN : (double)s->mass[i];
}

static void score(uint64_t seed, double *scores, const nearer_times *t, const double *mass,
                  const nearer_measure_spec *spec)
{
    law_ok(seed,
           nearer_scores(scores, nr_times_matrix(t), mass, nearer_times_places(t), spec, err));
}

static nearer_times *times_of(const random_study *s, nearer_study **study)
{
    *study = read_random_study(s, "access");
    return compute(s->seed, *study, at_end_of(2001 + (int)(s->seed % 20)));
}

/* The mass within T minutes is the potential whose decay is 1 up to T and 0 beyond. */
static void cumulative__is_potential_with_binary_decay(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study;
        nearer_times *t = times_of(&s, &study);
        double mass[MOST_PLACES], a[MOST_PLACES], b[MOST_PLACES];
        masses_of(mass, &s);
        static const double cutoffs[] = {1, 60, 180.5, 1000};
        for (size_t k = 0; k < 4; k++)
            for (int own = 0; own < 2; own++) {
                char decay[40];
                snprintf(decay, sizeof decay, "binary:%g", cutoffs[k]);
                nearer_measure_spec cumulative = {.measure = "cumulative",
                                                  .cutoff_min = cutoffs[k],
                                                  .own_min = own ? 60 : NAN},
                                    potential = {.measure = "potential",
                                                 .decay = decay,
                                                 .cutoff_min = NAN,
                                                 .own_min = own ? 60 : NAN};
                score(seed, a, t, mass, &cumulative);
                score(seed, b, t, mass, &potential);
                for (size_t i = 0; i < s.places; i++) law(seed, a[i] == b[i]);
            }
        nearer_times_free(t);
        nearer_study_free(study);
    }
}

/* A mean lies between the least and the greatest it is over. */
static void mean_time__lies_between_the_nearest_and_the_farthest(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study;
        nearer_times *t = times_of(&s, &study);
        double mass[MOST_PLACES], mean[MOST_PLACES];
        masses_of(mass, &s);
        score(seed, mean, t, mass, &specs[0]);
        for (size_t i = 0; i < s.places; i++) {
            double least = INFINITY, greatest = 0;
            for (size_t j = 0; j < s.places; j++) {
                double minutes = nearer_times_minutes(t, i, j);
                if (i == j || isinf(minutes) || !(mass[j] > 0)) continue;
                least = fmin(least, minutes);
                greatest = fmax(greatest, minutes);
            }
            law(seed, !isfinite(mean[i]) ||
                          (mean[i] >= least * (1 - 1e-12) && mean[i] <= greatest * (1 + 1e-12)));
        }
        nearer_times_free(t);
        nearer_study_free(study);
    }
}

/* Twice the mass is twice the potential and the same mean time. */
static void scores__scale_with_the_masses(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study;
        nearer_times *t = times_of(&s, &study);
        double mass[MOST_PLACES], twice[MOST_PLACES], a[MOST_PLACES], b[MOST_PLACES];
        masses_of(mass, &s);
        for (size_t i = 0; i < s.places; i++) twice[i] = 2 * mass[i];
        for (size_t k = 0; k < SPECS; k++) {
            double factor = strcmp(specs[k].measure, "mean_time") == 0 ? 1 : 2;
            score(seed, a, t, mass, &specs[k]);
            score(seed, b, t, twice, &specs[k]);
            for (size_t i = 0; i < s.places; i++) law(seed, near_to(b[i], factor * a[i], 0));
        }
        nearer_times_free(t);
        nearer_study_free(study);
    }
}

/* Places told in another order and under other names have the scores and ranks they had. */
static void ask_access__does_not_depend_on_order_and_names(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS / 4; seed++) {
        draw_study(&s, seed);
        size_t order[MOST_PLACES];
        for (size_t i = 0; i < s.places; i++) order[i] = s.places - 1 - i;
        nearer_study *plain = read_random_study(&s, "access_plain"),
                     *other = tell_study(&s, "access_other", NULL, &(telling){order, "x"});
        nearer_query query = at_end_of(2001 + (int)(seed % 20));
        for (size_t k = 0; k < SPECS; k++) {
            nearer_measure_spec spec = specs[k];
            spec.mass = "people";
            nearer_report *a = NULL, *b = NULL;
            law_ok(seed, nearer_ask_access(&a, plain, &query, &spec, 1, false, err));
            law_ok(seed, nearer_ask_access(&b, other, &query, &spec, 1, false, err));
            const nearer_table *x = report_table(a, "access"), *y = report_table(b, "access");
            law(seed, nearer_table_rows(x) == s.places && nearer_table_rows(y) == s.places);
            double gap = INFINITY; /* between two different scores that come next to each other */
            for (size_t i = 0; i < s.places; i++) {
                char id[32], renamed[32];
                snprintf(id, sizeof id, "place%zu", i);
                snprintf(renamed, sizeof renamed, "x%zu", i);
                size_t row = row_of(x, "id", id), at = row_of(y, "id", renamed);
                double u = nearer_table_number(x, row, 2), v = nearer_table_number(y, at, 2);
                law(seed, near_to(u, v, 1e-9 * (1 + fabs(v))));
                law(seed, near_to(cell(x, row, "reached_mass_pct"), cell(y, at, "reached_mass_pct"),
                                  1e-9));
                for (size_t j = 0; j < s.places; j++) {
                    double apart = fabs(nearer_table_number(x, j, 2) - u);
                    if (j != row && apart < gap) gap = apart;
                }
            }
            /* scores alike to the last digits may rank either way */
            for (size_t i = 0; i < s.places && gap > 1e-6; i++) {
                char id[32], renamed[32];
                snprintf(id, sizeof id, "place%zu", i);
                snprintf(renamed, sizeof renamed, "x%zu", i);
                law(seed, near_to(cell(x, row_of(x, "id", id), "rank"),
                                  cell(y, row_of(y, "id", renamed), "rank"), 0));
            }
            nearer_report_free(a);
            nearer_report_free(b);
        }
        nearer_study_free(plain);
        nearer_study_free(other);
    }
}

/* Ranks: as many places are better as the rank says, less one. */
static void rank__counts_those_that_are_better(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        chance c = {seed};
        enum { MOST = 30 };
        double scores[MOST], ranks[MOST];
        size_t n = draw_below(&c, MOST);
        for (size_t i = 0; i < n; i++)
            scores[i] = draw_once_in(&c, 8) ? (draw_once_in(&c, 2) ? NAN : INFINITY)
                                            : (double)draw_below(&c, 10);
        for (int low = 0; low < 2; low++) {
            law_ok(seed, nr_rank(ranks, scores, n, low == 1, err));
            for (size_t i = 0; i < n; i++) {
                double better = 0;
                for (size_t j = 0; j < n; j++)
                    if (isfinite(scores[j]))
                        better += low == 1 ? scores[j] < scores[i] : scores[j] > scores[i];
                law(seed, near_to(ranks[i], isfinite(scores[i]) ? better + 1 : NAN, 0));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cumulative__is_potential_with_binary_decay),
        cmocka_unit_test(mean_time__lies_between_the_nearest_and_the_farthest),
        cmocka_unit_test(scores__scale_with_the_masses),
        cmocka_unit_test(ask_access__does_not_depend_on_order_and_names),
        cmocka_unit_test(rank__counts_those_that_are_better),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
