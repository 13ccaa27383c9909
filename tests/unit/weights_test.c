#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/weights.h"

static nearer_error err;

/* Places on a line; 99 cannot be reached, -1 is not known. */
static double apart(const void *context, size_t from, size_t to)
{
    const double *at = context;
    if (at[from] == 99 || at[to] == 99) return INFINITY;
    if (at[from] == -1 || at[to] == -1) return NAN;
    return fabs(at[from] - at[to]);
}

static void assert_row(const nr_weights *w, size_t i, size_t count, const size_t *to,
                       const double *weight)
{
    assert_int_equal(w->start[i + 1] - w->start[i], count);
    for (size_t p = 0; p < count; p++) {
        assert_int_equal(w->to[w->start[i] + p], to[p]);
        assert_near(w->weight[w->start[i] + p], weight[p], 1e-15);
    }
}

static void nearest__breaks_ties_by_the_order_of_input(void **state)
{
    (void)state;
    const double at[] = {0, 1, 2, 3, 10};
    nr_weights *w = NULL;
    assert_ok(nr_weights_nearest(&w, apart, at, 5, 1, &err));
    assert_row(w, 0, 1, (const size_t[]){1}, (const double[]){1});
    assert_row(w, 1, 1, (const size_t[]){0}, (const double[]){1}); /* 0 and 2 are as near */
    assert_row(w, 2, 1, (const size_t[]){1}, (const double[]){1});
    assert_row(w, 4, 1, (const size_t[]){3}, (const double[]){1});
    assert_false(nr_weights_symmetric(w)); /* 4 has 3, 3 has 2 */
    nr_weights_free(w);
    w = NULL;
    assert_ok(nr_weights_nearest(&w, apart, at, 5, 2, &err));
    assert_row(w, 1, 2, (const size_t[]){0, 2}, (const double[]){1, 1});
    assert_row(w, 4, 2, (const size_t[]){2, 3}, (const double[]){1, 1});
    assert_int_equal(w->islands, 0);
    nr_weights_free(w);
}

static void nearest__are_fewer_where_fewer_can_be_reached(void **state)
{
    (void)state;
    const double at[] = {0, 1, 99, -1};
    nr_weights *w = NULL;
    assert_ok(nr_weights_nearest(&w, apart, at, 4, 7, &err));
    assert_int_equal(w->count, 2);
    assert_int_equal(w->islands, 2);
    nr_weights_free(w);
    w = NULL;
    assert_ok(nr_weights_nearest(&w, apart, at, 1, 3, &err)); /* one place alone */
    assert_true(w->n == 1 && w->count == 0 && w->islands == 1);
    nr_weights_free(w);
    w = NULL;
    assert_ok(nr_weights_nearest(&w, apart, at, 0, 3, &err));
    assert_true(w->n == 0 && w->count == 0 && w->islands == 0);
    assert_ok(nr_weights_standardise(w, &err));
    nr_weights_free(w);
    w = NULL;
    assert_fails(nr_weights_nearest(&w, apart, at, 4, 0, &err), NEARER_VALUE, "1 nearest");
    assert_null(w);
}

static void band__holds_its_end(void **state)
{
    (void)state;
    const double at[] = {0, 30, 61, 30};
    nr_weights *w = NULL;
    assert_ok(nr_weights_band(&w, apart, at, 4, 30, &err));
    assert_row(w, 0, 2, (const size_t[]){1, 3}, (const double[]){1, 1});
    assert_row(w, 1, 2, (const size_t[]){0, 3}, (const double[]){1, 1}); /* 3 is at no distance */
    assert_row(w, 2, 0, NULL, NULL);
    assert_int_equal(w->islands, 1);
    assert_true(nr_weights_symmetric(w));
    nr_weights_free(w);
    w = NULL;
    assert_fails(nr_weights_band(&w, apart, at, 4, 0, &err), NEARER_VALUE, "above 0");
    assert_fails(nr_weights_band(&w, apart, at, 4, NAN, &err), NEARER_VALUE, "above 0");
    assert_null(w);
}

static void inverse__falls_by_its_power(void **state)
{
    (void)state;
    const double at[] = {0, 2, 99, 6};
    nr_weights *w = NULL;
    assert_ok(nr_weights_inverse(&w, apart, at, 4, INFINITY, 2, &err));
    assert_row(w, 0, 2, (const size_t[]){1, 3}, (const double[]){1.0 / 4, 1.0 / 36});
    assert_row(w, 2, 0, NULL, NULL);
    assert_ok(nr_weights_standardise(w, &err));
    assert_row(w, 0, 2, (const size_t[]){1, 3}, (const double[]){0.9, 0.1});
    assert_true(nr_weights_symmetric(w)); /* but for the rows' sums */
    assert_near(w->row_sum[0], 10.0 / 36, 1e-15);
    assert_ok(nr_weights_standardise(w, &err)); /* changes nothing */
    assert_row(w, 0, 2, (const size_t[]){1, 3}, (const double[]){0.9, 0.1});
    assert_near(w->row_sum[0], 10.0 / 36, 1e-15);
    nr_weights_free(w);
    w = NULL;
    const double same[] = {0, 5, 5};
    assert_fails(nr_weights_inverse(&w, apart, same, 3, 10, 1, &err), NEARER_VALUE,
                 "places 2 and 3 are 0 apart");
    assert_fails(nr_weights_inverse(&w, apart, at, 4, 10, 0, &err), NEARER_VALUE, "power above 0");
    assert_null(w);
}

