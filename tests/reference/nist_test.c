/* Certified values of the NIST Statistical Reference Datasets, linear regression:
 * National Institute of Standards and Technology, StRD, https://www.itl.nist.gov/div898/strd/
 * (public domain). Standard errors are those of equal variances, which nr_ols does not give. */
#include "cases/drawn.h"

#include "stats/covariance.h"
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
    for (size_t k = 0; k < 7; k++) assert_digits(b[k].value, certified[k], 1e-13);
    assert_digits(r_squared, 0.995479004577296, 1e-14);
    /* a year in units of 1e30 years costs no digit of any coefficient */
    for (size_t i = 0; i < 16; i++) x[7 * i + 6] = ldexp(x[7 * i + 6], -100);
    assert_ok(nr_ols(b, &r_squared, y, x, 16, 7, &err));
    for (size_t k = 0; k < 7; k++)
        assert_digits(b[k].value, ldexp(certified[k], k == 6 ? 100 : 0), 1e-13);
}

/* Pontius, calibration of load cells: y, x; quadratic. Lower level of difficulty. */
static const double pontius[40][2] = {
    {0.11019, 150000},  {0.21956, 300000},  {0.32949, 450000},  {0.43899, 600000},
    {0.54803, 750000},  {0.65694, 900000},  {0.76562, 1050000}, {0.87487, 1200000},
    {0.98292, 1350000}, {1.09146, 1500000}, {1.20001, 1650000}, {1.30822, 1800000},
    {1.41599, 1950000}, {1.52399, 2100000}, {1.63194, 2250000}, {1.73947, 2400000},
    {1.84646, 2550000}, {1.95392, 2700000}, {2.06128, 2850000}, {2.16844, 3000000},
    {0.11052, 150000},  {0.22018, 300000},  {0.32939, 450000},  {0.43886, 600000},
    {0.54798, 750000},  {0.65739, 900000},  {0.76596, 1050000}, {0.87474, 1200000},
    {0.98300, 1350000}, {1.09150, 1500000}, {1.20004, 1650000}, {1.30818, 1800000},
    {1.41613, 1950000}, {1.52408, 2100000}, {1.63159, 2250000}, {1.73965, 2400000},
    {1.84696, 2550000}, {1.95445, 2700000}, {2.06177, 2850000}, {2.16829, 3000000},
};

/* Filip: y, x; a polynomial of 10 powers. Higher level of difficulty; the powers, rounded to double
 * precision, have no more than 7 digits of the coefficients left in them. */
static const double filip[82][2] = {
    {0.8116, -6.860120914}, {0.9072, -4.324130045}, {0.9052, -4.358625055}, {0.9039, -4.358426747},
    {0.8053, -6.955852379}, {0.8377, -6.661145254}, {0.8667, -6.355462942}, {0.8809, -6.118102026},
    {0.7975, -7.115148017}, {0.8162, -6.815308569}, {0.8515, -6.519993057}, {0.8766, -6.204119983},
    {0.8885, -5.853871964}, {0.8859, -6.109523091}, {0.8959, -5.79832982},  {0.8913, -5.482672118},
    {0.8959, -5.171791386}, {0.8971, -4.851705903}, {0.9021, -4.517126416}, {0.909, -4.143573228},
    {0.9139, -3.709075441}, {0.9199, -3.499489089}, {0.8692, -6.300769497}, {0.8872, -5.953504836},
    {0.89, -5.642065153},   {0.891, -5.031376979},  {0.8977, -4.680685696}, {0.9035, -4.329846955},
    {0.9078, -3.928486195}, {0.7675, -8.56735134},  {0.7705, -8.363211311}, {0.7713, -8.107682739},
    {0.7736, -7.823908741}, {0.7775, -7.522878745}, {0.7841, -7.218819279}, {0.7971, -6.920818754},
    {0.8329, -6.628932138}, {0.8641, -6.323946875}, {0.8804, -5.991399828}, {0.7668, -8.781464495},
    {0.7633, -8.663140179}, {0.7678, -8.473531488}, {0.7697, -8.247337057}, {0.77, -7.971428747},
    {0.7749, -7.676129393}, {0.7796, -7.352812702}, {0.7897, -7.072065318}, {0.8131, -6.774174009},
    {0.8498, -6.478861916}, {0.8741, -6.159517513}, {0.8061, -6.835647144}, {0.846, -6.53165267},
    {0.8751, -6.224098421}, {0.8856, -5.910094889}, {0.8919, -5.598599459}, {0.8934, -5.290645224},
    {0.894, -4.974284616},  {0.8957, -4.64454848},  {0.9047, -4.290560426}, {0.9129, -3.885055584},
    {0.9209, -3.408378962}, {0.9219, -3.13200249},  {0.7739, -8.726767166}, {0.7681, -8.66695597},
    {0.7665, -8.511026475}, {0.7703, -8.165388579}, {0.7702, -7.886056648}, {0.7761, -7.588043762},
    {0.7809, -7.283412422}, {0.7961, -6.995678626}, {0.8253, -6.691862621}, {0.8602, -6.392544977},
    {0.8809, -6.067374056}, {0.8301, -6.684029655}, {0.8664, -6.378719832}, {0.8834, -6.065855188},
    {0.8898, -5.752272167}, {0.8964, -5.132414673}, {0.8963, -4.811352704}, {0.9074, -4.098269308},
    {0.9119, -3.66174277},  {0.9228, -3.2644011},
};

