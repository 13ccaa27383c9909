#include "cases/drawn.h"

static nearer_error err;

/* Railway: A --60-- B until July 2010, then 50; B --30-- C, a stop between takes 3; C to D from
 * 2030. Door to door 10 + 5 before and 2 + 8 behind. Flights A --40-- C from 2015. */
static const drawn d = {
    .places = "id,name,lon_deg,lat_deg\nA,Aton,0,0\nB,Bton,2,0\nC,Cton,4,0\nD,Dton,6,0\n",
    .modes = "\"rail\": {\"access_min\": 10, \"boarding_min\": 5, \"alighting_min\": 2, "
             "\"egress_min\": 8, \"dwell_min\": 3}",
    .rail = "from,to,minutes,line,opened,closed\nA,B,60,old,,2010-07-01\nA,B,50,new,2010-07-01,\n"
            "B,C,30,east,,\nC,D,20,east,2030,\n",
    .air = "from,to,minutes,opened\nA,C,40,2015\n"};

static nearer_table *observed(const char *name, const char *text)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file(name, text), NULL, &err));
    return table;
}

/* Asks of `d`, in whose folder the file `name` is written. */
static nearer_report *validate(const char *name, const char *text, const nearer_query *query,
                               int from, int to)
{
    nearer_study *study = drawn_read("validate", &d);
    nearer_table *table = observed(name, text);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_validate(&report, study, query, table, from, to, &err));
    nearer_table_free(table);
    nearer_study_free(study);
    return report;
}

static const nearer_query by_station = {.station_to_station = true};

/* The row of one mode, sample and confidence. */
static size_t row_of_group(const nearer_table *t, const char *mode, const char *sample,
                           const char *confidence)
{
    for (size_t r = 0; r < nearer_table_rows(t); r++)
        if (strcmp(cell_text(t, r, "mode"), mode) == 0 &&
            strcmp(cell_text(t, r, "sample"), sample) == 0 &&
            strcmp(cell_text(t, r, "confidence"), confidence) == 0)
            return r;
    fail_msg("no row of %s, %s, %s", mode, sample, confidence);
    return 0;
}

#define HEAD "from,to,mode,period,minutes,sample,confidence,source\n"

/*          modelled                      observed   off
 * A B      60 (2009)                     75         -0.2
 * A C      50 + 3 + 30 (2012)            100        -0.17
 * B A      60 (30 June 2010)             40         +0.5
 * B A      50 (31 December 2010)         40         +0.25
 * A C      40 by air (2020)              160        -0.75
 * C D      not before 2030               10
 * A C      83 by all modes (2012)        90         -7 / 90
 * A B      1995: not asked for */
static const char eight[] = HEAD "A,B,rail,2009,75,fast,high,a book\n"
                                 "aton,c,rail,2012,100,slow,low,\n"
                                 "B,A,rail,2010-06,40,fast,low,\n"
                                 "B,A,rail,2010,40,fast,high,\n"
                                 "A,C,air,2015..,160,,high,\n"
                                 "C,D,rail,2012,10,slow,low,\n"
                                 "A,C,,2012,90,slow,low,\n"
                                 "A,B,rail,1995,200,slow,low,\n";

static void ask_validate__of_nothing_has_no_data(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("validate_none", &d);
    static const char *const tables[] = {
        "from,to,mode,period,minutes\n", "from,to,mode,period,minutes\nA,B,rail,2000,60\n",
        "from,to,mode,period,minutes\nA,B,rail,2021..,60\nA,B,rail,..2000-12-31,60\n"};
    for (size_t i = 0; i < 3; i++) {
        nearer_table *table = observed("validate_none.csv", tables[i]);
        nearer_report *report = NULL;
        assert_fails(nearer_ask_validate(&report, study, &by_station, table, 2001, 2020, &err),
                     NEARER_NODATA,
                     "validate_none.csv: no observation of 2001 to 2020 by these modes");
        assert_null(report);
        nearer_table_free(table);
    }
    nearer_study_free(study);
}

