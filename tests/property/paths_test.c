/* Laws of paths: what is summed along them, what rides on each link, and which others there are. */
#include "property/networks.h"

#include "graph/alternatives.h"
#include "graph/load.h"
#include "graph/times.h"

enum { NETWORKS = 100 };

static nearer_query query_of(uint64_t seed)
{
    nearer_query query = at_end_of(2001 + (int)(seed % 20));
    query.station_to_station = seed % 3 == 0;
    return query;
}

/* The legs of the fastest trip and what they sum to; INFINITY where there is none. */
typedef struct trip {
    nr_leg *legs;
    size_t count;
    double minutes, sums[NR_SUMS];
} trip;

static trip find_trip(uint64_t seed, const nearer_study *study, const nearer_query *query,
                      size_t from, size_t to)
{
    trip t = {0};
    law_ok(seed, nr_trip_find(&t.legs, &t.count, &t.minutes, nearer_study_network(study), query,
                              from, to, err));
    for (nr_sum s = 0; s < NR_SUMS; s++) {
        t.sums[s] = isinf(t.minutes) ? (double)INFINITY : 0;
        for (size_t k = 0; k < t.count; k++)
            if (t.legs[k].kind == NR_ARC_LINK) t.sums[s] += t.legs[k].sums[s];
    }
    return t;
}

static bool same_or_near(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b || near_to(a, b, 1e-9);
}

/* The matrix of sums holds what the legs of each pair sum to, and so does one to all. */
static void sums__are_those_of_the_legs(void **state)
{
    (void)state;
    static random_study s;
    static double sums[MOST_PLACES * MOST_PLACES];
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "sums");
        const nearer_network *network = nearer_study_network(study);
        nearer_query query = query_of(seed);
        for (nr_sum what = 0; what < NR_SUMS; what++) {
            law_ok(seed, nr_sums_compute(sums, network, &query, what, err));
            for (size_t i = 0; i < s.places; i++)
                for (size_t j = 0; j < s.places; j++) {
                    trip t = find_trip(seed, study, &query, i, j);
                    law(seed, same_or_near(sums[i * s.places + j], t.sums[what]));
                    nr_free(t.legs);
                }
        }
        nearer_study_free(study);
    }
}

/* What a mode carries, pair by pair. */
static size_t count_pairs_on(uint64_t seed, const nearer_study *study, const nearer_query *query,
                             size_t places, uint8_t mode, double *km)
{
    size_t pairs = 0;
    for (size_t i = 0; i < places; i++)
        for (size_t j = 0; j < places; j++) {
            if (i == j) continue;
            trip t = find_trip(seed, study, query, i, j);
            bool rides = false;
            for (size_t k = 0; k < t.count; k++)
                if (t.legs[k].kind == NR_ARC_LINK && t.legs[k].mode == mode) {
                    rides = true;
                    *km += t.legs[k].sums[NR_SUM_LENGTH_KM];
                }
            pairs += rides ? 1 : 0;
            nr_free(t.legs);
        }
    return pairs;
}

/* Loaded with one trip a pair, each mode carries the pairs whose legs ride it, each once, over the
 * kilometres of those legs; and the links carry the same kilometres. */
static void loads__are_those_of_the_legs_of_all_pairs(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "load");
        nearer_query query = query_of(seed);
        nearer_report *report = NULL;
        law_ok(seed, nearer_ask_load(&report, study, &query, NULL, NULL, err));
        const nearer_table *links = nearer_report_table(report, 0),
                           *modes = nearer_report_table(report, 2);
        double all_km = 0, link_km = 0;
        for (size_t row = 0; row < nearer_table_rows(modes); row++) {
            double km = 0;
            uint8_t mode = 0;
            while (strcmp(nr_modes[mode].id, nearer_table_text(modes, row, 0)) != 0) mode++;
            size_t pairs = count_pairs_on(seed, study, &query, s.places, mode, &km);
            law(seed, nearer_table_number(modes, row, 1) == (double)pairs);
            law(seed, near_to(nearer_table_number(modes, row, 3), km, 1e-6));
            all_km += km;
        }
        for (size_t row = 0; row < nearer_table_rows(links); row++)
            link_km += nearer_table_number(links, row, 13);
        law(seed, near_to(link_km, all_km, 1e-6));
        nearer_report_free(report);
        nearer_study_free(study);
    }
}

/* Some node is passed twice by rides. */
static bool passes_twice(const nr_leg *legs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i; k < count; k++)
            if (legs[i].kind == NR_ARC_LINK && legs[k].kind == NR_ARC_LINK &&
                legs[k].to == legs[i].from)
                return true;
    return false;
}

/* The first is the trip; none is faster than the one before it or longer than asked for; their legs
 * sum to their minutes; none rides in a circle. */
