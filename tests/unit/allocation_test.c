/* Every allocation of a study's reading made to fail, one after the other. */
#include <math.h>
#include <shapefil.h>

#include "base/memory.h"
#include "test.h"

static nearer_error err;

enum { PLACES = 70 }; /* more than any array's first size */

static void write_places(void)
{
    FILE *places = fopen("alloc_places.csv", "wb"), *nodes = fopen("alloc_nodes.csv", "wb"),
         *roads = fopen("alloc_roads.csv", "wb"), *masses = fopen("alloc_masses.csv", "wb");
    assert_true(places != NULL && nodes != NULL && roads != NULL && masses != NULL);
    fprintf(places, "id,name,other,lon_deg,lat_deg,region\n");
    fprintf(nodes, "id,lon_deg,lat_deg,place,access_min\n");
    fprintf(roads, "from_id,to_id,km,class,line,opened,closed,valid_from\n");
    fprintf(masses, "id,gdp_yuan,people,income_yuan\n");
    for (int i = 0; i < PLACES; i++) {
        fprintf(places, "p%d,\"Place, no %d\",Ort %d,%d.5,0.25,region %d\n", i, i, i, i, i % 3);
        fprintf(nodes, "n%d,%d.5,0.5,Ort %d,7\n", i, i, i);
        fprintf(roads, "p%d,n%d,30,class%d,line %d,%d,,\n", i, i, i % 2, i, 1995 + i % 20);
        fprintf(roads, "n%d,n%d,120,,,,,\n", i, (i + 1) % PLACES);
        fprintf(masses, "p%d,%d,%d,%d\n", i, 100 + i, 10 + i, 5 + i);
    }
    fclose(places);
    fclose(nodes);
    fclose(roads);
    fclose(masses);
}

static void write_railway(void)
{
    SHPHandle shapes = SHPCreate("alloc_rail.shp", SHPT_ARC);
    DBFHandle attributes = DBFCreate("alloc_rail.shp");
    assert_true(shapes != NULL && attributes != NULL);
    DBFAddField(attributes, "LINE", FTString, 20, 0);
    for (int i = 0; i + 1 < PLACES; i++) {
        double lon[] = {i + 0.5, i + 1.5}, lat[] = {0.25, 0.25};
        SHPObject *shape = SHPCreateSimpleObject(SHPT_ARC, 2, lon, lat, NULL);
        SHPWriteObject(shapes, -1, shape);
        SHPDestroyObject(shape);
        DBFWriteStringAttribute(attributes, i, 0, "main line");
    }
    SHPClose(shapes);
    DBFClose(attributes);
}

static const char study_json[] =
    "{\"title\": \"a study\","
    "\"places\": {\"file\": \"alloc_places.csv\", \"name\": \"name\", \"names\": [\"other\"]},"
    "\"modes\": {\"rail\": {\"through\": \"service\"}, \"road\": {\"speed_kmh\": 50, \"classes\": "
    "{\"class0\": {\"speed_kmh\": 90},"
    "                                                  \"class1\": {\"speed_kmh\": 40}}}},"
    "\"layers\": ["
    "  {\"id\": \"roads\", \"mode\": \"road\", \"file\": \"alloc_roads.csv\","
    "   \"nodes\": {\"file\": \"alloc_nodes.csv\", \"place\": \"place\","
    "             \"access_min\": \"access_min\"},"
    "   \"fields\": {\"from\": \"from_id\", \"to\": \"to_id\", \"length_km\": \"km\","
    "                \"class\": \"class\", \"line\": \"line\", \"opened\": \"opened\","
    "                \"closed\": \"closed\", \"valid_from\": \"valid_from\"}},"
    "  {\"id\": \"rail\", \"mode\": \"rail\", \"file\": \"alloc_rail.shp\","
    "   \"format\": \"shapefile\", \"class\": \"slow\", \"fields\": {\"line\": \"LINE\", "
    "\"service\": \"LINE\"}}],"
    "\"dates\": {\"from\": 2001, \"to\": 2020},"
    "\"masses\": {"
    "  \"gdp\": {\"file\": \"alloc_masses.csv\", \"column\": \"gdp_yuan\", \"unit\": \"yuan\"},"
    "  \"people\": {\"file\": \"alloc_masses.csv\", \"column\": \"people\", \"unit\": \"persons\"},"
    "  \"income\": {\"file\": \"./alloc_masses.csv\", \"column\": \"income_yuan\","
    "               \"unit\": \"yuan\"}},"
    "\"growth\": {\"from\": \"people\", \"to\": \"gdp\", \"initial_income\": \"income\"},"
    "\"groups\": {\"region\": {\"column\": \"region\"}},"
    "\"measures\": [{\"measure\": \"mean_time\", \"mass\": \"gdp\"},"
    "               {\"measure\": \"potential\", \"mass\": \"gdp\","
    "                \"decay\": \"exponential:0.005\"}],"
    "\"claims\": [{\"text\": \"all is well\", \"statistic\": \"count_above\", \"of\": \"gdp\","
    "             \"above\": 150, \"claimed\": 7, \"unit\": \"places\"}],"
    "\"sensitivity\": [{\"parameter\": \"road.classes.class0\", \"low\": 80, \"high\": 100,"
    "                  \"basis\": \"assumed\"}]}";

