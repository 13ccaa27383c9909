/* Studies told in two ways are one study: a parameter varied afterwards or written into the study
 * file, minutes that change by date or rows that open and close. */
#include "property/networks.h"

#include "study/parameter.h"

enum { NETWORKS = 120 };

/* From every place to every place on the last day of a year, door to door and by stations. */
static void assert_same_times(uint64_t seed, const nearer_network *a, const nearer_network *b,
                              nearer_date date)
{
    for (int station = 0; station < 2; station++) {
        nearer_query query = {.date = date, .station_to_station = station == 1};
        nearer_times *x = NULL, *y = NULL;
        law_ok(seed, nearer_times_compute(&x, a, &query, err));
        law_ok(seed, nearer_times_compute(&y, b, &query, err));
        size_t n = nearer_times_places(x);
        law(seed, nearer_times_places(y) == n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                law(seed,
                    near_to(nearer_times_minutes(x, i, j), nearer_times_minutes(y, i, j), 1e-9));
        nearer_times_free(x);
        nearer_times_free(y);
    }
}

/* ---- parameters ---- */

/* Writes a number in place of the one behind `key` of a mode of the study. */
static void write_number(random_study *s, const char *mode, const char *key, double value)
{
    char wanted[64], number[NR_NUMBER_TEXT], rest[sizeof s->modes];
    snprintf(wanted, sizeof wanted, "\"%s\": {", mode);
    char *at = strstr(s->modes, wanted);
    assert_non_null(at);
    at = strstr(at, key);
    assert_non_null(at);
    at += strlen(key);
    strcpy(rest, at + strcspn(at, ",}"));
    size_t room = sizeof s->modes - (size_t)(at - s->modes);
    assert_true((size_t)snprintf(at, room, "%s%s", nr_format_number(value, number), rest) < room);
}

static void write_parameter(random_study *s, const char *mode, const char *name, double value)
{
    char key[64];
    snprintf(key, sizeof key, "\"%s\": ", name);
    write_number(s, mode, key, value);
}

static void write_class_speed(random_study *s, const char *mode, double value)
{
    write_number(s, mode, "\"classes\": {\"1\": {\"speed_kmh\": ", value);
}

/* Of the mode of one of the links; a dwell of 0 to 4 and a transfer of 5 or more keep their order.
 */
static double draw_value(chance *c, const nr_parameter *p)
{
    if (p == NULL || strstr(p->name, "speed") != NULL) return draw_between(c, 5, 900);
    if (strcmp(p->name, "detour") == 0) return draw_between(c, 1, 4);
    if (strcmp(p->name, "dwell_min") == 0) return draw_between(c, 0, 5);
    return draw_between(c, strcmp(p->name, "transfer_min") == 0 ? 5 : 0, 90);
}

static void variant__is_the_study_read_with_that_value(void **state)
{
    (void)state;
    static random_study s, written;
    /* of draw_modes; detour does not stand there */
    static const char *const names[] = {
        "access_min", "boarding_min", "alighting_min", "egress_min", "headway_min",
        "dwell_min",  "transfer_min", "link_min",      "speed_kmh",  "access_speed_kmh"};
    enum { NAMES = sizeof names / sizeof *names };
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        chance c = {seed ^ 0x5E715171};
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "variants_base");
        nearer_date date = nearer_date_year_end(2001 + (int)(seed % 20));
        for (size_t k = 0; k <= NAMES; k++) {
            const char *mode = nr_modes[s.link[draw_below(&c, s.links)].mode].id;
            char name[64];
            nr_varied varied;
            nr_variant variant;
            snprintf(name, sizeof name, "%s.%s", mode, k < NAMES ? names[k] : "classes.1");
            law_ok(seed, nr_varied_find(&varied, nearer_study_network(study), name, err));
            law(seed, (varied.parameter == NULL) == (k == NAMES));
            double value = draw_value(&c, varied.parameter);
            law_ok(seed, nr_variant_make(&variant, study, &varied, value, err));
            law(seed, nr_varied_value(&variant.network, &varied) == value);
            law(seed, nr_varied_value(nearer_study_network(study), &varied) != value);
            written = s;
            if (k < NAMES)
                write_parameter(&written, mode, names[k], value);
            else
                write_class_speed(&written, mode, value);
            nearer_study *read = read_random_study(&written, "variants_written");
            assert_same_times(seed, nearer_study_network(&variant.study),
                              nearer_study_network(read), date);
            nearer_study_free(read);
            nr_variant_clear(&variant);
        }
        /* the study itself is as it was */
        nearer_study *again = read_random_study(&s, "variants_again");
        assert_same_times(seed, nearer_study_network(study), nearer_study_network(again), date);
        nearer_study_free(again);
        nearer_study_free(study);
    }
}

