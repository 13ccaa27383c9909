/* Every engine gives the same minutes as igraph does, to the last bit. */
#include "property/networks.h"

static void assert_engines_agree(uint64_t seed, const nearer_study *study, nearer_query query)
{
    query.engine = "igraph";
    nearer_times *theirs = compute(seed, study, query);
    size_t n = nearer_times_places(theirs);
    static const char *const engines[] = {"dijkstra", "bellman-ford", "hierarchy"};
    for (size_t e = 0; e < 3; e++) {
        query.engine = engines[e];
        nearer_times *ours = compute(seed, study, query);
        law(seed, nearer_times_places(ours) == n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                law(seed, nearer_times_minutes(ours, i, j) == nearer_times_minutes(theirs, i, j));
        nearer_times_free(ours);
    }
    nearer_times_free(theirs);
}

static bool has_rail(const random_study *s)
{
    for (size_t i = 0; i < s->links; i++)
        if (s->link[i].mode == NR_MODE_rail) return true;
    return false;
}

/* Some links of a mode are waited for, others not. */
static void mix_waits(random_study *s)
{
    chance c = {s->seed * 3000017};
    for (size_t i = 0; i < s->links; i++) {
        random_link *l = &s->link[i];
        l->wait_min = l->transfer || draw_once_in(&c, 2) ? NAN : draw_between(&c, 0, 60);
    }
}

static void engines__agree_on_random_networks(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        draw_study(&s, seed);
        if (seed > 200) mix_waits(&s);
        nearer_study *study = read_random_study(&s, "engines");
        nearer_query query = at_end_of(2001 + (int)(seed % 20));
        assert_engines_agree(seed, study, query);
        query.station_to_station = true;
        assert_engines_agree(seed, study, query);
        query.modes = "rail";
        if (has_rail(&s)) assert_engines_agree(seed, study, query);
        query.station_to_station = false;
        if (has_rail(&s)) assert_engines_agree(seed, study, query);
        nearer_study_free(study);
    }
}

static void engines__agree_on_china(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    law_ok(0, nearer_study_read(&study, CHINA_STUDY, err));
    for (int year = 2001; year <= 2020; year += 19) {
        nearer_query query = at_end_of(year);
        assert_engines_agree(0, study, query);
        query.modes = "rail";
        assert_engines_agree(0, study, query);
        query.modes = NULL;
        query.station_to_station = true;
        assert_engines_agree(0, study, query);
    }
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engines__agree_on_random_networks),
        cmocka_unit_test(engines__agree_on_china),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