static void alternatives__are_trips_in_order(void **state)
{
    (void)state;
    static random_study s;
    size_t others = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        if (s.places < 2) continue;
        nearer_study *study = read_random_study(&s, "ways");
        nearer_query query = query_of(seed);
        size_t from = seed % s.places, to = (from + 1) % s.places;
        trip t = find_trip(seed, study, &query, from, to);
        nr_alternatives ways;
        law_ok(seed, nr_alternatives_find(&ways, nearer_study_network(study), &query, from, to, 6,
                                          50, err));
        law(seed, (ways.count == 0) == isinf(t.minutes));
        law(seed, ways.count <= 6);
        for (size_t i = 0; i < ways.count; i++) {
            const nr_alternative *way = &ways.items[i];
            double sum = 0;
            for (size_t k = 0; k < way->count; k++) sum += way->legs[k].minutes;
            law(seed, near_to(sum, way->minutes, 1e-9));
            law(seed, i > 0 || way->minutes == t.minutes);
            law(seed, i == 0 || way->minutes >= ways.items[i - 1].minutes);
            law(seed, way->minutes <= 1.5 * t.minutes + 1e-9);
            law(seed, i == 0 || !passes_twice(way->legs, way->count));
            others += i > 0 ? 1 : 0;
        }
        nr_alternatives_clear(&ways);
        nr_free(t.legs);
        nearer_study_free(study);
    }
    assert_true(others > NETWORKS); /* the law was put to the test */
}

static bool same_rides(const nearer_network *a_of, const nr_alternative *a,
                       const nearer_network *b_of, const trip *b)
{
    size_t k = 0;
    for (size_t i = 0; i < a->count; i++) {
        if (a->legs[i].kind != NR_ARC_LINK) continue;
        while (k < b->count && b->legs[k].kind != NR_ARC_LINK) k++;
        if (k == b->count) return false;
        const nr_link *x = &a_of->links[a->legs[i].link], *y = &b_of->links[b->legs[k].link];
        if (a->legs[i].from != b->legs[k].from || a->legs[i].to != b->legs[k].to ||
            x->mode != y->mode || x->line != y->line || x->class_id != y->class_id ||
            x->service != y->service)
            return false;
        k++;
    }
    while (k < b->count && b->legs[k].kind != NR_ARC_LINK) k++;
    return k == b->count;
}

/* A link that others can stand in for: with it closed, its ends stay stations of its mode. */
static bool is_dispensable(const random_study *s, size_t link, int year)
{
    const random_link *l = &s->link[link];
    size_t ends = 0;
    for (int end = 0; end < 2; end++) {
        bool served = false;
        for (size_t i = 0; i < s->links; i++) {
            const random_link *o = &s->link[i];
            size_t node = end == 0 ? l->from : l->to;
            served = served ||
                     (i != link && !o->transfer && o->mode == l->mode && o->opened <= year &&
                      (o->closed == 0 || year < o->closed) && (o->from == node || o->to == node));
        }
        ends += served;
    }
    return ends == 2 && l->opened < year && (l->closed == 0 || year < l->closed) && !l->transfer;
}

/* With a link of the fastest way closed, the trip that is then fastest is one of the alternatives,
 * or as fast as one of them. */
static void alternatives__hold_the_trip_with_a_link_closed(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= 4 * NETWORKS; seed++) {
        draw_study(&s, seed);
        int year = 2001 + (int)(seed % 20);
        nearer_query query = query_of(seed);
        if (s.places < 2) continue;
        nearer_study *study = read_random_study(&s, "before");
        trip t = find_trip(seed, study, &query, 0, 1);
        nr_alternatives ways;
        law_ok(seed,
               nr_alternatives_find(&ways, nearer_study_network(study), &query, 0, 1, 2, 200, err));
        for (size_t i = 0; i < s.links; i++) {
            if (isinf(t.minutes) || !is_dispensable(&s, i, year)) continue;
            random_study without = s;
            without.link[i].closed = year;
            nearer_study *after = read_random_study(&without, "after");
            trip other = find_trip(seed, after, &query, 0, 1);
            if (!isinf(other.minutes) && other.minutes <= 3 * t.minutes &&
                !passes_twice(other.legs, other.count) && ways.looked_at == 0 &&
                !same_rides(nearer_study_network(study), &ways.items[0],
                            nearer_study_network(after), &other)) {
                law(seed, ways.count == 2 && ways.items[1].minutes <= other.minutes + 1e-9);
                tried++;
            }
            nr_free(other.legs);
            nearer_study_free(after);
        }
        nr_alternatives_clear(&ways);
        nr_free(t.legs);
        nearer_study_free(study);
    }
    assert_true(tried > 50); /* the law was put to the test */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums__are_those_of_the_legs),
        cmocka_unit_test(loads__are_those_of_the_legs_of_all_pairs),
        cmocka_unit_test(alternatives__are_trips_in_order),
        cmocka_unit_test(alternatives__hold_the_trip_with_a_link_closed),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