static int write_study(void **state)
{
    (void)state;
    write_places();
    write_railway();
    write_file("alloc_study.json", study_json);
    write_file("alloc_observed.csv", "from,to,mode,period,minutes,sample,confidence\n"
                                     "p0,p5,road,2010,90,a,b\np1,p2,,2005..,50,c,d\n");
    return 0;
}

static void study_read__out_of_memory_says_so_and_gives_nothing(void **state)
{
    (void)state;
    nearer_study *sentinel = (nearer_study *)(void *)&err;
    for (long allowed = 0;; allowed++) {
        nearer_study *study = sentinel;
        err = (nearer_error){NEARER_OK, ""};
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_study_read(&study, "alloc_study.json", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_int_equal(nearer_network_places(nearer_study_network(study)), PLACES);
            nearer_study_free(study);
            /* six tables of 29 columns in all, each with a name and cells, at the least */
            assert_true(allowed > 58);
            print_message("%ld allocations\n", allowed);
            return;
        }
        if (status != NEARER_MEMORY)
            fail_msg("allocation %ld: status %d, %s", allowed, (int)status, err.message);
        assert_int_equal(err.status, NEARER_MEMORY);
        assert_string_equal(err.message, "out of memory");
        assert_ptr_equal(study, sentinel);
    }
}

static void study_read__out_of_memory_needs_no_error_to_fill(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    for (long allowed = 0; allowed < 60; allowed += 7) {
        nr_fail_allocation_after(allowed);
        assert_int_equal(nearer_study_read(&study, "alloc_study.json", NULL), NEARER_MEMORY);
        assert_null(study);
    }
    nr_fail_allocation_after(-1);
}

static void study_read__works_after_memory_came_back(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    nr_fail_allocation_after(40);
    assert_int_equal(nearer_study_read(&study, "alloc_study.json", &err), NEARER_MEMORY);
    assert_ok(nearer_study_read(&study, "alloc_study.json", &err));
    size_t place = 0;
    assert_ok(nearer_network_find_place(&place, nearer_study_network(study), "ort 42", &err));
    assert_int_equal(place, 42);
    nearer_study_free(study);
}

/* ---- the questions ---- */

static const nearer_study *asked;
static const nearer_measure_spec mean_time = {"mean_time", "gdp", NULL, (double)NAN, (double)NAN};

static nearer_query query_of(int year)
{
    nearer_query query = {.date = nearer_date_year_end(year), .engine = NEARER_ENGINE_DIJKSTRA};
    return query;
}

