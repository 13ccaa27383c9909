#include "cases/drawn.h"

#include "study/planned.h"

static nearer_error err;

/* Six places on a road, an hour from one to the next; five railway lines were planned, of which a
 * direct one of three and one with a stop of two opened, the latter on the last day. */
static const drawn six = {.places =
                              "id,lon_deg,lat_deg\na,0,0\nb,1,0\nc,2,0\nd,3,0\ne,4,0\nf,5,0\n",
                          .road = "from,to,minutes\na,b,60\nb,c,60\nc,d,60\nd,e,60\ne,f,60\n"};
static const char planned_lines[] =
    "{\"build\": ["
    "{\"line\": \"ac\", \"mode\": \"rail\", \"stops\": [\"a\", \"c\"], \"minutes\": [15], "
    "\"opened\": \"2009-05\"},"
    "{\"line\": \"bd\", \"mode\": \"rail\", \"stops\": [\"b\", \"d\"], \"minutes\": [20]},"
    "{\"line\": \"ae\", \"mode\": \"rail\", \"stops\": [\"a\", \"e\"], \"minutes\": [25], "
    "\"opened\": \"2021\"},"
    "{\"line\": \"acf\", \"mode\": \"rail\", \"stops\": [\"a\", \"c\", \"f\"], "
    "\"minutes\": [15, 30], \"opened\": \"2020-12-31\"},"
    "{\"line\": \"bdf\", \"mode\": \"rail\", \"stops\": [\"b\", \"d\", \"f\"], "
    "\"minutes\": [20, 20]},"
    "{\"line\": \"old\", \"mode\": \"rail\", \"stops\": [\"a\", \"b\"], \"minutes\": [10], "
    "\"opened\": \"1999\"}]}";
static const nearer_measure_spec mean_time = {
    .measure = "mean_time", .cutoff_min = NAN, .own_min = NAN};

typedef struct plans {
    nearer_study *study, *planned;
    nr_planned found;
} plans;

static void read_plans(plans *p)
{
    static const char *const file = "planned_lines.json";
    write_file(file, planned_lines);
    p->study = drawn_read("planned", &six);
    p->planned = NULL;
    assert_ok(nearer_study_read_under(&p->planned, "planned.json", &file, 1, &err));
}

static void find(plans *p, size_t draws, const size_t *bands, size_t band_count)
{
    const nearer_growth_spec what = {
        .planned = p->planned, .draws = draws, .seed = 7, .bands = bands, .band_count = band_count};
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    assert_ok(nr_planned_find(&p->found, p->study, &query, &mean_time, &what, &err));
}

static void clear(plans *p)
{
    nr_planned_clear(&p->found);
    nearer_study_free(p->study);
    nearer_study_free(p->planned);
}

static size_t open_in(const nr_planned *p, size_t draw, size_t stratum)
{
    size_t open = 0;
    for (size_t k = 0; k < p->count; k++)
        open += p->stratum[k] == stratum && p->open[draw * p->count + k] ? 1 : 0;
    return open;
}

static void find__looks_at_each_arrangement_once(void **state)
{
    (void)state;
    plans p;
    read_plans(&p);
    find(&p, 100, NULL, 0);
    const nr_planned *f = &p.found;
    assert_int_equal(f->count, 5);
    assert_int_equal(f->opened, 2);
    assert_int_equal(f->opened_before, 1);
    assert_int_equal(f->strata_count, 2);
    assert_true(f->all && f->draws == 6 && f->arrangements == 6);
    assert_true(f->open[0] && !f->open[1] && !f->open[2] && f->open[3] && !f->open[4]);
    for (size_t d = 0; d < f->draws; d++) {
        assert_int_equal(open_in(f, d, 0), 1);
        assert_int_equal(open_in(f, d, 1), 1);
        for (size_t other = 0; other < d; other++)
            assert_true(memcmp(f->open + d * f->count, f->open + other * f->count,
                               f->count * sizeof *f->open) != 0);
    }
    clear(&p);
}

