/* Every allocation of a study's reading, of the questions and of each format made to fail, one
 * after the other. */
#include <math.h>
#include <shapefil.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/memory.h"
#include "cases/feed.h"
#include "tables.h"

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
static const nearer_measure_spec mean_time = {
    .measure = "mean_time", .mass = "gdp", .cutoff_min = (double)NAN, .own_min = (double)NAN};

static nearer_query query_of(int year)
{
    nearer_query query = {.date = nearer_date_year_end(year), .engine = "dijkstra"};
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
    query.engine = "igraph";
    return nearer_ask_times(out, asked, &query, &err);
}
static nearer_status ask_reach(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_reach(out, asked, &query, 3, true, &err);
}
static nearer_status ask_trip(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_trip(out, asked, &query, 0, 5, &err);
}
static nearer_status ask_access(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_access(out, asked, &query, &mean_time, 1, false, &err);
}
static nearer_status ask_compare(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_compare(out, asked, &query, nearer_date_year_end(2001),
                              nearer_date_year_end(2020), &mean_time, &err);
}
static nearer_study *asked_after; /* under a scenario */
static nearer_status ask_event(nearer_report **out)
{
    static const nearer_event_spec spec = {
        .y = "y", .unit = "id", .time = "year", .treated = "line"};
    nearer_table *table = NULL;
    nearer_status status = nearer_table_read(&table, "alloc_panel.csv", NULL, &err);
    if (status == NEARER_OK) status = nearer_ask_event(out, table, &spec, &err);
    nearer_table_free(table);
    return status;
}
static nearer_status ask_growth(nearer_report **out)
{
    nearer_query query = query_of(2010);
    const nearer_growth_spec what = {.cluster = "region", .draws = 3, .planned = asked_after};
    return nearer_ask_growth(out, asked, &query, &mean_time, &what, &err);
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
static nearer_status ask_isochrones(nearer_report **out)
{
    static const double within[] = {60, 300};
    nearer_query query = query_of(2010);
    const nearer_isochrones what = {.place = 1, .within_min = within, .count = 2, .nodes = true};
    return nearer_ask_isochrones(out, asked, &query, &what, &err);
}
static nearer_status ask_tree(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_tree(out, asked, &query, 1, &err);
}
static nearer_status ask_sums(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_sums(out, asked, &query, "length_km", &err);
}
static nearer_status ask_load(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_load(out, asked, &query, NULL, NULL, &err);
}
static nearer_status ask_whole(nearer_report **out)
{
    static const nearer_measure_spec specs[] = {
        {.measure = "spatial_availability",
         .mass = "gdp",
         .demand = "gdp",
         .decay = "exponential:0.01",
         .cutoff_min = (double)NAN,
         .own_min = 5},
        {.measure = "circuity", .mass = "gdp", .cutoff_min = (double)NAN, .own_min = (double)NAN},
        {.measure = "betweenness", .cutoff_min = (double)NAN, .own_min = (double)NAN}};
    nearer_query query = query_of(2010);
    return nearer_ask_access(out, asked, &query, specs, 3, true, &err);
}
static nearer_status ask_robust(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_robust(out, asked, &query, &mean_time, 1, 2, 7, &err);
}
static nearer_status ask_equity(nearer_report **out)
{
    static const char *const scores[] = {"lon_deg"};
    const nearer_equity_spec spec = {
        .scores = scores, .score_count = 1, .income = "lon_deg", .group = "id", .line = 500};
    nearer_table *table = NULL;
    nearer_status status = nearer_table_read(&table, "alloc_places.csv", NULL, &err);
    if (status == NEARER_OK) status = nearer_ask_equity(out, table, table, &spec, &err);
    nearer_table_free(table);
    return status;
}
static const char rows_csv[] =
    "id,lon_deg,lat_deg,x,y,side\na,1,1,1,2,e\nb,2,1,2,4,e\nc,3,1,4,5,e\n"
    "d,4,2,3,9,w\ne,5,2,6,7,w\nf,6,2,5,8,w\n";
static nearer_status ask_correlate(nearer_report **out)
{
    static const char *const given[] = {"lat_deg"};
    const nearer_correlation_spec spec = {
        .x = "x", .y = "y", .given = given, .given_count = 1, .draws = 100, .seed = 1};
    nearer_table *table = NULL, *other = NULL;
    nearer_status status = nearer_table_read(&table, "alloc_rows.csv", NULL, &err);
    if (status == NEARER_OK) status = nearer_table_read(&other, "alloc_rows.csv", NULL, &err);
    if (status == NEARER_OK) status = nearer_ask_correlate(out, table, other, &spec, &err);
    nearer_table_free(table);
    nearer_table_free(other);
    return status;
}
static nearer_status ask_regress(nearer_report **out)
{
    static const char *const x[] = {"x"};
    static const double km[] = {200};
    const nearer_regression_spec spec = {.y = "y",
                                         .x = x,
                                         .x_count = 1,
                                         .cluster = "side",
                                         .km = km,
                                         .km_count = 1,
                                         .neighbours = {.nearest = 2}};
    nearer_table *table = NULL;
    nearer_status status = nearer_table_read(&table, "alloc_rows.csv", NULL, &err);
    if (status == NEARER_OK) status = nearer_ask_regress(out, table, &spec, &err);
    nearer_table_free(table);
    return status;
}
static nearer_status ask_moran(nearer_report **out)
{
    const nearer_moran_spec spec = {
        .column = "y", .neighbours = {.band_km = 200}, .local = true, .draws = 9, .seed = 1};
    nearer_table *table = NULL;
    nearer_status status = nearer_table_read(&table, "alloc_rows.csv", NULL, &err);
    if (status == NEARER_OK) status = nearer_ask_moran(out, table, &spec, &err);
    nearer_table_free(table);
    return status;
}
static nearer_status ask_cut(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_cut(out, asked, &query, "gdp", "mode", &err);
}
static nearer_status ask_scenario(nearer_report **out)
{
    static const char *const paths[] = {"alloc_scenario.json"};
    nearer_study *after = NULL;
    nearer_status status = nearer_study_read_under(&after, "alloc_study.json", paths, 1, &err);
    if (status == NEARER_OK) status = nearer_ask_check(out, after, &err);
    nearer_study_free(after);
    return status;
}
static nearer_status ask_line(nearer_report **out)
{
    nearer_query query = query_of(2010);
    return nearer_ask_line(out, asked, (const nearer_study *const *)&asked_after, 1, &query,
                           &mean_time, 1, &err);
}
static nearer_status ask_lines(nearer_report **out)
{
    nearer_query query = query_of(2010);
    const nearer_lines_spec spec = {.speed_kmh = 900,
                                    .detour = (double)NAN,
                                    .cost_per_km = "1",
                                    .max_km = 200,
                                    .most_lines = 1};
    return nearer_ask_lines(out, asked, &query, &mean_time, &spec, &err);
}
static nearer_status ask_candidates(nearer_report **out)
{
    nearer_query query = query_of(2010);
    const nearer_lines_spec spec = {
        .candidates = asked_after, .speed_kmh = (double)NAN, .detour = (double)NAN};
    return nearer_ask_lines(out, asked, &query, &mean_time, &spec, &err);
}
static nearer_status ask_standard(nearer_report **out)
{
    nearer_query query = query_of(2010);
    const nearer_lines_spec spec = {.speed_kmh = 900, .detour = (double)NAN};
    const nearer_standard standard = {.within_min = 20, .group = "region"};
    return nearer_ask_standard(out, asked, &query, &standard, &spec, &err);
}
static nearer_status ask_attribute(nearer_report **out)
{
    nearer_query query = query_of(2010);
    const nearer_attribution what = {
        .from = nearer_date_year_end(1990), .to = nearer_date_year_end(2030), .by = "mode"};
    return nearer_ask_attribute(out, asked, &query, &what, &err);
}
static nearer_status ask_orders(nearer_report **out)
{
    nearer_query query = query_of(2010);
    const nearer_attribution what = {.from = nearer_date_year_end(1990),
                                     .to = nearer_date_year_end(2030),
                                     .draws = 2,
                                     .owen = true};
    return nearer_ask_attribute(out, asked, &query, &what, &err);
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
                 {"reach", ask_reach},
                 {"trip", ask_trip},
                 {"access", ask_access},
                 {"compare", ask_compare},
                 {"growth", ask_growth},
                 {"event", ask_event},
                 {"claims", ask_claims},
                 {"timeline", ask_timeline},
                 {"validate", ask_validate},
                 {"sensitivity", ask_sensitivity},
                 {"isochrones", ask_isochrones},
                 {"tree", ask_tree},
                 {"sums", ask_sums},
                 {"load", ask_load},
                 {"whole", ask_whole},
                 {"robust", ask_robust},
                 {"equity", ask_equity},
                 {"scenario", ask_scenario},
                 {"correlate", ask_correlate},
                 {"regress", ask_regress},
                 {"moran", ask_moran},
                 {"line", ask_line},
                 {"lines", ask_lines},
                 {"candidates", ask_candidates},
                 {"standard", ask_standard},
                 {"attribute", ask_attribute},
                 {"orders", ask_orders},
                 {"cut", ask_cut},
                 {"chart", ask_chart},
                 {"list measures", ask_measures},
                 {"list decays", ask_decays}};

static void questions__out_of_memory_say_so_and_give_nothing(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, "alloc_study.json", &err));
    write_file("alloc_scenario.json",
               "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", "
               "\"properties\": {\"line\": \"drawn\", \"mode\": \"rail\", \"minutes\": \"5\"}, "
               "\"geometry\": {\"type\": \"LineString\", \"coordinates\": [[0, 0], [7, 7]]}}], "
               "\"build\": [{\"line\": \"new\", \"mode\": \"rail\", \"stops\": [\"p0\", \"p3\"], "
               "\"opened\": \"2010\", \"minutes\": [5]}]}");
    write_file("alloc_rows.csv", rows_csv);
    write_file("alloc_panel.csv", "id,year,y,line\na,1,1,\na,2,2,\nb,1,1,2\nb,2,3,2\n"
                                  "c,1,2,\nc,2,2,\nd,1,4,2\nd,2,5,2\n");
    asked = study;
    const char *const paths[] = {"alloc_scenario.json"};
    assert_ok(nearer_study_read_under(&asked_after, "alloc_study.json", paths, 1, &err));
    nearer_report *sentinel = (nearer_report *)(void *)&err;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        /* of thousands, those behind the first ones by leaps */
        for (long allowed = 0;; allowed += allowed < 300 ? 1 : allowed / 12) {
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
    nearer_study_free(asked_after);
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

/* ---- files of each format ---- */

enum { ROWS = 70, FIELDS = 20 }; /* more than the first size of any array */

/* Lines with many properties, a collection, and a first feature without a shape. */
static void write_geojson(void)
{
    FILE *file = fopen("alloc.geojson", "wb");
    assert_non_null(file);
    fprintf(file, "{\"type\": \"FeatureCollection\", "
                  "\"features\": [\n{\"type\": \"Feature\", "
                  "\"geometry\": null, \"properties\": {");
    for (int k = 0; k < FIELDS; k++) fprintf(file, "%s\"f%d\": \"%d\"", k > 0 ? ", " : "", k, k);
    fprintf(file, "}}");
    for (int i = 1; i < ROWS; i++) {
        fprintf(file, ",\n{\"type\": \"Feature\", \"id\": %d, \"geometry\": ", i);
        if (i == 5)
            fprintf(file, "{\"type\": \"GeometryCollection\", \"geometries\": [{\"type\": "
                          "\"MultiLineString\", \"coordinates\": [[[0, 0], [1, 1]], [[2, 2], "
                          "[3, 3]]]}]}");
        else {
            fprintf(file, "{\"type\": \"LineString\", \"coordinates\": [[0, 0]");
            for (int k = 1; k < (i == 1 ? 20 : 3); k++) fprintf(file, ", [%d, %d]", k, i);
            fprintf(file, "]}");
        }
        fprintf(file, ", \"properties\": {");
        for (int k = 0; k < FIELDS; k++)
            fprintf(file, "%s\"%c%d\": %d", k > 0 ? ", " : "", i % 2 == 0 ? 'f' : 'g', k, k);
        fprintf(file, "}}");
    }
    fprintf(file, "]}");
    fclose(file);
}

/* A network of ROWS links in a circle, as others bring it. */
static void write_networks(void)
{
    assert_ok(nearer_folder_make("alloc_gmns", &err));
    FILE *arcs = fopen("alloc.gr", "wb"), *at = fopen("alloc.co", "wb"),
         *nodes = fopen("alloc_gmns/node.csv", "wb"), *links = fopen("alloc_gmns/link.csv", "wb");
    assert_true(arcs != NULL && at != NULL && nodes != NULL && links != NULL);
    fprintf(arcs, "p sp %d %d\n", ROWS, ROWS);
    fprintf(at, "p aux sp co %d\n", ROWS);
    fprintf(nodes, "node_id,x_coord,y_coord,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n");
    fprintf(links, "link_id,from_node_id,to_node_id,directed,length,geometry\n");
    for (int i = 1; i <= ROWS; i++) {
        fprintf(arcs, "a %d %d 7\n", i, i % ROWS + 1);
        fprintf(at, "v %d %d 30000000\n", i, i * 1000000);
        fprintf(nodes, "%d,%d,30,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", i, i);
        fprintf(links, "%d,%d,%d,1,5,\"LINESTRING (%d 30, 0 0, %d 30)\"\n", i, i, i % ROWS + 1, i,
                i % ROWS + 1);
    }
    fclose(arcs);
    fclose(at);
    fclose(nodes);
    fclose(links);
    write_file("alloc_gmns/config.csv", "long_length,crs\nmile,4326\n");
}

static void write_feeds(void)
{
    static const feed one = {
        .stops = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
                 "A,Alpha,1,10,1,\nA1,Alpha 1,1,10,0,A\nB,Beta,2,11,,\n",
        .routes = "route_id,route_short_name,route_type\nR,IC,2\n",
        .trips = "route_id,service_id,trip_id\nR,week,t\nR,week,u\n",
        .stop_times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                      "t,07:00:00,07:00:00,A1,1\nt,,07:45:00,B,2\nu,08:00:00,08:00:00,A1,1\n"
                      "u,08:40:00,08:45:00,B,2\n",
        .calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
                    "start_date,end_date\nweek,1,1,1,1,1,0,0,20200101,20201231\n",
        .frequencies = "trip_id,start_time,end_time,headway_secs\nt,07:00:00,09:00:00,600\n",
        .transfers = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA1,B,2,120\n"};
    feed_folder("alloc_feed", &one);
    feed_zip("alloc_feed.zip", "top/", &one);
}

/* The roads' nodes, in other formats by way of our own writers; the railway in GBK and metres. */
static void write_others(void)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, "alloc_nodes.csv", NULL, &err));
    assert_ok(nearer_table_write(table, "alloc.gpkg", &err));
    nearer_table_free(table);
    FILE *pairs = fopen("alloc_pairs.csv", "wb");
    assert_non_null(pairs);
    fprintf(pairs, "from_id,to_id,minutes\n");
    for (int i = 0; i < ROWS; i++) fprintf(pairs, "p%d,p%d,%d\n", i, (i + 1) % ROWS, 10 + i);
    fclose(pairs);
    assert_ok(nearer_table_read(&table, "alloc_pairs.csv", NULL, &err));
    assert_ok(nearer_table_write(table, "alloc.npy", &err));
    nearer_table_free(table);
    write_file("alloc_gbk.csv", "id,name\n1,\xCE\xE4\xBA\xBA\n");
    SHPHandle shapes = SHPCreate("alloc_metres.shp", SHPT_POINT);
    DBFHandle attributes = DBFCreateEx("alloc_metres.shp", "LDID/77");
    assert_true(shapes != NULL && attributes != NULL);
    for (int k = 0; k < FIELDS; k++) {
        char name[8];
        snprintf(name, sizeof name, "F%d", k);
        DBFAddField(attributes, name, k % 2 == 0 ? FTString : FTInteger, 9, 0);
    }
    for (int i = 0; i < ROWS; i++) {
        double x = 500000 + i, y = 3000000;
        SHPObject *shape = SHPCreateSimpleObject(SHPT_POINT, 1, &x, &y, NULL);
        SHPWriteObject(shapes, -1, shape);
        SHPDestroyObject(shape);
        for (int k = 0; k < FIELDS; k += 2)
            DBFWriteStringAttribute(attributes, i, k, "\xCE\xE4\xBA\xBA");
        for (int k = 1; k < FIELDS; k += 2) DBFWriteIntegerAttribute(attributes, i, k, i);
    }
    SHPClose(shapes);
    DBFClose(attributes);
    write_file("alloc_metres.cpg", "936\n");
    write_file("alloc_metres.prj", "EPSG:32650");
}

