/* Laws of travel times. */
#include "property/networks.h"

#include "graph/times.h"

enum { NETWORKS = 200 };

static int year_of(uint64_t seed)
{
    return 2001 + (int)(seed % 20);
}

/* Door to door through j costs what both trips cost: who has arrived at j stands at its hub, where
 * the second trip starts, so the way over j is one of the ways from i to k. Station to station this
 * does not hold: what it takes to leave at j and board anew is in neither time. */
static void times__keep_the_triangle_inequality(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "triangle");
        nearer_times *t = compute(seed, study, at_end_of(year_of(seed)));
        for (size_t i = 0; i < s.places; i++)
            for (size_t j = 0; j < s.places; j++)
                for (size_t k = 0; k < s.places; k++)
                    law(seed, nearer_times_minutes(t, i, k) <= nearer_times_minutes(t, i, j) +
                                                                   nearer_times_minutes(t, j, k) +
                                                                   1e-9);
        nearer_times_free(t);
        nearer_study_free(study);
    }
}

static void times__are_0_to_oneself_and_never_below(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "zero");
        for (int station = 0; station < 2; station++) {
            nearer_query query = at_end_of(year_of(seed));
            query.station_to_station = station == 1;
            nearer_times *t = compute(seed, study, query);
            for (size_t i = 0; i < s.places; i++)
                for (size_t j = 0; j < s.places; j++) {
                    double minutes = nearer_times_minutes(t, i, j);
                    law(seed, i == j ? minutes == 0 : minutes >= 0);
                }
            nearer_times_free(t);
        }
        nearer_study_free(study);
    }
}

static bool open_in(const random_link *l, int year)
{
    return l->opened <= year && (l->closed == 0 || year < l->closed);
}

/* The node has a ridden link of the mode open in `year` beside link number `but`. */
static bool in_service(const random_study *s, size_t mode, size_t node, int year, size_t but)
{
    for (size_t i = 0; i < s->links; i++)
        if (i != but && !s->link[i].transfer && s->link[i].mode == mode &&
            open_in(&s->link[i], year) && (s->link[i].from == node || s->link[i].to == node))
            return true;
    return false;
}

/* With `longer` no time is shorter than with `shorter`. */
static void assert_no_shorter(uint64_t seed, const nearer_study *longer,
                              const nearer_study *shorter, int year)
{
    for (int station = 0; station < 2; station++) {
        nearer_query query = at_end_of(year);
        query.station_to_station = station == 1;
        nearer_times *a = compute(seed, longer, query), *b = compute(seed, shorter, query);
        size_t n = nearer_times_places(a);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                law(seed, nearer_times_minutes(b, i, j) <= nearer_times_minutes(a, i, j) + 1e-9);
        nearer_times_free(a);
        nearer_times_free(b);
    }
}

/* Between nodes that are in service already. A new station can take the place of another: a place
 * uses the nodes in service that are nearest to it, not all within reach. */
static void times__are_never_lengthened_by_a_new_link(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        int year = year_of(seed);
        chance c = {seed ^ 0xABCDEF};
        nearer_study *before = read_random_study(&s, "new_before");
        for (int attempt = 0; attempt < 20; attempt++) {
            random_link new_link;
            draw_link(&new_link, &c, &s, 1);
            new_link.opened = year;
            new_link.closed = 0;
            size_t mode = new_link.mode, none = s.links;
            if (!in_service(&s, mode, new_link.from, year, none) ||
                !in_service(&s, mode, new_link.to, year, none))
                continue;
            random_study with = s;
            with.link[with.links++] = new_link;
            nearer_study *after = read_random_study(&with, "new_after");
            assert_no_shorter(seed, before, after, year);
            nearer_study_free(after);
            tried++;
            break;
        }
        nearer_study_free(before);
    }
    assert_true(tried > NETWORKS / 2); /* the law was put to the test */
}

/* The same for a link closed, where its nodes stay in service by other links of its mode. */
static void times__are_never_shortened_by_a_closed_link(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        int year = year_of(seed);
        for (size_t i = 0; i < s.links; i++) {
            const random_link *l = &s.link[i];
            if (!open_in(l, year) || l->opened >= year ||
                !in_service(&s, l->mode, l->from, year, i) ||
                !in_service(&s, l->mode, l->to, year, i))
                continue;
            random_study without = s;
            without.link[i].closed = year;
            nearer_study *before = read_random_study(&s, "shut_before"),
                         *after = read_random_study(&without, "shut_after");
            assert_no_shorter(seed, after, before, year);
            nearer_study_free(before);
            nearer_study_free(after);
            tried++;
            break;
        }
    }
    assert_true(tried > NETWORKS / 2);
}

