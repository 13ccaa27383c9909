/* Times that another program computed, in each form they come in. The same three places and times
 * throughout, minutes:
 *
 *        to  a    b    c     people
 *   from a   -   30   90       100
 *   from b  40    -   60        50
 *   from c  80    -    -        10     c does not reach b
 */
#include "cases/drawn.h"
#include "tables.h"

static nearer_error err;

#define PLACES "given_places.csv"
static const char places[] =
    "id,name,people,side\na,Aton,100,west\nb,Bedon,50,west\nc,Ceton,10,east\n";

static const double expected[3][3] = {{0, 30, 90}, {40, 0, 60}, {80, (double)INFINITY, 0}};

static nearer_status read_times(nearer_study **out, const nearer_given_times *given)
{
    write_file(PLACES, places);
    nearer_given_times whole = *given;
    whole.places = PLACES;
    if (whole.minutes_per_unit == 0) whole.minutes_per_unit = 1;
    return nearer_study_of_times(out, &whole, &err);
}

static nearer_study *times_of(const nearer_given_times *given)
{
    nearer_study *study = NULL;
    assert_ok(read_times(&study, given));
    return study;
}

static void assert_minutes(const char *what, const nearer_study *study, const double wanted[3][3])
{
    const nearer_query query = {.date = NEARER_GIVEN};
    nearer_times *times = NULL;
    assert_ok(nearer_times_compute(&times, nearer_study_network(study), &query, &err));
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            if (!near_to(nearer_times_minutes(times, i, j), wanted[i][j], 1e-9))
                fail_msg("%s: %zu to %zu takes %g minutes, not %g", what, i, j,
                         nearer_times_minutes(times, i, j), wanted[i][j]);
    nearer_times_free(times);
}

static void times__are_the_same_in_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *what, *name, *text, *column, *format;
        double unit;
    } cases[] = {
        {"pairs", "given.csv",
         "from_id,to_id,travel_time\na,b,30\na,c,90\nb,a,40\nb,c,60\nc,a,80\n", NULL, NULL, 0},
        {"pairs in any order, with the ways to themselves", "given.csv",
         "to_id,travel_time,from_id\nc,60,b\nb,0,b\na,80,c\nc,90,a\na,40,b\nb,30,a\n", NULL, NULL,
         0},
        {"the words of other programs", "given.csv",
         "origin;destination;minutes;mode\na;b;30;x\na;c;90;x\nb;a;40;x\nb;c;60;x\nc;a;80;x\n"
         "c;b;NA;x\n",
         NULL, NULL, 0},
        {"from and to, and the only other column", "given.csv",
         "from,to,t\na,b,30\na,c,90\nb,a,40\nb,c,60\nc,a,80\nc,b,\n", NULL, NULL, 0},
        {"the only other column first", "given.csv",
         "t,from,to\n30,a,b\n90,a,c\n40,b,a\n60,b,c\n80,c,a\nNaN,c,b\n", NULL, NULL, 0},
        {"a column by name", "given.csv",
         "from_id,to_id,travel_time,p90\na,b,1,30\na,c,1,90\nb,a,1,40\nb,c,1,60\nc,a,1,80\n"
         "c,b,1,null\n",
         "p90", NULL, 0},
        {"r5r", "given.csv",
         "from_id,to_id,travel_time_p50,x,y\na,b,30,,\na,c,90,,\nb,a,40,,\nb,c,60,,\nc,a,80,,\n"
         "c,b,None,,\n",
         NULL, NULL, 0},
        {"seconds", "given.csv",
         "from_id,to_id,travel_time\na,b,1800\na,c,5400\nb,a,2400\nb,c,3600\nc,a,4800\nc,b,inf\n",
         NULL, NULL, 1 / 60.0},
        {"hours", "given.csv",
         "from_id,to_id,travel_time\na,b,0.5\na,c,1.5\nb,a,0.6666666666666666\nb,c,1\n"
         "c,a,1.3333333333333333\n",
         NULL, NULL, 60},
        {"places of another study among them", "given.csv",
         "from_id,to_id,travel_time\na,b,30\nz,b,1\na,c,90\na,z,x\nb,a,40\nb,c,60\nc,a,80\n", NULL,
         NULL, 0},
        {"rows and columns of places", "given.csv", "id,a,b,c\na,0,30,90\nb,40,0,60\nc,80,NA,0\n",
         NULL, NULL, 0},
        {"rows and columns in other orders", "given.csv",
         "x,z,c,a,b\nc,7,0,80,\nz,7,7,7,7\na,7,90,,30\nb,7,60,40,\n", NULL, NULL, 0},
        {"OSRM's seconds", "given.txt",
         "{\"code\": \"Ok\", \"durations\": [[0,1800,5400],[2400,0,3600],[4800,null,0]]}", NULL,
         "osrm", 0},
        {"tabs", "given.tsv",
         "from_id\tto_id\tvalue\na\tb\t30\na\tc\t90\nb\ta\t40\nb\tc\t60\nc\ta\t80\n", NULL, NULL,
         0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nearer_given_times given = {.times = write_file(cases[i].name, cases[i].text),
                                          .column = cases[i].column,
                                          .minutes_per_unit = cases[i].unit,
                                          .how = {.format = cases[i].format}};
        nearer_study *study = NULL;
        nearer_status status = read_times(&study, &given);
        if (status != NEARER_OK) fail_msg("%s: %s", cases[i].what, err.message);
        assert_minutes(cases[i].what, study, expected);
        nearer_study_free(study);
    }
}