/* Without sample, confidence and source: one row a mode, no second table. */
static void ask_validate__of_one_needs_no_optional_column(void **state)
{
    (void)state;
    nearer_report *report =
        validate("validate_one.csv", "minutes,period,mode,to,from\n48,2010-06-30,rail,B,A\n",
                 &by_station, 2001, 2020);
    const nearer_table *t = report_table(report, "agreement"), *p = report_table(report, "pairs");
    assert_int_equal(nearer_report_tables(report), 3); /* and the legs */
    assert_string_equal(nearer_report_table_id(report, 0), "agreement");
    assert_int_equal(nearer_table_rows(t), 1);
    size_t r = row_of_group(t, "rail", "all", "all");
    assert_near(cell(t, r, "n"), 1, 0);
    assert_near(cell(t, r, "unreachable"), 0, 0);
    assert_near(cell(t, r, "median_abs_error_pct"), 25, 1e-12);
    assert_near(cell(t, r, "bias_min"), 12, 1e-12);
    assert_true(isnan(cell(t, r, "r_squared")));
    assert_int_equal(nearer_table_rows(p), 1);
    assert_string_equal(cell_text(p, 0, "sample"), "");
    assert_string_equal(cell_text(p, 0, "confidence"), "");
    assert_string_equal(cell_text(p, 0, "source"), "");
    assert_true(has_note(
        report, "modelled station to station: 1; rows of other years or modes left out: 0"));
    nearer_report_free(report);
}

static void ask_validate__lists_each_pair_the_worst_first(void **state)
{
    (void)state;
    nearer_report *report = validate("validate.csv", eight, &by_station, 2001, 2020);
    const nearer_table *t = report_table(report, "pairs");
    static const struct {
        const char *from, *to, *mode, *period, *network_of;
        double observed, modelled;
    } rows[] = {{"C", "D", "rail", "2012", "2012-12-31", 10, (double)INFINITY},
                {"A", "C", "air", "2015..", "2020-12-31", 160, 40},
                {"B", "A", "rail", "2010-06", "2010-06-30", 40, 60},
                {"B", "A", "rail", "2010", "2010-12-31", 40, 50},
                {"A", "B", "rail", "2009", "2009-12-31", 75, 60},
                {"A", "C", "rail", "2012", "2012-12-31", 100, 83},
                {"A", "C", "all", "2012", "2012-12-31", 90, 83}};
    assert_int_equal(nearer_table_rows(t), 7);
    for (size_t r = 0; r < 7; r++) {
        assert_string_equal(cell_text(t, r, "from_id"), rows[r].from);
        assert_string_equal(cell_text(t, r, "to_id"), rows[r].to);
        assert_string_equal(cell_text(t, r, "mode"), rows[r].mode);
        assert_string_equal(cell_text(t, r, "period"), rows[r].period);
        assert_string_equal(cell_text(t, r, "network_of"), rows[r].network_of);
        assert_near(cell(t, r, "observed_min"), rows[r].observed, 0);
        assert_near(cell(t, r, "modelled_min"), rows[r].modelled, 1e-12);
        assert_near(cell(t, r, "error_min"), rows[r].modelled - rows[r].observed, 1e-12);
        assert_near(cell(t, r, "error_pct"), 100 * (rows[r].modelled / rows[r].observed - 1),
                    1e-12);
    }
    assert_string_equal(cell_text(t, 4, "from"), "Aton");
    assert_string_equal(cell_text(t, 4, "source"), "a book");
    assert_string_equal(cell_text(t, 4, "sample"), "fast");
    assert_string_equal(cell_text(t, 4, "confidence"), "high");
    assert_true(has_note(
        report, "modelled station to station: 7; rows of other years or modes left out: 1"));
    nearer_report_free(report);
}

/* Rail, all: off by 0.17 0.2 0.25 0.5, median 0.225, 90th percentile at 2.7: 0.25 + 0.7 x 0.25;
 * bias (-0.2 - 0.17 + 0.5 + 0.25) / 4 and (-15 - 17 + 20 + 10) / 4; observed 75 100 40 40 around
 * 63.75: 126.5625 + 1314.0625 + 2 x 564.0625 = 2568.75, residual 225 + 289 + 400 + 100.
 * Fast: 0.2 0.25 0.5; slow: 0.17 and C D. */