/* An answer of sensitivity at an end is the answer of compare about the study with that end. */
static void sensitivity__gives_the_index_of_the_study_read_with_that_value(void **state)
{
    (void)state;
    static random_study s, written;
    size_t known = 0;
    for (uint64_t seed = 1; seed <= NETWORKS / 4; seed++) {
        chance c = {seed ^ 0xE11D};
        draw_study(&s, seed);
        const char *mode = nr_modes[s.link[draw_below(&c, s.links)].mode].id;
        double ends[] = {(double)draw_below(&c, 20), (double)(25 + draw_below(&c, 60))};
        char more[200];
        snprintf(more, sizeof more,
                 "\"sensitivity\": [{\"parameter\": \"%s.boarding_min\", \"low\": %g, "
                 "\"high\": %g, \"basis\": \"drawn\"}]",
                 mode, ends[0], ends[1]);
        nearer_study *study = tell_study(&s, "variants_asked", more, &(telling){NULL, "place"});
        nearer_query query = {0};
        nearer_report *report = NULL;
        nearer_date before = nearer_date_year_end(1995), after = nearer_date_year_end(2020);
        law_ok(seed, nearer_ask_sensitivity(&report, study, &query, before, after, "people", err));
        const nearer_table *t = report_table(report, "sensitivity");
        law(seed, nearer_table_rows(t) == 1);
        for (int end = 0; end < 2; end++) {
            written = s;
            write_parameter(&written, mode, "boarding_min", ends[end]);
            nearer_study *read = read_random_study(&written, "variants_end");
            nearer_report *compared = NULL;
            const nearer_measure_spec spec = {
                .measure = "mean_time", .mass = "people", .cutoff_min = NAN, .own_min = NAN};
            law_ok(seed, nearer_ask_compare(&compared, read, &query, before, after, &spec, err));
            const nearer_table *index = report_table(compared, "index");
            double expected = cell(index, 0, "compression_index");
            law(seed,
                near_to(cell(t, 0, end == 0 ? "index_at_low" : "index_at_high"), expected, 1e-12));
            known += isnan(expected) ? 0 : 1;
            nearer_report_free(compared);
            nearer_study_free(read);
        }
        nearer_report_free(report);
        nearer_study_free(study);
    }
    assert_true(known > NETWORKS / 8);
}

/* ---- minutes that change ---- */

enum { MOST_ROWS = 200 };

/* One link's minutes from a year on; the first row of a link has no year. */
typedef struct timed_row {
    const random_link *link;
    size_t number; /* of the link: its line */
    int valid_from, until;
    double minutes;
    bool turned; /* told from its other end */
} timed_row;

/* A link of the study given one to four stretches of minutes within its life. */
static size_t draw_rows(timed_row *rows, chance *c, const random_study *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->links && n + 4 <= MOST_ROWS; i++) {
        const random_link *l = &s->link[i];
        int year = l->opened == 0 ? 1985 : l->opened, end = l->closed == 0 ? 2040 : l->closed;
        size_t first = n;
        for (size_t k = draw_below(c, 4);; k--) {
            rows[n] = (timed_row){.link = l, .number = i, .until = l->closed};
            rows[n].valid_from = n == first ? 0 : year;
            rows[n].minutes = draw_between(c, 1, 300);
            rows[n++].turned = !l->oneway && draw_once_in(c, 2);
            year += 1 + (int)draw_below(c, 12);
            if (k == 0 || year >= end) break;
            rows[n - 1].until = year;
        }
    }
    return n;
}

static void shuffle_rows(timed_row *rows, size_t n, chance *c)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = draw_below(c, i);
        timed_row kept = rows[i - 1];
        rows[i - 1] = rows[k];
        rows[k] = kept;
    }
}