static void pairs__that_make_no_sense_are_refused(void **state)
{
    (void)state;
    const size_t from[] = {0, 2, 0}, to[] = {1, 0, 1}, far[] = {1, 0, 3}, self[] = {1, 2, 2};
    const double negative[] = {1, -1, 1}, none[] = {1, 0, 1};
    nr_weights *w = NULL;
    assert_fails(nr_weights_pairs(&w, 3, from, to, NULL, 3, &err), NEARER_VALUE,
                 "pair 1, 2 stands twice");
    assert_fails(nr_weights_pairs(&w, 3, from, far, NULL, 3, &err), NEARER_VALUE, "pair 1, 4");
    assert_fails(nr_weights_pairs(&w, 3, from, self, NULL, 3, &err), NEARER_VALUE, "place 3");
    assert_fails(nr_weights_pairs(&w, 3, from, to, negative, 2, &err), NEARER_VALUE, "not -1");
    assert_fails(nr_weights_pairs(&w, 3, from, to, none, 2, &err), NEARER_VALUE, "not 0");
    assert_null(w);
    assert_ok(nr_weights_pairs(&w, 3, from, to, (const double[]){5, 7}, 2, &err));
    assert_near(nr_weights_at(w, 0, 1), 5, 0);
    assert_near(nr_weights_at(w, 2, 0), 7, 0);
    assert_near(nr_weights_at(w, 1, 0), 0, 0);
    double lag[3];
    nr_weights_lag(lag, w, (const double[]){1, 10, 100});
    assert_true(lag[0] == 50 && lag[1] == 0 && lag[2] == 7);
    nr_weights_free(w);
    nr_weights_free(NULL);
}

/* Rows 0: 1 (w 1), 2 (w 3); 1: 0 (w 2); 2: none.
 * s0 = 6. s1: pairs {0, 1}: (1 + 2)^2, {0, 2}: (3 + 0)^2; each stands twice, halved: 9 + 9 = 18.
 * s2: rows 4, 2, 0, columns 2, 1, 3: 6^2 + 3^2 + 3^2 = 54. */
static void sums__are_those_of_cliff_and_ord(void **state)
{
    (void)state;
    const size_t from[] = {1, 0, 0}, to[] = {0, 2, 1};
    const double weight[] = {2, 3, 1};
    nr_weights *w = NULL;
    nr_weight_sums s;
    assert_ok(nr_weights_pairs(&w, 3, from, to, weight, 3, &err));
    assert_ok(nr_weights_sums(&s, w, &err));
    assert_true(s.s0 == 6 && s.s1 == 18 && s.s2 == 54);
    nr_weights_free(w);
}

static void among__standardises_anew(void **state)
{
    (void)state;
    const double at[] = {0, 1, 2, 3};
    const bool keep[] = {true, true, false, true};
    nr_weights *w = NULL, *kept = NULL;
    assert_ok(nr_weights_band(&w, apart, at, 4, 1, &err));
    assert_ok(nr_weights_standardise(w, &err));
    assert_row(w, 1, 2, (const size_t[]){0, 2}, (const double[]){0.5, 0.5});
    assert_ok(nr_weights_among(&kept, w, keep, &err));
    assert_true(kept->n == 3 && kept->count == 2 && kept->islands == 1);
    assert_row(kept, 1, 1, (const size_t[]){0}, (const double[]){1});
    assert_row(kept, 2, 0, NULL, NULL);
    nr_weights_free(kept);
    kept = NULL;
    assert_ok(nr_weights_among(&kept, w, (const bool[4]){false}, &err));
    assert_true(kept->n == 0 && kept->count == 0);
    nr_weights_free(kept);
    nr_weights_free(w);
}

static nearer_status make_and_choose(void)
{
    const double at[] = {0, 1, 2, 3};
    const bool keep[] = {true, true, false, true};
    nr_weights *w = NULL, *kept = NULL;
    nearer_status status = nr_weights_nearest(&w, apart, at, 4, 2, &err);
    if (status == NEARER_OK) status = nr_weights_standardise(w, &err);
    if (status == NEARER_OK) status = nr_weights_among(&kept, w, keep, &err);
    nr_weight_sums s;
    if (status == NEARER_OK) status = nr_weights_sums(&s, kept, &err);
    nr_weights_free(w);
    nr_weights_free(kept);
    return status;
}

static void weights__say_when_there_is_no_memory(void **state)
{
    (void)state;
    nearer_status status = NEARER_MEMORY;
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = make_and_choose();
    }
    nr_fail_allocation_after(-1);
    assert_int_equal(status, NEARER_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest__breaks_ties_by_the_order_of_input),
        cmocka_unit_test(nearest__are_fewer_where_fewer_can_be_reached),
        cmocka_unit_test(band__holds_its_end),
        cmocka_unit_test(inverse__falls_by_its_power),
        cmocka_unit_test(pairs__that_make_no_sense_are_refused),
        cmocka_unit_test(sums__are_those_of_cliff_and_ord),
        cmocka_unit_test(among__standardises_anew),
        cmocka_unit_test(weights__say_when_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