static void ask_validate__says_how_well_groups_agree(void **state)
{
    (void)state;
    nearer_report *report = validate("validate.csv", eight, &by_station, 2001, 2020);
    const nearer_table *t = report_table(report, "agreement");
    static const struct {
        const char *mode, *sample;
        double n, unreachable, median, p90;
    } rows[] = {{"rail", "all", 4, 1, 22.5, 42.5},
                {"rail", "fast", 3, 0, 25, 45},
                {"rail", "slow", 1, 1, 17, 17},
                {"air", "all", 1, 0, 75, 75},
                {"air", "", 1, 0, 75, 75},
                {"all", "all", 1, 0, 700.0 / 90, 700.0 / 90},
                {"all", "slow", 1, 0, 700.0 / 90, 700.0 / 90}};
    assert_int_equal(nearer_table_rows(t), sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t r = row_of_group(t, rows[i].mode, rows[i].sample, "all");
        assert_near(cell(t, r, "n"), rows[i].n, 0);
        assert_near(cell(t, r, "unreachable"), rows[i].unreachable, 0);
        assert_near(cell(t, r, "median_abs_error_pct"), rows[i].median, 1e-9);
        assert_near(cell(t, r, "p90_abs_error_pct"), rows[i].p90, 1e-9);
    }
    size_t r = row_of_group(t, "rail", "all", "all");
    assert_near(cell(t, r, "bias_pct"), 9.5, 1e-9);
    assert_near(cell(t, r, "bias_min"), -0.5, 1e-12);
    assert_near(cell(t, r, "r_squared"), 1 - 1014 / 2568.75, 1e-12);
    nearer_report_free(report);
}

/* High: 0.2 and 0.25 (fast); low: 0.17, 0.5 and C D, of which 0.17 and C D are slow. */
static void ask_validate__tells_the_sure_from_the_unsure(void **state)
{
    (void)state;
    nearer_report *report = validate("validate.csv", eight, &by_station, 2001, 2020);
    const nearer_table *t = report_table(report, "confidence");
    static const struct {
        const char *mode, *sample, *confidence;
        double n, unreachable, median;
    } rows[] = {{"rail", "all", "high", 2, 0, 22.5},     {"rail", "all", "low", 2, 1, 33.5},
                {"rail", "fast", "high", 2, 0, 22.5},    {"rail", "fast", "low", 1, 0, 50},
                {"rail", "slow", "low", 1, 1, 17},       {"air", "all", "high", 1, 0, 75},
                {"air", "", "high", 1, 0, 75},           {"all", "all", "low", 1, 0, 700.0 / 90},
                {"all", "slow", "low", 1, 0, 700.0 / 90}};
    assert_int_equal(nearer_table_rows(t), sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t r = row_of_group(t, rows[i].mode, rows[i].sample, rows[i].confidence);
        assert_near(cell(t, r, "n"), rows[i].n, 0);
        assert_near(cell(t, r, "unreachable"), rows[i].unreachable, 0);
        assert_near(cell(t, r, "median_abs_error_pct"), rows[i].median, 1e-9);
    }
    nearer_report_free(report);
}

/* None of a group can be travelled: counted, and nothing else is known. */
static void ask_validate__counts_what_cannot_be_travelled(void **state)
{
    (void)state;
    nearer_report *report = validate(
        "validate_far.csv", "from,to,mode,period,minutes\nC,D,rail,2012,10\nD,A,rail,2012,10\n",
        &by_station, 2001, 2020);
    const nearer_table *t = report_table(report, "agreement");
    assert_near(cell(t, 0, "n"), 0, 0);
    assert_near(cell(t, 0, "unreachable"), 2, 0);
    assert_true(isnan(cell(t, 0, "median_abs_error_pct")) &&
                isnan(cell(t, 0, "p90_abs_error_pct")));
    assert_true(isnan(cell(t, 0, "bias_min")) && isnan(cell(t, 0, "bias_pct")));
    assert_true(isnan(cell(t, 0, "r_squared")));
    assert_int_equal(nearer_table_rows(report_table(report, "legs")), 0);
    assert_fails(nearer_chart_write("validate_far.svg", report, &err), NEARER_NODATA,
                 "there is nothing to draw");
    nearer_report_free(report);
}

