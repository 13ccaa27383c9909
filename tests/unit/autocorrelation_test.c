#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/autocorrelation.h"

static nearer_error err;

/* Five places, weights that differ both ways and an island, no. 5. */
enum { N = 5 };
static const size_t from[] = {0, 0, 1, 2, 2, 3}, to[] = {1, 2, 0, 1, 3, 0};
static const double weight[] = {1, 2, 0.5, 1, 3, 1}, values[N] = {3, 1, 4, 1.5, 9};

static nr_weights *uneven(void)
{
    nr_weights *w = NULL;
    assert_ok(nr_weights_pairs(&w, N, from, to, weight, 6, &err));
    assert_int_equal(w->islands, 1);
    return w;
}

/* The next order of x, all behind `fixed`, in lexical order; false after the last. */
static bool next_order(double *x, size_t fixed)
{
    size_t i = N - 1, j = N - 1;
    while (i > fixed && x[i - 1] >= x[i]) i--;
    if (i <= fixed) return false;
    while (x[j] <= x[i - 1]) j--;
    double held = x[i - 1];
    x[i - 1] = x[j];
    x[j] = held;
    for (j = N - 1; i < j; i++, j--) {
        held = x[i];
        x[i] = x[j];
        x[j] = held;
    }
    return true;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef nearer_status statistic(nr_spatial_test *out, const double *x, const nr_weights *w,
                                nearer_error *error);

static nearer_status moran(nr_spatial_test *out, const double *x, const nr_weights *w,
                           nearer_error *error)
{
    return nr_moran(out, x, w, NR_RANDOMISATION, error);
}

static nearer_status geary(nr_spatial_test *out, const double *x, const nr_weights *w,
                           nearer_error *error)
{
    return nr_geary(out, x, w, NR_RANDOMISATION, error);
}

/* Mean and variance over all 120 orders are what the formulas of randomisation say. */
static void randomisation__has_the_moments_of_all_orders(void **state)
{
    (void)state;
    statistic *const statistics[] = {moran, geary, nr_getis_ord};
    nr_weights *w = uneven();
    for (int s = 0; s < 3; s++) {
        double x[N], sum = 0, squares = 0;
        int orders = 0;
        nr_spatial_test t;
        memcpy(x, values, sizeof x);
        qsort(x, N, sizeof *x, ascending);
        do {
            assert_ok(statistics[s](&t, x, w, &err));
            sum += t.value;
            squares += t.value * t.value;
            orders++;
        } while (next_order(x, 0));
        assert_int_equal(orders, 120);
        assert_near(sum / orders, t.expectation, 1e-14);
        assert_near(squares / orders - pow(sum / orders, 2), t.variance, 1e-13);
        assert_near(t.z, (t.value - t.expectation) / sqrt(t.variance), 1e-15);
    }
    nr_weights_free(w);
}

/* The same of place 1 held and the 24 orders of the others. */
static void local_moran__has_the_moments_of_all_orders_of_the_others(void **state)
{
    (void)state;
    nr_weights *w = uneven();
    double x[N], sum = 0, squares = 0;
    nr_local_moran local[N];
    memcpy(x, values, sizeof x);
    qsort(x + 1, N - 1, sizeof *x, ascending);
    do {
        assert_ok(nr_moran_local(local, x, w, 0, NULL, &err));
        sum += local[0].test.value;
        squares += pow(local[0].test.value, 2);
    } while (next_order(x, 1));
    assert_near(sum / 24, local[0].test.expectation, 1e-14);
    assert_near(squares / 24 - pow(sum / 24, 2), local[0].test.variance, 1e-13);
    nr_weights_free(w);
}

/* The share of the orders with I at least as far out, against draws. */
static void moran_permutation_p__nears_that_of_all_orders(void **state)
{
    (void)state;
    nr_weights *w = uneven();
    nr_random *random = NULL;
    nr_spatial_test seen, t;
    double x[N], p, again;
    int high = 0, low = 0;
    assert_ok(moran(&seen, values, w, &err));
    memcpy(x, values, sizeof x);
    qsort(x, N, sizeof *x, ascending);
    do {
        assert_ok(moran(&t, x, w, &err));
        high += t.value >= seen.value - 1e-12;
        low += t.value <= seen.value + 1e-12;
    } while (next_order(x, 0));
    double exact = 2 * fmin(high, low) / 120;
    assert_true(exact > 0.05 && exact < 1);
    assert_ok(nr_random_new(&random, 7, &err));
    assert_ok(nr_moran_permutation_p(&p, values, w, 99999, random, &err));
    nr_random_free(random);
    assert_near(p, exact, 8 * sqrt(exact / 99999)); /* 4 standard deviations, twofold */
    assert_ok(nr_random_new(&random, 7, &err));
    assert_ok(nr_moran_permutation_p(&again, values, w, 99999, random, &err));
    assert_fails(nr_moran_permutation_p(&again, values, w, 0, random, &err), NEARER_VALUE,
                 "at least 1 draw");
    nr_random_free(random);
    assert_true(p == again);
    nr_weights_free(w);
}

/* Place 3 has neighbours 2 and 4 with weights 1 and 3: of the 12 ordered pairs of others, count
 * those with x + 3 y as far out. */
static void local_moran__draws_the_neighbours_from_the_others(void **state)
{
    (void)state;
    nr_weights *w = uneven();
    nr_random *random = NULL;
    nr_local_moran local[N];
    double mean = 0, seen;
    int high = 0, low = 0;
    for (int i = 0; i < N; i++) mean += values[i] / N;
    seen = values[1] - mean + 3 * (values[3] - mean);
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++) {
            if (a == b || a == 2 || b == 2) continue;
            double sum = values[a] - mean + 3 * (values[b] - mean);
            high += sum >= seen - 1e-12;
            low += sum <= seen + 1e-12;
        }
    double exact = fmin(1, 2 * fmin(high, low) / 12.0);
    assert_ok(nr_random_new(&random, 3, &err));
    assert_ok(nr_moran_local(local, values, w, 99999, random, &err));
    nr_random_free(random);
    assert_near(local[2].permutation_p, exact, 8 * sqrt(exact / 99999));
    assert_true(local[2].high && !local[2].near_high);
    /* an island is like nobody, and no test */
    assert_near(local[4].test.value, 0, 0);
    assert_true(isnan(local[4].test.z) && isnan(local[4].test.p));
    assert_true(isnan(local[4].permutation_p) && isnan(local[4].fdr_p));
    double p[N], q[N];
    for (int i = 0; i < N; i++) p[i] = local[i].permutation_p;
    assert_ok(nr_adjust_fdr(q, p, N, &err));
    for (int i = 0; i < N; i++) assert_near(local[i].fdr_p, q[i], 0);
    nr_weights_free(w);
}