static const struct {
    const char *path, *encoding;
    size_t rows;
    const char *to[4]; /* what it is converted into */
} sources[] = {
    {"alloc.geojson", NULL, ROWS + 1, {"alloc_out.shp", "alloc_gmns_out/"}},
    {"alloc_metres.shp", NULL, ROWS, {"alloc_out.gpkg", "alloc_out.geojson"}},
    {"alloc_rail.shp", NULL, PLACES - 1, {"alloc_out.csv", "alloc_out.graphml"}},
    {"alloc.gpkg", NULL, PLACES, {"alloc_out.shp"}},
    {"alloc.gr", NULL, ROWS, {"alloc_out.csv", "alloc_gmns_out/"}},
    {"alloc_gmns", NULL, ROWS, {"alloc_out.gr", "alloc_out.shp"}},
    {"alloc_feed", NULL, 2, {"alloc_out.csv", "alloc_gmns_out/"}},
    {"alloc_feed.zip", NULL, 2, {"alloc_out.geojson"}},
    {"alloc.npy", NULL, ROWS, {"alloc_out.npy"}},
    {"alloc_pairs.csv", NULL, ROWS, {"alloc_out.npy", "alloc_out.json"}},
    {"alloc_gbk.csv", "GBK", 1, {"alloc_out.csv"}},
};