/* The network is that of the period's last day within the window; NULL: not taken. */
static void ask_validate__takes_the_last_day_within_the_years(void **state)
{
    (void)state;
    static const struct {
        const char *period;
        int from, to;
        const char *day;
    } cases[] = {{"2009..2012", 2001, 2020, "2012-12-31"}, {"2009..2012", 2010, 2010, "2010-12-31"},
                 {"2009..2012", 2001, 2009, "2009-12-31"}, {"2009..2012", 2012, 2020, "2012-12-31"},
                 {"2009..2012", 2001, 2008, NULL},         {"2009..2012", 2013, 2020, NULL},
                 {"2010-06", 2010, 2010, "2010-06-30"},    {"2010-06-15", 2010, 2010, "2010-06-15"},
                 {"2010-01-01", 2010, 2010, "2010-01-01"}, {"2009-12-31", 2010, 2010, NULL},
                 {"2010-12-31", 2010, 2010, "2010-12-31"}, {"2011-01-01", 2010, 2010, NULL},
                 {"..2003", 2001, 2020, "2003-12-31"},     {"..2000", 2001, 2020, NULL},
                 {"2010..", 2001, 2015, "2015-12-31"},     {"2010..", 2001, 2009, NULL},
                 {"2012-02", 2012, 2012, "2012-02-29"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        /* the second row is always taken: it stands last */
        snprintf(text, sizeof text, "from,to,mode,period,minutes\nA,B,rail,%s,1\nB,C,rail,%d,30\n",
                 cases[i].period, cases[i].to);
        nearer_report *report =
            validate("validate_days.csv", text, &by_station, cases[i].from, cases[i].to);
        const nearer_table *t = report_table(report, "pairs");
        assert_int_equal(nearer_table_rows(t), cases[i].day == NULL ? 1 : 2);
        if (cases[i].day != NULL) {
            assert_string_equal(cell_text(t, 0, "network_of"), cases[i].day);
            assert_near(cell(t, 0, "modelled_min"), day(cases[i].day) < day("2010-07-01") ? 60 : 50,
                        1e-12);
        }
        nearer_report_free(report);
    }
}

/* Modes choose observations; one that names none is modelled by the modes asked for. A to C is 83
 * by rail and 40 by air from 2015 on. */
static void ask_validate__takes_observations_of_the_modes_asked_for(void **state)
{
    (void)state;
    static const char rows[] = "from,to,mode,period,minutes\nA,C,rail,2016,83\nA,C,air,2016,40\n"
                               "A,C,\"rail,air\",2016,10\nA,C,,2016,20\n";
    static const struct {
        const char *modes;
        size_t count;
        const char *mode[4];
        double minutes[4];
    } cases[] = {
        {NULL, 4, {"rail,air", "all", "rail", "air"}, {40, 40, 83, 40}},
        {"rail", 2, {"all", "rail"}, {83, 83}},
        {"air", 2, {"all", "air"}, {40, 40}},
        {"air,rail", 4, {"rail,air", "all", "rail", "air"}, {40, 40, 83, 40}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_query query = {.modes = cases[i].modes, .station_to_station = true};
        nearer_report *report = validate("validate_modes.csv", rows, &query, 2001, 2020);
        const nearer_table *t = report_table(report, "pairs");
        assert_int_equal(nearer_table_rows(t), cases[i].count);
        for (size_t r = 0; r < cases[i].count; r++) {
            assert_string_equal(cell_text(t, r, "mode"), cases[i].mode[r]);
            assert_near(cell(t, r, "modelled_min"), cases[i].minutes[r], 1e-12);
        }
        nearer_report_free(report);
    }
}

static void ask_validate__models_door_to_door_when_asked(void **state)
{
    (void)state;
    const nearer_query door = {0};
    nearer_report *report = validate(
        "validate_door.csv", "from,to,mode,period,minutes\nA,B,rail,2012,70\n", &door, 2001, 2020);
    const nearer_table *t = report_table(report, "pairs"), *l = report_table(report, "legs");
    assert_near(cell(t, 0, "modelled_min"), 10 + 5 + 50 + 2 + 8, 1e-12);
    assert_true(
        has_note(report, "modelled door to door: 1; rows of other years or modes left out: 0"));
    assert_int_equal(nearer_table_rows(l), 3);
    const char *const parts[] = {"board", "ride", "leave"};
    const double minutes[] = {15, 50, 10};
    for (size_t r = 0; r < 3; r++) {
        assert_string_equal(cell_text(l, r, "part"), parts[r]);
        assert_near(cell(l, r, "time_min"), minutes[r], 1e-12);
    }
    nearer_report_free(report);
}

/* Of the worst that can be travelled, ten at most, in order. A to C: 50, a stop of 3, 30. */
static void ask_validate__shows_the_legs_of_the_worst(void **state)
{
    (void)state;
    nearer_report *report = validate("validate.csv", eight, &by_station, 2001, 2020);
    const nearer_table *t = report_table(report, "legs");
    static const struct {
        const char *pair, *part, *line, *from, *to;
        double minutes;
    } rows[] = {{"Aton - Cton, 2015..", "ride", "", "Aton", "Cton", 40},
                {"Bton - Aton, 2010-06", "ride", "old", "Bton", "Aton", 60},
                {"Bton - Aton, 2010", "ride", "new", "Bton", "Aton", 50},
                {"Aton - Bton, 2009", "ride", "old", "Aton", "Bton", 60},
                {"Aton - Cton, 2012", "ride", "new", "Aton", "Bton", 50},
                {"Aton - Cton, 2012", "stop", "", "Bton", "Bton", 3},
                {"Aton - Cton, 2012", "ride", "east", "Bton", "Cton", 30}};
    assert_int_equal(nearer_table_rows(t), 7 + 3); /* the last pair once more, by all modes */
    for (size_t r = 0; r < 7; r++) {
        assert_string_equal(cell_text(t, r, "pair"), rows[r].pair);
        assert_string_equal(cell_text(t, r, "part"), rows[r].part);
        assert_string_equal(cell_text(t, r, "line"), rows[r].line);
        assert_string_equal(cell_text(t, r, "from"), rows[r].from);
        assert_string_equal(cell_text(t, r, "to"), rows[r].to);
        assert_near(cell(t, r, "time_min"), rows[r].minutes, 1e-12);
    }
    nearer_report_free(report);

    char text[1000] = "from,to,mode,period,minutes\n";
    for (int i = 0; i < 12; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "A,B,rail,%d,%d\n", 2001 + i,
                 10 + i);
    report = validate("validate_many.csv", text, &by_station, 2001, 2020);
    t = report_table(report, "legs");
    assert_int_equal(nearer_table_rows(t), 10); /* one leg each */
    assert_string_equal(cell_text(t, 0, "pair"), "Aton - Bton, 2001");
    assert_int_equal(nearer_table_rows(report_table(report, "pairs")), 12);
    nearer_report_free(report);
}

static void ask_validate__says_in_which_line_an_observation_is_wrong(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("validate_wrong", &d);
    static const struct {
        const char *rows;
        nearer_status status;
        const char *part;
    } wrong[] = {
        {"A,Btom,rail,2010,50\n", NEARER_NAME,
         "wrong.csv:2: no place 'Btom'; did you mean 'Bton' (B)?"},
        {"A,B,rail,2010,50\n,B,rail,2010,50\n", NEARER_NAME, "wrong.csv:3: no place ''"},
        {"A,B,rial,2010,50\n", NEARER_NAME, "wrong.csv:2: unknown mode 'rial'"},
        {"A,B,rail,2010,50\nA,B,water,2010,50\n", NEARER_NAME,
         "wrong.csv:3: the study has no links of mode 'water'"},
        {"A,B,rail,2010,50\nA,B,rail,soon,50\n", NEARER_VALUE,
         "wrong.csv:3: 'soon' is no period; a date"},
        {"A,B,rail,,50\n", NEARER_VALUE, "wrong.csv:2: '' is no period"},
        {"A,B,rail,2012..2010,50\n", NEARER_VALUE, "wrong.csv:2: '2012..2010' is no period"},
        {"A,B,rail,2010,0\n", NEARER_VALUE, "wrong.csv:2: minutes: a number above 0 was expected"},
        {"A,B,rail,2010,-5\n", NEARER_VALUE, "wrong.csv:2: minutes: a number above 0"},
        {"A,B,rail,2010,\n", NEARER_VALUE, "wrong.csv:2: minutes: a number above 0"},
        {"A,B,rail,2010,inf\n", NEARER_VALUE, "wrong.csv:2: minutes: a number above 0"},
        {"A,B,rail,2010,1 h\n", NEARER_VALUE,
         "wrong.csv:2: minutes is '1 h', a number was expected"},
        {"A,B,rail,2010,50\nA,aton,rail,2010,50\n", NEARER_VALUE,
         "wrong.csv:3: two different places were expected"},
        /* also where the row would not have been taken */
        {"A,B,rail,1990,0\n", NEARER_VALUE, "wrong.csv:2: minutes: a number above 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[300];
        snprintf(text, sizeof text, "from,to,mode,period,minutes\n%s", wrong[i].rows);
        nearer_table *table = observed("validate_wrong.csv", text);
        nearer_report *report = NULL;
        assert_fails(nearer_ask_validate(&report, study, &by_station, table, 2001, 2020, &err),
                     wrong[i].status, wrong[i].part);
        assert_int_equal(err.status, wrong[i].status);
        assert_null(report);
        assert_int_equal(nearer_ask_validate(&report, study, &by_station, table, 2001, 2020, NULL),
                         wrong[i].status);
        nearer_table_free(table);
    }
    nearer_study_free(study);
}

static void ask_validate__needs_its_columns_and_its_years(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("validate_columns", &d);
    static const char *const columns[] = {"from", "to", "mode", "period", "minutes"};
    nearer_report *report = NULL;
    nearer_table *table;
    for (size_t i = 0; i < 5; i++) {
        char text[100] = "", part[60];
        for (size_t k = 0; k < 5; k++)
            if (k != i) snprintf(text + strlen(text), 20, "%s,", columns[k]);
        strcat(text, "x\n");
        snprintf(part, sizeof part, "validate_columns.csv: no column '%s'", columns[i]);
        table = observed("validate_columns.csv", text);
        assert_fails(nearer_ask_validate(&report, study, &by_station, table, 2001, 2020, &err),
                     NEARER_NAME, part);
        nearer_table_free(table);
    }
    table = observed("validate_columns.csv", eight);
    assert_fails(nearer_ask_validate(&report, study, &by_station, table, 2011, 2010, &err),
                 NEARER_USAGE, "the first year must not lie behind the last");
    const nearer_query by_water = {.modes = "water"};
    assert_fails(nearer_ask_validate(&report, study, &by_water, table, 2001, 2020, &err),
                 NEARER_NAME, "no links of mode 'water'");
    assert_null(report);
    nearer_table_free(table);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_validate__of_nothing_has_no_data),
        cmocka_unit_test(ask_validate__of_one_needs_no_optional_column),
        cmocka_unit_test(ask_validate__lists_each_pair_the_worst_first),
        cmocka_unit_test(ask_validate__says_how_well_groups_agree),
        cmocka_unit_test(ask_validate__tells_the_sure_from_the_unsure),
        cmocka_unit_test(ask_validate__counts_what_cannot_be_travelled),
        cmocka_unit_test(ask_validate__takes_the_last_day_within_the_years),
        cmocka_unit_test(ask_validate__takes_observations_of_the_modes_asked_for),
        cmocka_unit_test(ask_validate__models_door_to_door_when_asked),
        cmocka_unit_test(ask_validate__shows_the_legs_of_the_worst),
        cmocka_unit_test(ask_validate__says_in_which_line_an_observation_is_wrong),
        cmocka_unit_test(ask_validate__needs_its_columns_and_its_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
