#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/statistic.h"

static nearer_error err;

/* The constant alone, y = 1 3 8: residuals -3 -1 4, each with a weight and a leverage of 1/3. */
static nr_fit *mean_of_three(void)
{
    static const double x[] = {1, 1, 1}, y[] = {1, 3, 8};
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = 3, .k = 1}, &err));
    return fit;
}

/* 26 / 9 is HC0; times 3 / 2 for HC1, over 2/3 for HC2, over 4/9 for HC3; 26 / 2 / 3 classical. */
static void hc__of_a_mean_by_hand(void **state)
{
    (void)state;
    static const double wanted[] = {[NR_CLASSICAL] = 13.0 / 3,
                                    [NR_HC0] = 26.0 / 9,
                                    [NR_HC1] = 13.0 / 3,
                                    [NR_HC2] = 13.0 / 3,
                                    [NR_HC3] = 6.5};
    nr_fit *fit = mean_of_three();
    for (nr_hc kind = NR_CLASSICAL; kind <= NR_HC3; kind++) {
        double variance;
        assert_ok(nr_covariance_hc(&variance, fit, kind, &err));
        assert_near(variance, wanted[kind], 1e-14);
    }
    nr_fit_free(fit);
}

/* The fourth column is 1 in the third row alone. */
static void hc__refuses_a_row_that_sets_a_coefficient(void **state)
{
    (void)state;
    const double x[] = {1, 0, 1, 0, 1, 1, 1, 0}, y[] = {1, 3, 8, 4};
    double covariance[4];
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = 4, .k = 2}, &err));
    assert_fails(nr_covariance_hc(covariance, fit, NR_HC2, &err), NEARER_VALUE, "HC2: row 3 alone");
    assert_fails(nr_covariance_hc(covariance, fit, NR_HC3, &err), NEARER_VALUE, "HC3: row 3 alone");
    assert_ok(nr_covariance_hc(covariance, fit, NR_HC1, &err));
    nr_fit_free(fit);
}

/* Clusters {1, 3} and {8}: scores -4/3 and 4/3, 32 / 9 times 2 / 1 * 2 / 2. Each row a cluster: CR1
 * is 26 / 9 times 3 / 2, CR2 is HC2, with the degrees of Student's t for a mean. */
static void cluster__of_a_mean_by_hand(void **state)
{
    (void)state;
    static const size_t two[] = {7, 7, 3}, three[] = {30, 10, 20}, one[] = {4, 4, 4};
    double variance, degrees;
    nr_fit *fit = mean_of_three();
    assert_ok(nr_covariance_cluster(&variance, &degrees, fit, two, NR_CR1, &err));
    assert_near(variance, 64.0 / 9, 1e-14);
    assert_near(degrees, 1, 0);
    assert_ok(nr_covariance_cluster(&variance, &degrees, fit, three, NR_CR1, &err));
    assert_near(variance, 13.0 / 3, 1e-14);
    assert_near(degrees, 2, 0);
    assert_ok(nr_covariance_cluster(&variance, &degrees, fit, three, NR_CR2, &err));
    assert_near(variance, 13.0 / 3, 1e-14);
    assert_near(degrees, 2, 1e-14);
    assert_fails(nr_covariance_cluster(&variance, &degrees, fit, one, NR_CR1, &err), NEARER_NODATA,
                 "at least 2 were expected, there is 1");
    nr_fit_free(fit);
}

/* Rows that are clusters of their own in the second way are so in both at once: the first is left.
 */
static void two_way__of_a_mean_by_hand(void **state)
{
    (void)state;
    static const size_t two[] = {7, 7, 3}, three[] = {30, 10, 20}, one[] = {4, 4, 4};
    double variance, degrees;
    nr_fit *fit = mean_of_three();
    assert_ok(nr_covariance_two_way(&variance, &degrees, fit, three, two, &err));
    assert_near(variance, 64.0 / 9, 1e-14);
    assert_near(degrees, 1, 0);
    assert_fails(nr_covariance_two_way(&variance, &degrees, fit, two, one, &err), NEARER_NODATA,
                 "at least 2 were expected, there is 1");
    nr_fit_free(fit);
}

/* Years 1 2 3 with a lag of one: neighbours at half the weight, (26 + 2 * 0.5 * (3 - 4)) / 9. Years
 * 1 3 4: only the last two are neighbours. All in one year: residuals of a mean add up to 0. */