/* A NumPy file of the specification, byte by byte: 3 x 3 whole numbers of one byte, 255 for no way
 * cannot be told from a time, so floats: nan. */
static void times__of_numpy_are_in_the_places_order(void **state)
{
    (void)state;
    static const char head[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }";
    float numbers[9] = {0, 30, 90, 40, 0, 60, 80, NAN, 0};
    unsigned char bytes[10 + sizeof head - 1 + sizeof numbers] = "\x93NUMPY\x01";
    bytes[8] = sizeof head - 1;
    memcpy(bytes + 10, head, sizeof head - 1);
    memcpy(bytes + 10 + sizeof head - 1, numbers, sizeof numbers);
    const nearer_given_times given = {.times = write_bytes("given.npy", bytes, sizeof bytes)};
    nearer_study *study = times_of(&given);
    assert_minutes("npy", study, expected);
    nearer_study_free(study);
}

#ifdef NEARER_OMX
/* Ids in another order than the places', and a second matrix. */
static void times__of_an_open_matrix_go_by_its_ids(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    write_file("given_pairs.csv", "from_id,to_id,km,travel_time\nc,a,1,80\nb,c,2,60\nb,a,3,40\n"
                                  "a,b,4,30\na,c,5,90\n");
    assert_ok(nearer_table_read(&table, "given_pairs.csv", NULL, &err));
    assert_ok(nearer_table_write(table, "given.omx", &err));
    nearer_table_free(table);
    const nearer_given_times given = {.times = "given.omx"};
    nearer_study *study = times_of(&given);
    assert_minutes("omx", study, expected);
    nearer_study_free(study);
}
#endif

static void times__that_are_wrong_are_refused(void **state)
{
    (void)state;
    static const char npy[] = "\x93NUMPY\x01\x00\x3B\x00{'descr': '|u1', 'fortran_order': False, "
                              "'shape': (4, 4), }\0\1\1\1\1\0\1\1\1\1\0\1\1\1\1\0";
    static const struct {
        const char *text, *column, *format;
        nearer_status status;
        const char *part;
    } cases[] = {
        {"from_id,to_id,travel_time\na,b,30\nb,a,4\na,b,31\n", NULL, NULL, NEARER_VALUE,
         "given_bad.csv:4: the pair a, b stands twice"},
        {"id,a,b\na,0,3\na,0,4\n", NULL, NULL, NEARER_VALUE,
         "given_bad.csv:3: the pair a, a stands twice"},
        {"from_id,to_id,travel_time\na,b,-3\n", NULL, NULL, NEARER_VALUE,
         "given_bad.csv:2: travel_time from a to b is -3, a time of 0 or more was expected"},
        {"from_id,to_id,travel_time\na,b,soon\n", NULL, NULL, NEARER_VALUE,
         "given_bad.csv:2: travel_time is 'soon'"},
        {"from_id,to_id,travel_time\nx,y,3\n", NULL, NULL, NEARER_NAME,
         "given_bad.csv: no row names two places of given_places.csv"},
        {"what,ever\n1,2\n", NULL, NULL, NEARER_NAME, "no row names two places"},
        {"from_id,to_id,p50,p90\na,b,3,4\n", NULL, NULL, NEARER_NAME,
         "given_bad.csv: no column is named as one that holds times"},
        {"from_id,to_id,travel_time\na,b,3\n", "travel_tme", NULL, NEARER_NAME,
         "given_bad.csv: no column 'travel_tme'; did you mean 'travel_time'?"},
        {"{\"durations\": [[0,1,1,1],[1,0,1,1],[1,1,0,1],[1,1,1,0]]}", NULL, "osrm", NEARER_VALUE,
         "given_bad.csv: it has 4 rows and 4 columns; the places are 3, and a matrix without ids "
         "must "
         "have as many of both, in their order"},
        {"", NULL, NULL, NEARER_SYNTAX, "given_bad.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nearer_given_times given = {.times = write_file("given_bad.csv", cases[i].text),
                                          .column = cases[i].column,
                                          .how = {.format = cases[i].format}};
        nearer_study *study = NULL;
        nearer_status status = read_times(&study, &given);
        if (status != cases[i].status || strstr(err.message, cases[i].part) == NULL)
            fail_msg("case %zu: %d, '%s' lacks '%s'", i, (int)status,
                     status == NEARER_OK ? "" : err.message, cases[i].part);
        assert_null(study);
    }
    const nearer_given_times larger = {.times = write_bytes("given_bad.npy", npy, sizeof npy - 1)};
    nearer_study *study = NULL;
    assert_fails(read_times(&study, &larger), NEARER_VALUE, "the places are 3");
    assert_null(study);
}