static void adjust_fdr__leaves_out_what_is_no_test(void **state)
{
    (void)state;
    /* 3 tests: 0.01 x 3 / 1, 0.04 x 3 / 2 = 0.06, 0.05 x 3 / 3; the second may not be above the
     * third */
    double p[] = {0.05, NAN, 0.01, 0.04}, q[4];
    assert_ok(nr_adjust_fdr(q, p, 4, &err));
    assert_near(q[0], 0.05, 1e-15);
    assert_true(isnan(q[1]));
    assert_near(q[2], 0.03, 1e-15);
    assert_near(q[3], 0.05, 1e-15);
    assert_ok(nr_adjust_fdr(p, p, 4, &err)); /* in place */
    assert_near(p[2], 0.03, 1e-15);
    assert_ok(nr_adjust_fdr(NULL, NULL, 0, &err));
}

/* With weights of 1 among all pairs I is -1 / (n - 1) whatever the values, and so is its variance
 * 0. */
static void moran__of_all_with_all_says_nothing(void **state)
{
    (void)state;
    size_t a[20], b[20], count = 0;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            if (i != j) {
                a[count] = i;
                b[count++] = j;
            }
    nr_weights *w = NULL;
    nr_spatial_test t;
    assert_ok(nr_weights_pairs(&w, N, a, b, NULL, count, &err));
    assert_ok(moran(&t, values, w, &err));
    assert_near(t.value, -0.25, 1e-15);
    assert_near(t.variance, 0, 1e-15);
    assert_ok(geary(&t, values, w, &err));
    assert_near(t.value, 1, 1e-15);
    double g[N];
    assert_ok(nr_getis_ord_local(g, values, w, false, &err));
    for (int i = 0; i < N; i++) assert_true(isnan(g[i])); /* the sum of all others is certain */
    nr_weights_free(w);
}