static void serial__of_a_mean_by_hand(void **state)
{
    (void)state;
    static const size_t years[] = {2001, 2002, 2003}, gap[] = {1, 3, 4}, same[] = {5, 5, 5};
    double variance;
    nr_fit *fit = mean_of_three();
    assert_ok(nr_covariance_serial(&variance, fit, years, 0, &err));
    assert_near(variance, 26.0 / 9, 1e-14);
    assert_ok(nr_covariance_serial(&variance, fit, years, 1, &err));
    assert_near(variance, 25.0 / 9, 1e-14);
    assert_ok(nr_covariance_serial(&variance, fit, gap, 1, &err));
    assert_near(variance, 22.0 / 9, 1e-14);
    assert_ok(nr_covariance_serial(&variance, fit, same, 3, &err));
    assert_near(variance, 0, 1e-14);
    nr_fit_free(fit);
}

/* A cluster with a column of its own has no residual left in that direction: the pseudo-inverse
 * leaves it out and the variance stays finite. */
static void cluster__with_a_column_of_its_own_is_left_out_there(void **state)
{
    (void)state;
    const double x[] = {1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1}, y[] = {1, 3, 8, 4, 2, 7};
    const size_t cluster[] = {0, 0, 1, 1, 2, 2};
    double covariance[4], degrees[2];
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = 6, .k = 2}, &err));
    assert_ok(nr_covariance_cluster(covariance, degrees, fit, cluster, NR_CR2, &err));
    /* what is left is the mean 4 of two clusters of two: residual sums -4 and 4, over 4 */
    assert_near(covariance[0], 2 * (1 / (1 - 0.5)), 1e-13);
    assert_near(covariance[3], 4, 1e-13);
    assert_near(degrees[0], 1, 1e-12);
    assert_near(degrees[1], 1, 1e-12);
    nr_fit_free(fit);
}

/* Places one degree of the equator apart, 111.195 km on that sphere: none but itself within 100 km;
 * the next within 222.4 km at half the weight: (26 + 2 * 0.5 * (3 - 4)) / 9; all within 1000 km:
 * the residuals of a mean add up to 0. */
static void conley__of_a_mean_by_hand(void **state)
{
    (void)state;
    const double lon[] = {10, 11, 12}, lat[] = {0, 0, 0};
    double variance, degree = 6371.0088 * 3.14159265358979323846 / 180;
    nr_fit *fit = mean_of_three();
    for (nr_kernel kernel = NR_UNIFORM; kernel <= NR_BARTLETT; kernel++) {
        assert_ok(nr_covariance_conley(&variance, fit, lon, lat, 100, kernel, &err));
        assert_near(variance, 26.0 / 9, 1e-14);
    }
    assert_ok(nr_covariance_conley(&variance, fit, lon, lat, 2 * degree, NR_BARTLETT, &err));
    assert_near(variance, 25.0 / 9, 1e-12);
    assert_ok(nr_covariance_conley(&variance, fit, lon, lat, 1.5 * degree, NR_UNIFORM, &err));
    assert_near(variance, (26 + 2.0 * (3 - 4)) / 9, 1e-14);
    assert_ok(nr_covariance_conley(&variance, fit, lon, lat, 1000, NR_UNIFORM, &err));
    assert_near(variance, 0, 1e-14);
    nr_fit_free(fit);
}

static void conley__refuses_what_is_not_on_the_globe(void **state)
{
    (void)state;
    const double lon[] = {10, 11, NAN}, lat[] = {0, 0, 0}, far[] = {0, 0, 91};
    double variance;
    nr_fit *fit = mean_of_three();
    assert_fails(nr_covariance_conley(&variance, fit, lon, lat, 100, NR_UNIFORM, &err),
                 NEARER_VALUE, "row 3 is at longitude nan");
    assert_fails(nr_covariance_conley(&variance, fit, lat, far, 100, NR_UNIFORM, &err),
                 NEARER_VALUE, "latitude 91");
    assert_fails(nr_covariance_conley(&variance, fit, lat, lat, 0, NR_UNIFORM, &err), NEARER_VALUE,
                 "above 0 km was expected, not 0");
    assert_fails(nr_covariance_conley(&variance, fit, lat, lat, NAN, NR_UNIFORM, &err),
                 NEARER_VALUE, "not nan");
    nr_fit_free(fit);
}

/* 1 3 8, each a cluster: of 8 signs only + + + and - - - make a mean as far from 0 for its spread.
 */
static void wild__p_of_three_rows_by_hand(void **state)
{
    (void)state;
    static const size_t each[] = {5, 6, 7}, one[] = {1, 1, 1};
    double p;
    nr_fit *fit = mean_of_three();
    assert_ok(nr_wild_p(&p, fit, 0, each, 0, NULL, &err));
    assert_near(p, 0.25, 0);
    assert_fails(nr_wild_p(&p, fit, 0, one, 0, NULL, &err), NEARER_NODATA, "at least 2");
    nr_fit_free(fit);
}