static int write_sources(void **state)
{
#ifdef _OPENMP
    omp_set_num_threads(1); /* a network this small is not worth a team of threads */
#endif
    write_study(state);
    write_geojson();
    write_networks();
    write_feeds();
    write_others();
    return 0;
}

static void assert_starved(nearer_status status, const char *what, const char *to, long allowed)
{
    if (status != NEARER_MEMORY || strstr(err.message, "out of memory") == NULL)
        fail_msg("%s%s%s, allocation %ld: status %d, %s", what, to[0] == 0 ? "" : " to ", to,
                 allowed, (int)status, err.message);
}

static nearer_status read_source(nr_network_tables *out, size_t i)
{
    const nr_format *format = NULL;
    const nearer_reading how = {.encoding = sources[i].encoding, .day = "2020-06-01"};
    nearer_status status = nr_format_find(&format, sources[i].path, NULL, NR_READ, &err);
    if (status != NEARER_OK) return status;
    return format->read != NULL ? format->read(&out->links, sources[i].path, &how, &err)
                                : format->read_network(out, sources[i].path, &how, &err);
}

/* What comes out in the end is whole: nothing was left out for want of memory. */
static void formats__out_of_memory_say_so_and_give_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        nr_network_tables whole = {0};
        assert_ok(read_source(&whole, i));
        assert_int_equal(nearer_table_rows(whole.links), sources[i].rows);
        for (long allowed = 0;; allowed++) {
            nr_network_tables tables = {0};
            nr_fail_allocation_after(allowed);
            nearer_status status = read_source(&tables, i);
            nr_fail_allocation_after(-1);
            if (status == NEARER_OK) {
                assert_same_table(tables.links, whole.links);
                if (whole.nodes != NULL) assert_same_table(tables.nodes, whole.nodes);
                nr_network_tables_clear(&tables);
                /* each column has a name and cells */
                if ((size_t)allowed < 2 * nearer_table_columns(whole.links))
                    fail_msg("%s: no more than %ld allocations", sources[i].path, allowed);
                break;
            }
            assert_starved(status, sources[i].path, "", allowed);
            assert_true(tables.links == NULL && tables.nodes == NULL);
        }
        nr_network_tables_clear(&whole);
    }
}