static void shuffle(size_t *order, size_t n, chance *c)
{
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = draw_below(c, i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

/* Told in another order and under other names, places are as far from each other as they were. */
static void times__do_not_depend_on_order_and_names(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        chance c = {seed};
        size_t order[MOST_PLACES];
        shuffle(order, s.places, &c);
        nearer_study *plain = read_random_study(&s, "order_plain"),
                     *other = tell_study(&s, "order_other", NULL, &(telling){order, "Ürümqi "});
        nearer_times *a = compute(seed, plain, at_end_of(year_of(seed))),
                     *b = compute(seed, other, at_end_of(year_of(seed)));
        for (size_t i = 0; i < s.places; i++)
            for (size_t j = 0; j < s.places; j++)
                law(seed, near_to(nearer_times_minutes(a, order[i], order[j]),
                                  nearer_times_minutes(b, i, j), 1e-9));
        nearer_times_free(a);
        nearer_times_free(b);
        nearer_study_free(plain);
        nearer_study_free(other);
    }
}

/* The legs of a trip join up, end where it ends, and sum to its minutes, which are the matrix's. */
static void times__are_the_sums_of_their_legs(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS / 4; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "legs");
        const nearer_network *network = nearer_study_network(study);
        for (int station = 0; station < 2; station++) {
            nearer_query query = at_end_of(year_of(seed));
            query.station_to_station = station == 1;
            nearer_times *t = compute(seed, study, query);
            for (size_t i = 0; i < s.places; i++)
                for (size_t j = 0; j < s.places; j++) {
                    nr_leg *legs = NULL;
                    size_t count = 0;
                    double minutes = NAN, sum = 0;
                    law_ok(seed, nr_trip_find(&legs, &count, &minutes, network, &query, i, j, err));
                    law(seed, near_to(minutes, nearer_times_minutes(t, i, j), 1e-9));
                    for (size_t k = 0; k < count; k++) sum += legs[k].minutes;
                    if (!isinf(minutes)) law(seed, near_to(sum, minutes, 1e-9));
                    if (isinf(minutes) || i == j) law(seed, count == 0);
                    for (size_t k = 0; k + 1 < count; k++)
                        law(seed, legs[k].to == legs[k + 1].from);
                    if (count > 0 && station == 0) {
                        law(seed, legs[0].from == network->places[i].node);
                        law(seed, legs[count - 1].to == network->places[j].node);
                    }
                    nr_free(legs);
                }
            nearer_times_free(t);
        }
        nearer_study_free(study);
    }
}

/* The same bytes, whatever the number of threads. */
/* One to all is a row of the matrix, all to one a column, the nearest first. */
static void assert_reach(uint64_t seed, const nearer_study *study, const nearer_query *query,
                         const nearer_times *t, size_t place, bool to_it)
{
    nearer_report *report = NULL;
    const nearer_network *network = nearer_study_network(study);
    law_ok(seed, nearer_ask_reach(&report, study, query, place, to_it, err));
    const nearer_table *table = nearer_report_table(report, 0);
    double before = 0;
    law(seed, nearer_table_rows(table) == nearer_times_places(t) - 1);
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        size_t p = 0;
        double minutes = nearer_table_number(table, row, 2);
        law_ok(seed, nearer_network_find_place(&p, network, nearer_table_text(table, row, 0), err));
        law(seed, minutes == (to_it ? nearer_times_minutes(t, p, place)
                                    : nearer_times_minutes(t, place, p)));
        law(seed, minutes >= before);
        before = minutes;
    }
    nearer_report_free(report);
}

static void times__from_or_to_one_are_a_row_or_a_column(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "reach");
        nearer_query query = at_end_of(year_of(seed));
        query.station_to_station = seed % 2 == 0;
        nearer_times *t = compute(seed, study, query);
        assert_reach(seed, study, &query, t, seed % s.places, false);
        assert_reach(seed, study, &query, t, seed % s.places, true);
        nearer_times_free(t);
        nearer_study_free(study);
    }
}

static void times__are_the_same_bytes_for_any_number_of_threads(void **state)
{
    (void)state;
#ifdef _OPENMP
    nearer_study *study = NULL;
    law_ok(0, nearer_study_read(&study, CHINA_STUDY, err));
    size_t n = nearer_network_places(nearer_study_network(study));
    int before = omp_get_max_threads();
    omp_set_num_threads(1);
    nearer_times *one = compute(0, study, at_end_of(2020));
    static const int threads[] = {2, 5};
    for (size_t i = 0; i < 2; i++) {
        omp_set_num_threads(threads[i]);
        nearer_times *more = compute(0, study, at_end_of(2020));
        assert_memory_equal(nr_times_matrix(one), nr_times_matrix(more), n * n * sizeof(double));
        nearer_times_free(more);
    }
    omp_set_num_threads(before);
    nearer_times_free(one);
    nearer_study_free(study);
#else
    print_message("skipped: built without OpenMP\n");
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times__keep_the_triangle_inequality),
        cmocka_unit_test(times__are_0_to_oneself_and_never_below),
        cmocka_unit_test(times__are_never_lengthened_by_a_new_link),
        cmocka_unit_test(times__are_never_shortened_by_a_closed_link),
        cmocka_unit_test(times__do_not_depend_on_order_and_names),
        cmocka_unit_test(times__are_the_sums_of_their_legs),
        cmocka_unit_test(times__from_or_to_one_are_a_row_or_a_column),
        cmocka_unit_test(times__are_the_same_bytes_for_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