static nearer_status ask_check(nearer_report **out)
{
    return nearer_ask_check(out, asked, &err);
}
static nearer_status ask_times(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_times(out, asked, &query, &err);
}
static nearer_status ask_reference(nearer_report **out)
{
    nearer_query query = query_of(2010);
    query.engine = NEARER_ENGINE_IGRAPH;
    return nearer_ask_times(out, asked, &query, &err);
}
static nearer_status ask_trip(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_trip(out, asked, &query, 0, 5, &err);
}
static nearer_status ask_access(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_access(out, asked, &query, &mean_time, &err);
}
static nearer_status ask_compare(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_compare(out, asked, &query, nearer_date_year_end(2001),
                              nearer_date_year_end(2020), &mean_time, &err);
}
static nearer_status ask_growth(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_growth(out, asked, &query, &mean_time, &err);
}
static nearer_status ask_claims(nearer_report **out)
{
    return nearer_ask_claims(out, asked, &err);
}
static nearer_status ask_timeline(nearer_report **out)
{
    static const nearer_pair pairs[] = {{0, 5}, {1, 2}};
    nearer_query query = query_of(2010);
    nearer_timeline_spec spec = {
        .from = 2009, .to = 2010, .weight_openings = true, .pairs = pairs, .pair_count = 2};
    return nearer_ask_timeline(out, asked, &query, &spec, &err);
}
static nearer_status ask_validate(nearer_report **out)
{
    nearer_query query = query_of(2010);
    nearer_table *observed = NULL;
    nearer_status status = nearer_table_read(&observed, "alloc_observed.csv", NULL, &err);
    if (status == NEARER_OK)
        status = nearer_ask_validate(out, asked, &query, observed, 2001, 2020, &err);
    nearer_table_free(observed);
    return status;
}
static nearer_status ask_sensitivity(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_sensitivity(out, asked, &query, nearer_date_year_end(2001),
                                  nearer_date_year_end(2020), "gdp", &err);
}
static nearer_status ask_chart(nearer_report **out)
{
    nearer_report *report = NULL;
    nearer_status status = ask_validate(&report);
    if (status == NEARER_OK) status = nearer_chart_write("alloc_chart.svg", report, &err);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
static nearer_status ask_measures(nearer_report **out)
{
    return nearer_catalogue(out, "measures", &err);
}
static nearer_status ask_decays(nearer_report **out)
{
    return nearer_catalogue(out, "decays", &err);
}

static const struct {
    const char *name;
    nearer_status (*ask)(nearer_report **out);
} questions[] = {{"check", ask_check},
                 {"times", ask_times},
                 {"reference", ask_reference},
                 {"trip", ask_trip},
                 {"access", ask_access},
                 {"compare", ask_compare},
                 {"growth", ask_growth},
                 {"claims", ask_claims},
                 {"timeline", ask_timeline},
                 {"validate", ask_validate},
                 {"sensitivity", ask_sensitivity},
                 {"chart", ask_chart},
                 {"list measures", ask_measures},
                 {"list decays", ask_decays}};

static void questions__out_of_memory_say_so_and_give_nothing(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, "alloc_study.json", &err));
    asked = study;
    nearer_report *sentinel = (nearer_report *)(void *)&err;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        for (long allowed = 0;; allowed++) {
            nearer_report *report = sentinel;
            nr_fail_allocation_after(allowed);
            nearer_status status = questions[i].ask(&report);
            nr_fail_allocation_after(-1);
            if (status == NEARER_OK) {
                assert_true(nearer_report_tables(report) > 0);
                nearer_report_free(report);
                assert_true(allowed > 3); /* the report, a table, its columns */
                break;
            }
            if (status != NEARER_MEMORY)
                fail_msg("%s, allocation %ld: status %d, %s", questions[i].name, allowed,
                         (int)status, err.message);
            assert_ptr_equal(report, sentinel);
        }
    }
    nearer_study_free(study);
}

/* The charts of three kinds of answers, which are made without fail. */
static void chart_write__out_of_memory_says_so_and_leaves_no_file(void **state)
{
    (void)state;
    static nearer_status (*const asks[])(nearer_report **) = {ask_timeline, ask_validate,
                                                              ask_sensitivity};
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, "alloc_study.json", &err));
    asked = study;
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        nearer_report *report = NULL;
        assert_ok(asks[i](&report));
        remove("alloc_chart.svg");
        for (long allowed = 0;; allowed++) {
            nr_fail_allocation_after(allowed);
            nearer_status status = nearer_chart_write("alloc_chart.svg", report, &err);
            nr_fail_allocation_after(-1);
            FILE *chart = fopen("alloc_chart.svg", "rb"),
                 *part = fopen("alloc_chart.svg.part", "rb");
            assert_null(part);
            if (status == NEARER_OK) {
                assert_non_null(chart);
                fclose(chart);
                assert_true(allowed > 3); /* three columns, the names, the file */
                break;
            }
            assert_null(chart);
            assert_int_equal(status, NEARER_MEMORY);
            assert_string_equal(err.message, "out of memory");
        }
        nearer_report_free(report);
    }
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study_read__out_of_memory_says_so_and_gives_nothing),
        cmocka_unit_test(study_read__out_of_memory_needs_no_error_to_fill),
        cmocka_unit_test(study_read__works_after_memory_came_back),
        cmocka_unit_test(questions__out_of_memory_say_so_and_give_nothing),
        cmocka_unit_test(chart_write__out_of_memory_says_so_and_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, write_study, NULL);
}
