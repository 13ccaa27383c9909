#include "cases/drawn.h"

#include "study/study.h"

static nearer_error err;

#define AB "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n"
#define ROAD "from,to,minutes\nA,B,5\n"

static void refused(const drawn *d, nearer_status status, const char *part)
{
    nearer_study *study = NULL;
    const char *path = drawn_write("study_wrong", d);
    assert_fails(nearer_study_read(&study, path, &err), status, part);
    assert_null(study);
    assert_int_equal(nearer_study_read(&study, path, NULL), status);
}

static void study_read__needs_its_files(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    assert_fails(nearer_study_read(&study, "no_such_study.json", &err), NEARER_IO,
                 "no_such_study.json");
    const drawn d = {.places = AB, .road = ROAD};
    const char *path = drawn_write("study_lost", &d);
    remove("study_lost_places.csv");
    assert_fails(nearer_study_read(&study, path, &err), NEARER_IO, "study_lost_places.csv");
    drawn_write("study_lost", &d);
    remove("study_lost_road.csv");
    assert_fails(nearer_study_read(&study, path, &err), NEARER_IO, "study_lost_road.csv");
    assert_null(study);
    nearer_study_free(NULL);
}

static void study_read__takes_paths_from_the_study_file(void **state)
{
    (void)state;
    assert_ok(nearer_folder_make("study_folder", &err));
    write_file("study_folder/places.csv", AB);
    write_file("study_folder/road.csv", ROAD);
    write_file(
        "study_folder/study.json",
        "{\"places\": {\"file\": \"places.csv\"}, \"dates\": {\"from\": \"2001-06\", \"to\": "
        "\"2020-02-29\"}, \"layers\": [{\"id\": \"r\", \"mode\": \"road\", \"file\": "
        "\"../study_folder/road.csv\", \"fields\": {\"from\": \"from\", \"to\": \"to\", "
        "\"minutes\": \"minutes\"}}]}");
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, "study_folder/study.json", &err));
    assert_int_equal(nearer_network_places(nearer_study_network(study)), 2);
    nearer_date from, to;
    nearer_study_dates(study, &from, &to);
    assert_int_equal(from, day("2001-06-30"));
    assert_int_equal(to, day("2020-02-29"));
    nearer_study_free(study);
}

/* A's value is given, B's cell is empty, X is no place of the study. */
static void study_read__matches_masses_by_place(void **state)
{
    (void)state;
    const drawn d = {
        .places = AB, .road = ROAD, .masses = "id,people,gdp\nX,5,6\nB,,0\nA,70,80.5\nY,1,1\n"};
    nearer_study *study = drawn_read("study_masses", &d);
    const double *values;
    assert_ok(nr_study_mass(&values, study, "people", &err));
    assert_near(values[0], 70, 0);
    assert_true(isnan(values[1]));
    assert_ok(nr_study_mass(&values, study, "gdp", &err));
    assert_near(values[0], 80.5, 0);
    assert_near(values[1], 0, 0);
    assert_int_equal(study->masses[0].unmatched, 2);
    assert_ok(nr_study_mass(&values, study, NULL, &err));
    assert_near(values[0], 1, 0);
    assert_near(values[1], 1, 0);
    assert_fails(nr_study_mass(&values, study, "gpd", &err), NEARER_NAME, "did you mean 'gdp'?");
    assert_fails(nr_study_mass(&values, study, "qqqqqqq", &err), NEARER_NAME, "known: people, gdp");
    nearer_study_free(study);
}

static void study_read__says_where_a_mass_is_wrong(void **state)
{
    (void)state;
    drawn d = {.places = AB, .road = ROAD};
    d.masses = "id,people\nA,5\nA,6\n";
    refused(&d, NEARER_VALUE, "study_wrong_masses.csv:3: place 'A' stands twice");
    d.masses = "id,people\nA,-5\n";
    refused(&d, NEARER_VALUE, "study_wrong_masses.csv:2: people is -5");
    d.masses = "id,people\nA,inf\n";
    refused(&d, NEARER_VALUE, "study_wrong_masses.csv:2: people is");
    d.masses = "id,people\nA,many\n";
    refused(&d, NEARER_VALUE, "study_wrong_masses.csv:2: people is 'many'");
    d.masses = "code,people\nA,5\n";
    refused(&d, NEARER_NAME, "no column 'id'");
}