/* In one band two of five lines open: 10 arrangements. */
static void find__exchanges_lines_of_a_band(void **state)
{
    (void)state;
    static const size_t bands[] = {2};
    plans p;
    read_plans(&p);
    find(&p, 100, bands, 1);
    assert_int_equal(p.found.strata_count, 1);
    assert_int_equal(p.found.strata[0].least, 1);
    assert_int_equal(p.found.strata[0].most, 2);
    assert_true(p.found.all && p.found.draws == 10);
    for (size_t d = 0; d < 10; d++) assert_int_equal(open_in(&p.found, d, 0), 2);
    clear(&p);
}

/* Too many to look at all: what opened, and as many by chance as asked for, the same for the seed.
 */
static void find__draws_by_chance_where_there_are_too_many(void **state)
{
    (void)state;
    plans p, again;
    read_plans(&p);
    find(&p, 3, NULL, 0);
    assert_true(!p.found.all && p.found.draws == 4);
    assert_true(p.found.open[0] && p.found.open[3]);
    for (size_t d = 0; d < 4; d++) assert_int_equal(open_in(&p.found, d, 0), 1);
    read_plans(&again);
    find(&again, 3, NULL, 0);
    assert_memory_equal(again.found.gain, p.found.gain, 4 * 6 * sizeof(double));
    clear(&again);
    clear(&p);
}

/* Of a study with links in the place of the lines, computed whole. */
static void gain__is_that_of_the_network_with_the_lines(void **state)
{
    (void)state;
    plans p;
    read_plans(&p);
    find(&p, 100, NULL, 0);
    drawn built = six;
    built.rail = "from,to,minutes,line,service\n"
                 "a,c,15,ac,1\n"
                 "a,c,15,acf,2\nc,f,30,acf,2\n";
    nearer_study *study = drawn_read("planned_built", &built);
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    double before[6], after[6], sum[6] = {0};
    assert_ok(nr_study_scores(before, p.study, &query, &mean_time, &err));
    assert_ok(nr_study_scores(after, study, &query, &mean_time, &err));
    for (size_t i = 0; i < 6; i++) {
        assert_near(p.found.gain[i], -log(after[i] / before[i]), 1e-9);
        assert_true(p.found.gain[i] > 0);
        for (size_t d = 0; d < 6; d++) sum[i] += p.found.gain[d * 6 + i] / 6;
        assert_near(p.found.expected[i], sum[i], 1e-12);
    }
    nearer_study_free(study);
    clear(&p);
}

static void find__needs_lines_to_exchange(void **state)
{
    (void)state;
    plans p;
    read_plans(&p);
    static const char *const file = "planned_one.json";
    write_file(file,
               "{\"build\": [{\"line\": \"ac\", \"mode\": \"rail\", \"stops\": [\"a\", \"c\"], "
               "\"minutes\": [15], \"opened\": \"2009\"}, {\"line\": \"bdf\", \"mode\": "
               "\"rail\", \"stops\": [\"b\", \"d\", \"f\"], \"minutes\": [20, 20]}]}");
    nearer_study *one = NULL;
    assert_ok(nearer_study_read_under(&one, "planned.json", &file, 1, &err));
    nearer_growth_spec what = {.planned = one, .draws = 10};
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    assert_fails(nr_planned_find(&p.found, p.study, &query, &mean_time, &what, &err), NEARER_NODATA,
                 "nothing can be exchanged");
    nr_planned_clear(&p.found);
    write_file(file,
               "{\"build\": [{\"line\": \"ac\", \"mode\": \"rail\", \"stops\": [\"a\", \"c\"], "
               "\"minutes\": [15], \"opened\": \"2009\"}]}");
    nearer_study_free(one);
    assert_ok(nearer_study_read_under(&one, "planned.json", &file, 1, &err));
    what.planned = one;
    assert_fails(nr_planned_find(&p.found, p.study, &query, &mean_time, &what, &err), NEARER_NODATA,
                 "1 of 1 planned lines opened");
    nearer_study_free(one);
    clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find__looks_at_each_arrangement_once),
        cmocka_unit_test(find__exchanges_lines_of_a_band),
        cmocka_unit_test(find__draws_by_chance_where_there_are_too_many),
        cmocka_unit_test(gain__is_that_of_the_network_with_the_lines),
        cmocka_unit_test(find__needs_lines_to_exchange),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