/* Asks again and again, each time with one allocation more; returns how many it took. */
static long starve(nearer_status (*ask)(nearer_report **out, size_t i, const char *to), size_t i,
                   const char *to)
{
    nearer_report *sentinel = (nearer_report *)(void *)&err;
    for (long allowed = 0;; allowed++) {
        nearer_report *report = sentinel;
        nr_fail_allocation_after(allowed);
        nearer_status status = ask(&report, i, to);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_true(nearer_report_tables(report) > 0);
            nearer_report_free(report);
            return allowed;
        }
        assert_starved(status, sources[i].path, to, allowed);
        assert_ptr_equal(report, sentinel);
    }
}

static nearer_status convert(nearer_report **out, size_t i, const char *to)
{
    const nearer_conversion conversion = {
        .how = {.encoding = sources[i].encoding, .day = "2020-06-01"}};
    return nearer_convert(out, sources[i].path, to, &conversion, &err);
}

static nearer_status ask_file(nearer_report **out, size_t i, const char *to)
{
    const nearer_reading how = {.encoding = sources[i].encoding, .day = "2020-06-01"};
    const nearer_topology topology = {.snap_m = 1, .crossings = true};
    (void)to;
    return nearer_ask_file(out, sources[i].path, &how, &topology, &err);
}