/* Tells the rows of one mode, with valid_from or with the days they open and close. */
static void tell_rows(char *table, size_t size, const random_study *s, const timed_row *rows,
                      size_t n, size_t mode, bool by_hand)
{
    char line[300], a[32], b[32], minutes[NR_NUMBER_TEXT], opened[16], closed[16], valid[16];
    static const telling plain = {NULL, "place"};
    snprintf(table, size, "from,to,minutes,line,class,service,oneway,opened,closed%s\n",
             by_hand ? "" : ",valid_from");
    for (size_t i = 0; i < n; i++) {
        const timed_row *r = &rows[i];
        const random_link *l = r->link;
        if (l->mode != mode) continue;
        int first = by_hand && r->valid_from != 0 ? r->valid_from : l->opened;
        snprintf(line, sizeof line, "%s,%s,%s,L%zu,%d,%d,%s,%s,%s%s%s\n",
                 node_id(a, s, r->turned ? l->to : l->from, &plain),
                 node_id(b, s, r->turned ? l->from : l->to, &plain),
                 nr_format_number(r->minutes, minutes), r->number, l->kind, l->service,
                 l->oneway ? "yes" : "", number_or_nothing(opened, first),
                 number_or_nothing(closed, by_hand ? r->until : l->closed), by_hand ? "" : ",",
                 by_hand ? "" : number_or_nothing(valid, r->valid_from));
        add_line(table, size, line);
    }
}

static nearer_study *read_rows(const random_study *s, const timed_row *rows, size_t n,
                               const char *name, bool by_hand)
{
    static char places[4000], nodes[4000], links[4][40000];
    char line[200], id[32], a[NR_NUMBER_TEXT], b[NR_NUMBER_TEXT];
    const char *tables[4] = {NULL};
    strcpy(places, "id,lon_deg,lat_deg\n");
    strcpy(nodes, places);
    for (size_t i = 0; i < s->nodes; i++) {
        snprintf(line, sizeof line, "%s,%s,%s\n", node_id(id, s, i, &(telling){NULL, "place"}),
                 nr_format_number(s->lon[i], a), nr_format_number(s->lat[i], b));
        add_line(i < s->places ? places : nodes, 4000, line);
    }
    for (size_t i = 0; i < n; i++) {
        size_t mode = rows[i].link->mode;
        if (tables[mode] != NULL) continue;
        tell_rows(links[mode], sizeof links[mode], s, rows, n, mode, by_hand);
        tables[mode] = links[mode];
    }
    const drawn d = {.places = places,
                     .modes = s->modes,
                     .nodes = nodes,
                     .rail = tables[0],
                     .road = tables[1],
                     .air = tables[2],
                     .water = tables[3]};
    nearer_study *study = NULL;
    law_ok(s->seed, nearer_study_read(&study, drawn_write(name, &d), err));
    return study;
}

static void revised_links__are_links_that_open_and_close(void **state)
{
    (void)state;
    static random_study s;
    static timed_row rows[MOST_ROWS];
    size_t revised = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        chance c = {seed ^ 0x12E715ED};
        draw_study(&s, seed);
        size_t n = draw_rows(rows, &c, &s);
        nearer_study *by_hand = read_rows(&s, rows, n, "revised_hand", true);
        shuffle_rows(rows, n, &c);
        nearer_study *dated = read_rows(&s, rows, n, "revised_dated", false);
        const nearer_network *network = nearer_study_network(dated);
        law(seed, network->link_count == n);
        for (size_t i = 0; i < n; i++) revised += network->links[i].revised;
        for (int year = 1984; year <= 2042; year += 3) {
            nearer_date end = nearer_date_year_end(year);
            assert_same_times(seed, nearer_study_network(dated), nearer_study_network(by_hand),
                              end);
            if (year % 2 == 0) /* the day before */
                assert_same_times(seed, nearer_study_network(dated), nearer_study_network(by_hand),
                                  end - 1);
        }
        nearer_study_free(dated);
        nearer_study_free(by_hand);
    }
    assert_true(revised > 10 * NETWORKS); /* the law was put to the test */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variant__is_the_study_read_with_that_value),
        cmocka_unit_test(sensitivity__gives_the_index_of_the_study_read_with_that_value),
        cmocka_unit_test(revised_links__are_links_that_open_and_close),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
