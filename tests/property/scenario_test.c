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

static const char *const mode_ids[] = {"rail", "road", "air", "water"};

enum { MOST_STOPS = 4, MOST_VERTICES = 3 * MOST_STOPS };

/* A line over a map, from place to place. */
typedef struct line {
    size_t stops[MOST_STOPS], stop_count, vertex_count;
    nr_lonlat vertices[MOST_VERTICES];
    double km[MOST_STOPS]; /* drawn from the stop before */
} line;

/* Between two stops the drawing bends once or twice. */
static void draw_line(line *l, const random_study *s, chance *c)
{
    *l = (line){.stop_count = 2 + draw_below(c, MOST_STOPS - 1)};
    for (size_t k = 0; k < l->stop_count; k++) {
        do l->stops[k] = draw_below(c, s->places);
        while (k > 0 && l->stops[k] == l->stops[k - 1]);
        for (size_t bend = draw_below(c, 2) + 1; k > 0 && bend > 0; bend--) {
            nr_lonlat at = {draw_between(c, 90, 95),
                            draw_between(c, 28, 33)}; /* no node is there */
            l->vertices[l->vertex_count++] = at;
        }
        l->vertices[l->vertex_count++] = (nr_lonlat){s->lon[l->stops[k]], s->lat[l->stops[k]]};
    }
    size_t stop = 0;
    for (size_t i = 1; i < l->vertex_count; i++) {
        if (l->vertices[i - 1].lon > 95) stop++;
        l->km[stop] += nr_geodesic_km(l->vertices[i - 1], l->vertices[i]);
    }
}

/* As the drawing has it, or the other way round with its stops named. */
static void write_drawn(char *out, size_t size, const random_study *s, const line *l, size_t mode,
                        const char *what, bool named)
{
    const telling as = {NULL, "place"};
    char id[32];
    bool turned = named && l->stops[0] != l->stops[l->stop_count - 1]; /* a loop has no direction */
    size_t n = (size_t)snprintf(out, size,
                                "{\"type\": \"FeatureCollection\", \"snap_km\": 0.01, "
                                "\"features\": [{\"type\": \"Feature\", \"properties\": {\"line\": "
                                "\"new\", \"mode\": \"%s\", %s",
                                mode_ids[mode], what);
    for (size_t k = 0; named && k < l->stop_count; k++)
        n += (size_t)snprintf(out + n, size - n, "%s%s%s", k == 0 ? ", \"stops\": \"" : "; ",
                              node_id(id, s, l->stops[k], &as), k + 1 == l->stop_count ? "\"" : "");
    n += (size_t)snprintf(out + n, size - n,
                          "}, \"geometry\": {\"type\": \"LineString\", \"coordinates\": [");
    for (size_t i = 0; i < l->vertex_count; i++) {
        nr_lonlat v = l->vertices[turned ? l->vertex_count - 1 - i : i];
        n += (size_t)snprintf(out + n, size - n, "%s[%.17g, %.17g]", i == 0 ? "" : ", ", v.lon,
                              v.lat);
    }
    n += (size_t)snprintf(out + n, size - n, "]}}]}");
    assert_true(n < size);
}

static void write_told(char *out, size_t size, const random_study *s, const line *l, size_t mode,
                       const char *what)
{
    const telling as = {NULL, "place"};
    char id[32];
    size_t n = (size_t)snprintf(out, size, "{\"build\": [{\"line\": \"new\", \"mode\": \"%s\", %s",
                                mode_ids[mode], what);
    for (size_t k = 0; k < l->stop_count; k++)
        n += (size_t)snprintf(out + n, size - n, "%s\"%s\"", k == 0 ? ", \"stops\": [" : ", ",
                              node_id(id, s, l->stops[k], &as));
    n += (size_t)snprintf(out + n, size - n, "]}]}");
    assert_true(n < size);
}