/* Wampler 1970, J. Am. Stat. Assoc. 65, 549-565: what sets 3, 4 and 5 add to set 1, times 1, 100
 * and 10000. */
static const double wampler[21] = {759,   -2048, 2048,  -2048, 2523,  -2048, 2048,
                                   -2048, 1838,  -2048, 2048,  -2048, 1838,  -2048,
                                   2048,  -2048, 2523,  -2048, 2048,  -2048, 759};

/* As many digits as NIST's log relative error; where 0 is certified, those of the number itself. */
static void assert_error(double found, double certified, double relative)
{
    if (certified != 0)
        assert_digits(found, certified, relative);
    else
        assert_near(found, 0, relative);
}

/* y and the first powers of x, the constant included, against coefficients, standard errors,
 * residual spread and R squared. */
static void hold(const double *y, const double *x, size_t n, size_t k, const double *b,
                 const double *se, double sd, double r_squared, double relative)
{
    double design[82 * 11], covariance[11 * 11];
    nr_fit *fit = NULL;
    for (size_t i = 0; i < n; i++) {
        long double power = 1;
        for (size_t c = 0; c < k; c++, power *= (long double)x[i])
            design[i * k + c] = (double)power;
    }
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = design, .n = n, .k = k}, &err));
    assert_ok(nr_covariance_hc(covariance, fit, NR_CLASSICAL, &err));
    for (size_t c = 0; c < k; c++) {
        assert_digits(fit->b[c], b[c], relative);
        assert_error(sqrt(covariance[c * k + c]), se[c], relative);
    }
    assert_error(fit->residual_sd, sd, relative);
    assert_digits(fit->r_squared, r_squared, relative);
    nr_fit_free(fit);
}

static void split(double *y, double *x, const double (*pairs)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = pairs[i][0];
        x[i] = pairs[i][1];
    }
}

static void fit__has_the_certified_values_of_pontius(void **state)
{
    (void)state;
    static const double b[] = {0.673565789473684E-03, 0.732059160401003E-06,
                               -0.316081871345029E-14},
                        se[] = {0.107938612033077E-03, 0.157817399981659E-09,
                                0.486652849992036E-16};
    double y[40], x[40];
    split(y, x, pontius, 40);
    hold(y, x, 40, 3, b, se, 0.205177424076185E-03, 0.999999900178537, 1e-12);
}

static void fit__has_the_certified_values_of_filip(void **state)
{
    (void)state;
    static const double b[] = {-1467.48961422980,      -2772.17959193342,
                               -2316.37108160893,      -1127.97394098372,
                               -354.478233703349,      -75.1242017393757,
                               -10.8753180355343,      -1.06221498588947,
                               -0.670191154593408E-01, -0.246781078275479E-02,
                               -0.402962525080404E-04},
                        se[] = {298.084530995537,      559.779865474950,     466.477572127796,
                                227.204274477751,      71.6478660875927,     15.2897178747400,
                                2.23691159816033,      0.221624321934227,    0.142363763154724E-01,
                                0.535617408889821E-03, 0.896632837373868E-05};
    double y[82], x[82];
    split(y, x, filip, 82);
    hold(y, x, 82, 11, b, se, 0.334801051324544E-02, 0.996727416185620, 1e-7);
}

