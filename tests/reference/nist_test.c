/* Certified values of the NIST Statistical Reference Datasets, linear regression:
 * National Institute of Standards and Technology, StRD, https://www.itl.nist.gov/div898/strd/
 * (public domain). Coefficients and R squared are certified; NIST's standard deviations suppose
 * equal variances and are not what nr_ols gives. */
#include "cases/drawn.h"

#include "stats/statistic.h"

static nearer_error err;

/* Agrees in all but the last digits that double precision can hold. */
static void assert_digits(double found, double certified, double relative)
{
    if (!(fabs(found - certified) <= relative * fabs(certified)))
        fail_msg("%.17g was found, %.17g is certified", found, certified);
}

/* Norris, calibration of ozone monitors: y, x. Lower level of difficulty. */
static const double norris[36][2] = {
    {0.1, 0.2},     {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1},    {228.1, 226.5},
    {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
    {0.1, 0.6},     {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
    {557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
    {0.6, 0.3},     {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
    {10.2, 11.1},   {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5},
};

static void ols__has_the_certified_values_of_norris(void **state)
{
    (void)state;
    double x[72], y[36], r_squared;
    for (size_t i = 0; i < 36; i++) {
        y[i] = norris[i][0];
        x[2 * i] = 1;
        x[2 * i + 1] = norris[i][1];
    }
    nr_estimate b[2];
    assert_ok(nr_ols(b, &r_squared, y, x, 36, 2, &err));
    assert_digits(b[0].value, -0.262323073774029, 1e-11);
    assert_digits(b[1].value, 1.00211681802045, 1e-13);
    assert_digits(r_squared, 0.999993745883712, 1e-14);
}

/* For one variable R squared is the square of r. */
static void pearson__squared_is_the_certified_r_squared_of_norris(void **state)
{
    (void)state;
    double x[36], y[36];
    for (size_t i = 0; i < 36; i++) {
        y[i] = norris[i][0];
        x[i] = norris[i][1];
    }
    nr_estimate r;
    assert_ok(nr_pearson(&r, x, y, 36, &err));
    assert_digits(r.value * r.value, 0.999993745883712, 1e-14);
    assert_true(r.low < r.value && r.value < r.high);
}

/* Longley 1967, J. Am. Stat. Assoc. 62, 819-841: y, x1 .. x6. Higher level of difficulty. */
static const double longley[16][7] = {
    {60323, 83.0, 234289, 2356, 1590, 107608, 1947},
    {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
    {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
    {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
    {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
    {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
    {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
    {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
    {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
    {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
    {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
    {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
    {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
    {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
    {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
    {70551, 116.9, 554894, 4007, 2827, 130081, 1962},
};

static void ols__has_the_certified_values_of_longley(void **state)
{
    (void)state;
    static const double certified[7] = {
        -3482258.63459582, 15.0618722713733,       -0.358191792925910E-01, -2.02022980381683,
        -1.03322686717359, -0.511041056535807E-01, 1829.15146461355};
    double x[16 * 7], y[16], r_squared;
    for (size_t i = 0; i < 16; i++) {
        y[i] = longley[i][0];
        x[7 * i] = 1;
        for (size_t k = 1; k < 7; k++) x[7 * i + k] = longley[i][k];
    }
    nr_estimate b[7];
    assert_ok(nr_ols(b, &r_squared, y, x, 16, 7, &err));
    for (size_t k = 0; k < 7; k++) assert_digits(b[k].value, certified[k], 1e-9);
    assert_digits(r_squared, 0.995479004577296, 1e-13);
}

/* Wampler1: y = 1 + x + ... + x^5 for x = 0 .. 20; all coefficients are certified as 1. */
static void ols__has_the_certified_values_of_wampler1(void **state)
{
    (void)state;
    double x[21 * 6], y[21], r_squared;
    for (size_t i = 0; i < 21; i++) {
        double power = 1;
        y[i] = 0;
        for (size_t k = 0; k < 6; k++) {
            x[6 * i + k] = power;
            y[i] += power;
            power *= (double)i;
        }
    }
    nr_estimate b[6];
    assert_ok(nr_ols(b, &r_squared, y, x, 21, 6, &err));
    for (size_t k = 0; k < 6; k++) assert_digits(b[k].value, 1, 1e-8);
    assert_digits(r_squared, 1, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ols__has_the_certified_values_of_norris),
        cmocka_unit_test(pearson__squared_is_the_certified_r_squared_of_norris),
        cmocka_unit_test(ols__has_the_certified_values_of_longley),
        cmocka_unit_test(ols__has_the_certified_values_of_wampler1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