/* 14 clusters are drawn: all 2^14 signs of 14 rows would give 1 + 2^-13 p; with 20000 draws near.
 */
static void wild__draws_signs_of_many_clusters_by_seed(void **state)
{
    (void)state;
    double x[14], y[14], p[3];
    size_t cluster[14];
    nr_fit *fit = NULL;
    for (size_t i = 0; i < 14; i++) {
        cluster[i] = i;
        x[i] = 1;
        y[i] = (double)(i * 7 % 14) - 5; /* -5 .. 8, mean 1.5 */
    }
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = 14, .k = 1}, &err));
    assert_fails(nr_wild_p(p, fit, 0, cluster, 0, NULL, &err), NEARER_VALUE, "at least 1 draw");
    for (unsigned long s = 0; s < 3; s++) {
        nr_random *random = NULL;
        assert_ok(nr_random_new(&random, s / 2, &err));
        assert_ok(nr_wild_p(&p[s], fit, 0, cluster, 20000, random, &err));
        nr_random_free(random);
    }
    size_t as_far = 0; /* |sum of +-y| of at least 21: the squares do not change */
    for (unsigned signs = 0; signs < 1u << 14; signs++) {
        double sum = 0;
        for (unsigned i = 0; i < 14; i++) sum += signs >> i & 1 ? y[i] : -y[i];
        as_far += fabs(sum) >= 21;
    }
    assert_true(p[0] == p[1] && p[0] != p[2]);
    assert_near(p[0], (double)as_far / (1 << 14), 0.01);
    nr_fit_free(fit);
}

/* b / se = 1.96 standard errors: the normal has p = 0.05, Student's t with 1 degree is Cauchy's. */
static void coefficient__has_the_degrees_it_is_given(void **state)
{
    (void)state;
    nr_fit *fit = mean_of_three(); /* b = 4 */
    double se = 4 / 1.959963984540054, variance = se * se, negative = -1;
    nr_estimate b = nr_coefficient(fit, &variance, 0, INFINITY);
    assert_near(b.p, 0.05, 1e-14);
    assert_near(b.low, 0, 1e-14);
    b = nr_coefficient(fit, &variance, 0, 1);
    assert_near(b.p, 1 - 2 * atan(1.959963984540054) / 3.14159265358979323846, 1e-14);
    b = nr_coefficient(fit, &negative, 0, INFINITY);
    assert_true(b.value == 4 && isnan(b.std_error) && isnan(b.p) && isnan(b.low));
    nr_fit_free(fit);
}

static nearer_status all_of_them(const nr_fit *fit)
{
    static const size_t cluster[] = {0, 1, 2};
    static const double at[] = {0, 1, 2};
    double variance, degrees, p;
    NR_TRY(nr_covariance_cluster(&variance, &degrees, fit, cluster, NR_CR2, &err));
    NR_TRY(nr_covariance_two_way(&variance, &degrees, fit, cluster, cluster, &err));
    NR_TRY(nr_covariance_serial(&variance, fit, cluster, 1, &err));
    NR_TRY(nr_covariance_conley(&variance, fit, at, at, 100, NR_BARTLETT, &err));
    return nr_wild_p(&p, fit, 0, cluster, 0, NULL, &err);
}

static void covariance__leaves_nothing_behind_without_memory(void **state)
{
    (void)state;
    nearer_status status = NEARER_MEMORY;
    nr_fit *fit = mean_of_three();
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = all_of_them(fit);
        nr_fail_allocation_after(-1);
    }
    assert_ok(status);
    nr_fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hc__of_a_mean_by_hand),
        cmocka_unit_test(hc__refuses_a_row_that_sets_a_coefficient),
        cmocka_unit_test(cluster__of_a_mean_by_hand),
        cmocka_unit_test(two_way__of_a_mean_by_hand),
        cmocka_unit_test(serial__of_a_mean_by_hand),
        cmocka_unit_test(cluster__with_a_column_of_its_own_is_left_out_there),
        cmocka_unit_test(conley__of_a_mean_by_hand),
        cmocka_unit_test(conley__refuses_what_is_not_on_the_globe),
        cmocka_unit_test(wild__p_of_three_rows_by_hand),
        cmocka_unit_test(wild__draws_signs_of_many_clusters_by_seed),
        cmocka_unit_test(coefficient__has_the_degrees_it_is_given),
        cmocka_unit_test(covariance__leaves_nothing_behind_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