/* 1 + x + ... + x^5 for x = 0 .. 20 and, in the second, x / 10. */
static void fit__has_the_certified_values_of_wampler(void **state)
{
    (void)state;
    static const double ones[] = {1, 1, 1, 1, 1, 1}, tenths[] = {1, 0.1, 0.01, 1e-3, 1e-4, 1e-5},
                        zeros[6] = {0},
                        third[] = {2152.32624678170, 2363.55173469681, 779.343524331583,
                                   101.475507550350, 5.64566512170752, 0.112324854679312};
    static const struct {
        double times, sd, r_squared, relative;
    } sets[] = {{0, 0, 1, 1e-12},
                {1, 2360.14502379268, 0.999995559025820, 1e-12},
                {100, 236014.502379268, 0.957478440825662, 1e-10},
                {10000, 23601450.2379268, 0.224668921574940E-02, 1e-8}};
    double y[21], x[21], se[6];
    for (size_t s = 0; s < 4; s++) {
        for (size_t i = 0; i < 21; i++) {
            x[i] = (double)i;
            y[i] = 1 + x[i] * (1 + x[i] * (1 + x[i] * (1 + x[i] * (1 + x[i])))) +
                   sets[s].times * wampler[i];
        }
        for (size_t c = 0; c < 6; c++) se[c] = sets[s].times * third[c];
        hold(y, x, 21, 6, ones, se, sets[s].sd, sets[s].r_squared, sets[s].relative);
    }
    for (size_t i = 0; i < 21; i++) {
        double t = x[i] / 10;
        char text[20];
        snprintf(text, sizeof text, "%.5f", 1 + t * (1 + t * (1 + t * (1 + t * (1 + t)))));
        y[i] = strtod(text, NULL); /* as published, to five decimals */
    }
    hold(y, x, 21, 6, tenths, zeros, 0, 1, 1e-12);
}

/* NoInt1 and NoInt2: no constant, so R squared is around 0. */
static void fit__has_the_certified_values_without_a_constant(void **state)
{
    (void)state;
    double x[11], y[11];
    for (int i = 0; i < 11; i++) {
        x[i] = 60 + i;
        y[i] = 130 + i;
    }
    const double x2[] = {4, 5, 6}, y2[] = {3, 4, 4};
    double b, sd;
    for (int set = 1; set <= 2; set++) {
        nr_fit *fit = NULL;
        nr_design design = {
            .y = set == 1 ? y : y2, .x = set == 1 ? x : x2, .n = set == 1 ? 11 : 3, .k = 1};
        assert_ok(nr_fit_new(&fit, &design, &err));
        assert_ok(nr_covariance_hc(&sd, fit, NR_CLASSICAL, &err));
        b = fit->b[0];
        assert_digits(b, set == 1 ? 2.07438016528926 : 0.727272727272727, 1e-14);
        assert_digits(sqrt(sd), set == 1 ? 0.165289256198347E-01 : 0.420827318078432E-01, 1e-14);
        assert_digits(fit->residual_sd, set == 1 ? 3.56753034006338 : 0.369274472937998, 1e-14);
        assert_digits(fit->r_squared, set == 1 ? 0.999365492298663 : 0.993348115299335, 1e-14);
        nr_fit_free(fit);
    }
}

/* NumAcc2, 3 and 4: a number, then 1000 that lie 0.1 below and above it in turn; NumAcc1: three. */
static void moments__have_the_certified_values_of_numacc(void **state)
{
    (void)state;
    static const double first[] = {10000001, 10000003, 10000002};
    static const struct {
        double low, middle, high, relative;
    } sets[] = {{1.1, 1.2, 1.3, 1e-14},
                {1000000.1, 1000000.2, 1000000.3, 1e-9},
                {10000000.1, 10000000.2, 10000000.3, 1e-8}};
    double x[1001];
    nr_moments m = nr_moments_of(first, 3);
    assert_true(m.mean == 10000002 && m.sd == 1 && m.lag1 == -0.5);
    for (size_t s = 0; s < 3; s++) {
        for (size_t i = 0; i < 1001; i++)
            x[i] = i == 0 ? sets[s].middle : i % 2 == 1 ? sets[s].low : sets[s].high;
        m = nr_moments_of(x, 1001);
        assert_digits(m.mean, sets[s].middle, 1e-15);
        assert_digits(m.sd, 0.1, sets[s].relative);
        assert_digits(m.lag1, -0.999, 1e-12);
    }
    assert_true(isnan(nr_moments_of(x, 0).mean) && isnan(nr_moments_of(x, 1).sd));
    assert_true(nr_moments_of(x, 1).mean == 10000000.2 && isnan(nr_moments_of(x, 1).lag1));
    const double same[] = {3, 3, 3}, gap[] = {1, NAN, 2};
    assert_true(nr_moments_of(same, 3).sd == 0 && isnan(nr_moments_of(same, 3).lag1));
    assert_true(isnan(nr_moments_of(gap, 3).mean) && isnan(nr_moments_of(gap, 3).sd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ols__has_the_certified_values_of_norris),
        cmocka_unit_test(pearson__squared_is_the_certified_r_squared_of_norris),
        cmocka_unit_test(ols__has_the_certified_values_of_longley),
        cmocka_unit_test(fit__has_the_certified_values_of_pontius),
        cmocka_unit_test(fit__has_the_certified_values_of_filip),
        cmocka_unit_test(fit__has_the_certified_values_of_wampler),
        cmocka_unit_test(fit__has_the_certified_values_without_a_constant),
        cmocka_unit_test(moments__have_the_certified_values_of_numacc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