static void study_read__checks_every_name_it_uses(void **state)
{
    (void)state;
    drawn d = {.places = AB, .road = ROAD, .masses = "id,people\nA,5\nB,6\n"};
    static const struct {
        const char *more;
        nearer_status status;
        const char *part;
    } wrong[] = {
        {"\"growth\": {\"from\": \"peopel\", \"to\": \"people\"}", NEARER_NAME,
         "did you mean 'people'?"},
        {"\"growth\": {\"from\": \"people\", \"to\": \"people\", \"initial_income\": \"x\"}",
         NEARER_NAME, "unknown mass 'x'"},
        {"\"measures\": [{\"measure\": \"mean_tiem\"}]", NEARER_NAME, "did you mean 'mean_time'?"},
        {"\"measures\": [{\"measure\": \"mean_time\", \"mass\": \"gdp\"}]", NEARER_NAME,
         "unknown mass 'gdp'"},
        {"\"measures\": [{\"measure\": \"potential\"}]", NEARER_USAGE, "needs a decay"},
        {"\"measures\": [{\"measure\": \"potential\", \"decay\": \"linear:-1\"}]", NEARER_VALUE,
         "a number above 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        d.more = wrong[i].more;
        refused(&d, wrong[i].status, wrong[i].part);
    }
}

static void study_measure__gives_the_studys_own_choice(void **state)
{
    (void)state;
    drawn d = {.places = AB,
               .road = ROAD,
               .masses = "id,people\nA,5\nB,6\n",
               .more = "\"measures\": [{\"measure\": \"potential\", \"mass\": \"people\", "
                       "\"decay\": \"exponential:0.005\", \"own_min\": 30}, {\"measure\": "
                       "\"cumulative\", \"cutoff_min\": 240}]"};
    nearer_study *study = drawn_read("study_measures", &d);
    nearer_measure_spec spec;
    assert_ok(nearer_study_measure(&spec, study, NULL, &err));
    assert_string_equal(spec.measure, "potential");
    assert_string_equal(spec.mass, "people");
    assert_string_equal(spec.decay, "exponential:0.005");
    assert_near(spec.own_min, 30, 0);
    assert_true(isnan(spec.cutoff_min));
    assert_ok(nearer_study_measure(&spec, study, "cumulative", &err));
    assert_near(spec.cutoff_min, 240, 0);
    assert_null(spec.mass);
    assert_null(spec.decay);
    assert_true(isnan(spec.own_min));
    assert_fails(nearer_study_measure(&spec, study, "mean_time", &err), NEARER_NAME,
                 "list no mean_time");
    nearer_study_free(study);
    d.more = NULL;
    study = drawn_read("study_measures", &d);
    assert_fails(nearer_study_measure(&spec, study, NULL, &err), NEARER_NAME, "list no measure");
    nearer_study_free(study);
}

static void study_unit__is_the_masss_unless_the_measure_has_its_own(void **state)
{
    (void)state;
    const drawn d = {.places = AB, .road = ROAD, .masses = "id,people\nA,5\nB,6\n"};
    nearer_study *study = drawn_read("study_unit", &d);
    char unit[64];
    nr_study_unit(unit, study, &nr_measure_potential, "people");
    assert_string_equal(unit, "10k_persons");
    nr_study_unit(unit, study, &nr_measure_potential, NULL);
    assert_string_equal(unit, "places");
    nr_study_unit(unit, study, &nr_measure_mean_time, "people");
    assert_string_equal(unit, "min");
    nearer_study_free(study);
}

static void date_label__is_the_year_on_its_last_day(void **state)
{
    (void)state;
    char label[16];
    assert_string_equal(nr_date_label(day("2020"), label), "2020");
    assert_string_equal(nr_date_label(day("2020-12-30"), label), "2020-12-30");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study_read__needs_its_files),
        cmocka_unit_test(study_read__takes_paths_from_the_study_file),
        cmocka_unit_test(study_read__matches_masses_by_place),
        cmocka_unit_test(study_read__says_where_a_mass_is_wrong),
        cmocka_unit_test(study_read__checks_every_name_it_uses),
        cmocka_unit_test(study_measure__gives_the_studys_own_choice),
        cmocka_unit_test(study_unit__is_the_masss_unless_the_measure_has_its_own),
        cmocka_unit_test(date_label__is_the_year_on_its_last_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