/* A matrix without ids that is smaller than the places is of other places; one whose last place
 * has no number is not. */
static void times__of_fewer_rows_than_places_are_refused(void **state)
{
    (void)state;
    static const double alone[3][3] = {{0, 1, (double)INFINITY},
                                       {2, 0, (double)INFINITY},
                                       {(double)INFINITY, (double)INFINITY, 0}};
    static const char head[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }";
    const float numbers[9] = {0, 1, NAN, 2, 0, NAN, NAN, NAN, 0};
    unsigned char bytes[10 + sizeof head - 1 + sizeof numbers] = "\x93NUMPY\x01";
    bytes[8] = sizeof head - 1;
    memcpy(bytes + 10, head, sizeof head - 1);
    memcpy(bytes + 10 + sizeof head - 1, numbers, sizeof numbers);
    const nearer_given_times whole = {.times = write_bytes("given.npy", bytes, sizeof bytes)};
    nearer_study *cut_off = times_of(&whole);
    assert_minutes("a place without numbers", cut_off, alone);
    nearer_study_free(cut_off);
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, "given.npy", NULL, &err));
    assert_ok(nearer_table_write(table, "given_again.npy", &err)); /* which keeps its size */
    nearer_table_free(table);
    const nearer_given_times again = {.times = "given_again.npy"};
    cut_off = times_of(&again);
    assert_minutes("a place without numbers, written", cut_off, alone);
    nearer_study_free(cut_off);
    const nearer_given_times given = {
        .times = write_file("given_small.txt", "{\"durations\": [[0, 60], [120, 0]]}"),
        .how = {.format = "osrm"}};
    nearer_study *study = NULL;
    assert_fails(read_times(&study, &given), NEARER_VALUE, "the places are 3");
    assert_null(study);
}

/* mean_time of a: (30 x 50 + 90 x 10) / 60 = 40; of b: (40 x 100 + 60 x 10) / 110 = 41.8; c does
 * not reach b. Within 60 minutes a reaches 50, b 110, c none. Potential with 1 - t / 100: a 50 x
 * 0.7 + 10 x 0.1 = 36, b 100 x 0.6 + 10 x 0.4 = 64, c 100 x 0.2 = 20. */
static void access__of_given_times_is_as_worked_out_by_hand(void **state)
{
    (void)state;
    const nearer_given_times given = {
        .times = write_file("given_access.csv",
                            "from_id,to_id,travel_time\na,b,30\na,c,90\nb,a,40\nb,c,60\nc,a,80\n")};
    static const struct {
        nearer_measure_spec spec;
        const char *column;
        double scores[3], ranks[3], reached[3];
    } cases[] = {
        {{.measure = "mean_time", .mass = "people", .cutoff_min = NAN, .own_min = NAN},
         "mean_time_min",
         {40, 4600.0 / 110, (double)INFINITY},
         {1, 2, NAN},
         {100, 100, 100.0 * 100 / 150}},
        {{.measure = "cumulative", .mass = "people", .cutoff_min = 60, .own_min = NAN},
         "cumulative_people",
         {50, 110, 0},
         {2, 1, 3},
         {100, 100, 100.0 * 100 / 150}},
        {{.measure = "potential",
          .mass = "people",
          .decay = "linear:100",
          .cutoff_min = NAN,
          .own_min = NAN},
         "potential_people",
         {36, 64, 20},
         {2, 1, 3},
         {100, 100, 100.0 * 100 / 150}},
        {{.measure = "mean_time", .cutoff_min = NAN, .own_min = NAN},
         "mean_time_min",
         {60, 50, (double)INFINITY},
         {2, 1, NAN},
         {100, 100, 50}},
    };
    nearer_study *study = times_of(&given);
    const nearer_query query = {.date = NEARER_GIVEN};
    static const char *const ids[] = {"a", "b", "c"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_report *report = NULL;
        assert_ok(nearer_ask_access(&report, study, &query, &cases[i].spec, 1, false, &err));
        const nearer_table *table = report_table(report, "access");
        for (size_t p = 0; p < 3; p++) {
            size_t row = row_of(table, "id", ids[p]);
            assert_near(cell(table, row, cases[i].column), cases[i].scores[p], 1e-9);
            assert_near(cell(table, row, "rank"), cases[i].ranks[p], 0);
            assert_near(cell(table, row, "reached_mass_pct"), cases[i].reached[p], 1e-9);
        }
        nearer_report_free(report);
    }
    nearer_study_free(study);
}