static void autocorrelation__needs_places_neighbours_and_values_that_differ(void **state)
{
    (void)state;
    nr_weights *w = uneven(), *three = NULL, *alone = NULL, *none = NULL;
    const bool keep[N] = {true, true, true};
    const double constant[N] = {0.1, 0.1, 0.1, 0.1, 0.1}, missing[N] = {1, 2, NAN, 4, 5},
                 infinite[N] = {1, 2, 3, INFINITY, 5}, negative[N] = {1, 2, -3, 4, 5},
                 one[N] = {0, 0, 4, 0, 0};
    nr_spatial_test t = {.value = 7};
    nr_local_moran local[N];
    double g[N];
    assert_ok(nr_weights_among(&three, w, keep, &err));
    assert_ok(nr_weights_pairs(&alone, N, NULL, NULL, NULL, 0, &err));
    assert_ok(nr_weights_pairs(&none, 0, NULL, NULL, NULL, 0, &err));
    statistic *const statistics[] = {moran, geary, nr_getis_ord};
    for (int s = 0; s < 3; s++) {
        assert_fails(statistics[s](&t, values, none, &err), NEARER_NODATA, "there are 0");
        assert_fails(statistics[s](&t, values, three, &err), NEARER_NODATA, "there are 3");
        assert_fails(statistics[s](&t, values, alone, &err), NEARER_NODATA, "all 5 places");
        assert_fails(statistics[s](&t, constant, w, &err), NEARER_NODATA, "that differ");
        assert_fails(statistics[s](&t, missing, w, &err), NEARER_VALUE, "value 3 is nan");
        assert_fails(statistics[s](&t, infinite, w, &err), NEARER_VALUE, "value 4 is inf");
    }
    assert_fails(nr_moran_local(local, constant, w, 0, NULL, &err), NEARER_NODATA, "that differ");
    assert_fails(nr_getis_ord_local(g, missing, w, true, &err), NEARER_VALUE, "value 3");
    assert_fails(nr_getis_ord(&t, negative, w, &err), NEARER_VALUE, "value 3 is -3");
    assert_fails(nr_getis_ord(&t, one, w, &err), NEARER_NODATA, "2 numbers above 0");
    assert_true(t.value == 7);
    nr_weights_free(w);
    nr_weights_free(three);
    nr_weights_free(alone);
    nr_weights_free(none);
}

/* G* of an island is its own value: (x - mean) over the standard deviation by n (Ord and Getis
 * 1995, with one weight of 1). */
static void getis_ord_local__of_an_island_is_its_own_value(void **state)
{
    (void)state;
    nr_weights *w = uneven();
    double g[N], mean = 0, squares = 0;
    for (int i = 0; i < N; i++) mean += values[i] / N;
    for (int i = 0; i < N; i++) squares += pow(values[i] - mean, 2);
    assert_ok(nr_getis_ord_local(g, values, w, true, &err));
    assert_near(g[4], (values[4] - mean) / sqrt(squares / N), 1e-14);
    assert_ok(nr_getis_ord_local(g, values, w, false, &err));
    assert_true(isnan(g[4]) && isfinite(g[0]));
    nr_weights_free(w);
}

static nearer_status ask_all(const nr_weights *w, nr_random *random)
{
    nr_spatial_test t;
    nr_local_moran local[N];
    double g[N];
    NR_TRY(moran(&t, values, w, &err));
    NR_TRY(geary(&t, values, w, &err));
    NR_TRY(nr_getis_ord(&t, values, w, &err));
    NR_TRY(nr_moran_permutation_p(g, values, w, 3, random, &err));
    NR_TRY(nr_moran_local(local, values, w, 3, random, &err));
    return nr_getis_ord_local(g, values, w, true, &err);
}

static void autocorrelation__says_when_there_is_no_memory(void **state)
{
    (void)state;
    nr_weights *w = uneven();
    nr_random *random = NULL;
    nearer_status status = NEARER_MEMORY;
    assert_ok(nr_random_new(&random, 1, &err));
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = ask_all(w, random);
    }
    nr_fail_allocation_after(-1);
    assert_int_equal(status, NEARER_OK);
    nr_random_free(random);
    nr_weights_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(randomisation__has_the_moments_of_all_orders),
        cmocka_unit_test(local_moran__has_the_moments_of_all_orders_of_the_others),
        cmocka_unit_test(moran_permutation_p__nears_that_of_all_orders),
        cmocka_unit_test(local_moran__draws_the_neighbours_from_the_others),
        cmocka_unit_test(adjust_fdr__leaves_out_what_is_no_test),
        cmocka_unit_test(moran__of_all_with_all_says_nothing),
        cmocka_unit_test(autocorrelation__needs_places_neighbours_and_values_that_differ),
        cmocka_unit_test(getis_ord_local__of_an_island_is_its_own_value),
        cmocka_unit_test(autocorrelation__says_when_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