/* Minutes of the sections by what is drawn, as a list; those of a run besides. */
static void list_minutes(char *out, size_t size, const line *l, double speed_kmh, double run_min)
{
    size_t n = (size_t)snprintf(out, size, "\"minutes\": [");
    for (size_t k = 1; k < l->stop_count; k++)
        n += (size_t)snprintf(out + n, size - n, "%s%.17g", k == 1 ? "" : ", ",
                              l->km[k] / speed_kmh * 60 + run_min);
    snprintf(out + n, size - n, "]");
}

/* A line that is drawn, with or without its stops, is the line whose stops and minutes are told. */
static void features__are_the_lines_they_draw(void **state)
{
    (void)state;
    static random_study s;
    static char scenario[4000], what[400];
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        if (s.places < 2) continue;
        chance c = {seed ^ 0xD2A3F1};
        line l;
        draw_line(&l, &s, &c);
        size_t mode = s.link[0].mode;
        double speed = (double)(20 + draw_below(&c, 300));
        snprintf(what, sizeof what, "\"speed_kmh\": \"%g\"", speed);
        write_drawn(scenario, sizeof scenario, &s, &l, mode, what, draw_once_in(&c, 2));
        nearer_study *shown = read_under(&s, "shown", scenario);
        double run_min = nearer_study_network(shown)->modes[mode].parameters.link_min;
        list_minutes(what, sizeof what, &l, speed, run_min);
        write_told(scenario, sizeof scenario, &s, &l, mode, what);
        nearer_study *told = read_under(&s, "named", scenario);
        assert_same_times(seed, shown, told, year_of(seed));
        nearer_study_free(shown);
        nearer_study_free(told);
        tried++;
    }
    assert_true(tried > NETWORKS / 2);
}

static bool runs_between(const random_link *l, const random_link *first)
{
    return l->line == first->line && l->mode == first->mode && !l->transfer &&
           ((l->from == first->from && l->to == first->to) ||
            (l->from == first->to && l->to == first->from));
}

/* A stop that a scenario adds is as if the table had both parts of each link in its place. */
static void extend__is_as_if_the_table_had_the_parts(void **state)
{
    (void)state;
    static random_study s, with;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        char scenario[400], from[32], to[32], at[32];
        const telling as = {NULL, "place"};
        draw_study(&s, seed);
        chance c = {seed ^ 0xE47E17D};
        const random_link *first = &s.link[0];
        size_t stop = draw_below(&c, s.nodes);
        double minutes[] = {(double)(1 + draw_below(&c, 100)), (double)(1 + draw_below(&c, 100))};
        if (first->line == 0 || first->from == first->to || stop == first->from ||
            stop == first->to || 2 * s.links > MOST_LINKS)
            continue;
        snprintf(scenario, sizeof scenario,
                 "{\"extend\": [{\"line\": \"%d\", \"mode\": \"%s\", \"stop\": \"%s\", "
                 "\"between\": [\"%s\", \"%s\"], \"minutes\": [%g, %g]}]}",
                 first->line, mode_ids[first->mode], node_id(at, &s, stop, &as),
                 node_id(from, &s, first->from, &as), node_id(to, &s, first->to, &as), minutes[0],
                 minutes[1]);
        with = s;
        with.links = 0;
        for (size_t i = 0; i < s.links; i++) {
            random_link whole = s.link[i], part = whole;
            bool forth = whole.from == first->from;
            if (!runs_between(&whole, first)) {
                with.link[with.links++] = whole;
                continue;
            }
            part.length_km = NAN;
            part.to = stop;
            part.minutes = minutes[forth ? 0 : 1];
            with.link[with.links++] = part;
            part.from = stop;
            part.to = whole.to;
            part.minutes = minutes[forth ? 1 : 0];
            with.link[with.links++] = part;
        }
        nearer_study *extended = read_under(&s, "extended", scenario);
        nearer_study *told = read_random_study(&with, "parted");
        assert_same_times(seed, extended, told, year_of(seed));
        nearer_study_free(extended);
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
        cmocka_unit_test(features__are_the_lines_they_draw),
        cmocka_unit_test(extend__is_as_if_the_table_had_the_parts),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