/* Numbers are masses, words are groups; a mass that is empty is not known; a negative one is none.
 */
static void places__have_masses_and_groups_in_their_columns(void **state)
{
    (void)state;
    write_file("given_towns.csv", "id,people,jobs,side,code,loss\na,100,,west,007x,-1\n"
                                  "b,50,5,west,b,2\n");
    const nearer_given_times given = {
        .times = write_file("given_towns_times.csv", "from,to,minutes\na,b,10\nb,a,20\n"),
        .places = "given_towns.csv",
        .minutes_per_unit = 1};
    nearer_study *study = NULL;
    const nearer_query query = {.date = NEARER_GIVEN};
    assert_ok(nearer_study_of_times(&study, &given, &err));
    const nearer_measure_spec jobs = {
        .measure = "cumulative", .mass = "jobs", .cutoff_min = 60, .own_min = NAN};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_access(&report, study, &query, &jobs, 1, false, &err));
    const nearer_table *table = report_table(report, "access");
    assert_near(cell(table, row_of(table, "id", "a"), "cumulative_jobs"), 5, 0);
    assert_near(cell(table, row_of(table, "id", "b"), "cumulative_jobs"), 0, 0);
    assert_true(has_note(report, "places without a mass, which do not count as destinations: 1"));
    nearer_report_free(report);
    report = NULL;
    static const char *const none[] = {"side", "code", "pepole", "loss"};
    for (size_t i = 0; i < 4; i++) {
        const nearer_measure_spec spec = {
            .measure = "cumulative", .mass = none[i], .cutoff_min = 60, .own_min = NAN};
        assert_fails(nearer_ask_access(&report, study, &query, &spec, 1, false, &err),
                     i < 3 ? NEARER_NAME : NEARER_VALUE, none[i]);
        assert_null(report);
    }
    nearer_study_free(study);
}

/* Before: everything takes twice as long, but b to c, which could not be travelled. Weights are the
 * products of people: a-b and b-a 5000, a-c and c-a 1000; each is halved, so the index is 0.5. */
static void compare__holds_the_times_against_those_before(void **state)
{
    (void)state;
    const nearer_given_times given = {
        .times = write_file("given_after.csv",
                            "from_id,to_id,travel_time\na,b,30\na,c,90\nb,a,40\nb,c,60\nc,a,80\n"),
        .before = write_file("given_before.csv", "id,a,b,c\na,,60,180\nb,80,,\nc,160,,\n")};
    nearer_study *study = times_of(&given);
    nearer_date before, after;
    nearer_study_dates(study, &before, &after);
    assert_int_not_equal(before, after);
    const nearer_query query = {0};
    const nearer_measure_spec spec = {
        .measure = "mean_time", .mass = "people", .cutoff_min = NAN, .own_min = NAN};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_compare(&report, study, &query, before, after, &spec, &err));
    const nearer_table *whole = report_table(report, "index");
    assert_near(cell(whole, 0, "compression_index"), 0.5, 1e-12);
    assert_near(cell(whole, 0, "pairs"), 4, 0);
    assert_near(cell(whole, 0, "pairs_on_one_day_only"), 1, 0);
    const nearer_table *groups = report_table(report, "groups");
    assert_near(cell(groups, row_of(groups, "group", "west"), "compression_ratio"), 0.5, 1e-12);
    nearer_report_free(report);
    nearer_study_free(study);

    /* without times before there is nothing to hold them against */
    const nearer_given_times alone = {.times = "given_after.csv"};
    study = times_of(&alone);
    report = NULL;
    nearer_study_dates(study, &before, &after);
    nearer_status status = nearer_ask_compare(&report, study, &query, before, after, &spec, &err);
    assert_int_not_equal(status, NEARER_OK);
    assert_null(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times__are_the_same_in_every_form),
        cmocka_unit_test(times__of_numpy_are_in_the_places_order),
#ifdef NEARER_OMX
        cmocka_unit_test(times__of_an_open_matrix_go_by_its_ids),
#endif
        cmocka_unit_test(times__that_are_wrong_are_refused),
        cmocka_unit_test(times__of_fewer_rows_than_places_are_refused),
        cmocka_unit_test(access__of_given_times_is_as_worked_out_by_hand),
        cmocka_unit_test(places__have_masses_and_groups_in_their_columns),
        cmocka_unit_test(compare__holds_the_times_against_those_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