/* The report and its table alone take ten. */
static void convert__out_of_memory_says_so_and_gives_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        for (size_t k = 0; k < 4 && sources[i].to[k] != NULL; k++)
            assert_true(starve(convert, i, sources[i].to[k]) > 10);
}

static void ask_file__out_of_memory_says_so_and_gives_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        assert_true(starve(ask_file, i, "") > 10);
}

static void study_of_times__out_of_memory_says_so_and_gives_nothing(void **state)
{
    (void)state;
    const nearer_given_times given = {.times = "alloc_pairs.csv",
                                      .before = "alloc_pairs.csv",
                                      .places = "alloc_places.csv",
                                      .column = "minutes",
                                      .minutes_per_unit = 1};
    nearer_study *sentinel = (nearer_study *)(void *)&err;
    for (long allowed = 0;; allowed++) {
        nearer_study *study = sentinel;
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_study_of_times(&study, &given, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_int_equal(nearer_network_places(nearer_study_network(study)), PLACES);
            nearer_study_free(study);
            assert_true(allowed > 20);
            return;
        }
        assert_starved(status, given.times, "", allowed);
        assert_ptr_equal(study, sentinel);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study_read__out_of_memory_says_so_and_gives_nothing),
        cmocka_unit_test(study_read__out_of_memory_needs_no_error_to_fill),
        cmocka_unit_test(study_read__works_after_memory_came_back),
        cmocka_unit_test(questions__out_of_memory_say_so_and_give_nothing),
        cmocka_unit_test(chart_write__out_of_memory_says_so_and_leaves_no_file),
        cmocka_unit_test(formats__out_of_memory_say_so_and_give_nothing),
        cmocka_unit_test(convert__out_of_memory_says_so_and_gives_nothing),
        cmocka_unit_test(ask_file__out_of_memory_says_so_and_gives_nothing),
        cmocka_unit_test(study_of_times__out_of_memory_says_so_and_gives_nothing),
    };
    return cmocka_run_group_tests(tests, write_sources, NULL);
}
