/* Laws of scenarios. */
#include "property/networks.h"

#include "graph/times.h"

enum { NETWORKS = 100 };

static nearer_study *read_under(const random_study *s, const char *name, const char *scenario)
{
    nearer_study *study = NULL, *plain = read_random_study(s, name); /* writes its files */
    char path[100];
    const char *const scenarios[] = {write_file("scenario.json", scenario)};
    nearer_study_free(plain);
    snprintf(path, sizeof path, "%s.json", name);
    law_ok(s->seed, nearer_study_read_under(&study, path, scenarios, 1, err));
    return study;
}

static void assert_same_times(uint64_t seed, const nearer_study *a, const nearer_study *b, int year)
{
    for (int station = 0; station < 2; station++) {
        nearer_query query = at_end_of(year);
        query.station_to_station = station == 1;
        nearer_times *s = compute(seed, a, query), *t = compute(seed, b, query);
        size_t n = nearer_times_places(s);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                law(seed, nearer_times_minutes(s, i, j) == nearer_times_minutes(t, i, j));
        nearer_times_free(s);
        nearer_times_free(t);
    }
}

static int year_of(uint64_t seed)
{
    return 2001 + (int)(seed % 20);
}

/* A line that a scenario builds is what it would be as rows of the layer's own table. */
static void build__is_as_if_the_table_had_the_links(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        char scenario[600], from[32], to[32];
        draw_study(&s, seed);
        chance c = {seed ^ 0x5CE7A210};
        random_link l = {.mode = s.link[0].mode, .length_km = NAN, .wait_min = NAN};
        const telling as = {NULL, "place"};
        l.from = draw_below(&c, s.nodes);
        l.to = draw_below(&c, s.nodes);
        l.minutes = (double)(1 + draw_below(&c, 100));
        l.line = 1 + (int)draw_below(&c, 2);
        l.kind = 1 + (int)draw_below(&c, 2);
        l.service = 1 + (int)draw_below(&c, 3);
        if (l.from == l.to) continue;
        static const char *const modes[] = {"rail", "road", "air", "water"};
        snprintf(
            scenario, sizeof scenario,
            "{\"build\": [{\"line\": \"%d\", \"class\": \"%d\", \"service\": \"%d\", \"mode\": "
            "\"%s\", \"stops\": [\"%s\", \"%s\"], \"minutes\": [%g]}]}",
            l.line, l.kind, l.service, modes[l.mode], node_id(from, &s, l.from, &as),
            node_id(to, &s, l.to, &as), l.minutes);
        bool waited = false; /* links of the mode are waited for, all of them: none may join */
        for (size_t i = 0; i < s.links; i++)
            waited = waited || (s.link[i].mode == l.mode && !isnan(s.link[i].wait_min));
        if (waited) continue;
        nearer_study *built = read_under(&s, "built", scenario);
        random_study with = s;
        with.link[with.links++] = l;
        nearer_study *told = read_random_study(&with, "told");
        assert_same_times(seed, built, told, year_of(seed));
        nearer_study_free(built);
        nearer_study_free(told);
        tried++;
    }
    assert_true(tried > NETWORKS / 3);
}

/* What a scenario closes is as if the table had closed it by that day. */
static void close__is_as_if_the_table_had_closed_the_links(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        char scenario[200];
        draw_study(&s, seed);
        int line = s.link[0].line, year = year_of(seed);
        random_study without = s;
        bool possible = line != 0;
        for (size_t i = 0; i < s.links; i++) {
            random_link *l = &without.link[i];
            if (l->line != line || l->opened > year || (l->closed != 0 && l->closed <= year))
                continue;
            possible = possible && l->opened < year; /* not on the day it opened */
            l->closed = year;
        }
        if (!possible) continue;
        snprintf(scenario, sizeof scenario, "{\"close\": [{\"line\": \"%d\"}]}", line);
        nearer_study *closed = read_under(&s, "closed", scenario);
        nearer_study *told = read_random_study(&without, "gone");
        assert_same_times(seed, closed, told, year);
        nearer_study_free(closed);
        nearer_study_free(told);
        tried++;
    }
    assert_true(tried > NETWORKS / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(build__is_as_if_the_table_had_the_links),
        cmocka_unit_test(close__is_as_if_the_table_had_closed_the_links),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
