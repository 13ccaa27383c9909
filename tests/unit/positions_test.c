/* Positions in the columns of tables by a reference system. UTM positions are those of crs_test. */
#include <math.h>

#include "base/memory.h"
#include "test.h"

static nearer_error err;

#define UTM "241633.917251583,3387568.6716182"

static nearer_table *read_by(const char *text, const nearer_reading *how)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file("positions.csv", text), how, &err));
    return table;
}

static void assert_cell(const nearer_table *table, size_t row, const char *column, double value)
{
    ptrdiff_t c = nearer_table_find(table, column);
    assert_true(c >= 0);
    double found = nearer_table_number(table, row, (size_t)c);
    if (isnan(value) ? !isnan(found) : !(fabs(found - value) < 1e-8))
        fail_msg("%s of row %zu is %.12g, not %.12g", column, row, found, value);
}

static void positions__become_degrees(void **state)
{
    (void)state;
    const nearer_reading utm = {.crs = "EPSG:32650"}, shifted = {.crs = "GCJ-02"};
    nearer_table *table = read_by("id,lon_deg,lat_deg\na," UTM "\nb,,\nc,5,\nd,500000,0\n", &utm);
    assert_cell(table, 0, "lon_deg", 114.3055);
    assert_cell(table, 0, "lat_deg", 30.5928);
    for (size_t row = 1; row < 3; row++) {
        assert_cell(table, row, "lon_deg", (double)NAN);
        assert_cell(table, row, "lat_deg", (double)NAN);
    }
    assert_cell(table, 3, "lon_deg", 117);
    assert_string_equal(nearer_table_text(table, 3, 0), "d");
    nearer_table_free(table);
    table = read_by("lon_deg,lat_deg\n116.41024449916938,39.91640428150164\n", &shifted);
    assert_cell(table, 0, "lon_deg", 116.404);
    assert_cell(table, 0, "lat_deg", 39.915);
    nearer_table_free(table);
    table = read_by("lon_deg,lat_deg\n", &utm);
    assert_int_equal(nearer_table_rows(table), 0);
    nearer_table_free(table);
}

static void positions__of_links_are_those_of_both_ends(void **state)
{
    (void)state;
    const nearer_reading utm = {.crs = "EPSG:32650"};
    nearer_table *table = read_by("from_lon_deg,from_lat_deg,to_lon_deg,to_lat_deg\n"
                                  "500000,0," UTM "\n",
                                  &utm);
    assert_cell(table, 0, "from_lon_deg", 117);
    assert_cell(table, 0, "from_lat_deg", 0);
    assert_cell(table, 0, "to_lon_deg", 114.3055);
    assert_cell(table, 0, "to_lat_deg", 30.5928);
    nearer_table_free(table);
}

static void assert_refused(const char *text, const char *crs, nearer_status status,
                           const char *part)
{
    const nearer_reading how = {.crs = crs};
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, write_file("positions.csv", text), &how, &err), status,
                 part);
    assert_null(table);
}

static void positions__that_are_none_are_refused(void **state)
{
    (void)state;
    assert_refused("lon_deg,lat_deg\n1,2\n", "NOPE", NEARER_NAME,
                   "positions.csv: 'NOPE' is no coordinate reference system");
    assert_refused("id,lon_deg\na,1\n", "EPSG:32650", NEARER_VALUE,
                   "positions.csv: a reference system is said, but there are no positions by it: "
                   "columns lon_deg and lat_deg, or");
    assert_refused("lon_deg,lat_deg\n1,2\nx,3\n", "EPSG:32650", NEARER_VALUE,
                   "positions.csv:3: lon_deg is 'x', a number was expected");
    assert_refused("lon_deg,lat_deg\n1,2\n1e30,1e30\n", "EPSG:32650", NEARER_VALUE,
                   "positions.csv:3: (1e+30, 1e+30) gives no degrees of longitude and latitude by "
                   "WGS 84 / UTM zone 50N");
}

static void positions__of_a_study_stand_in_the_columns_it_names(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    nearer_report *report = NULL;
    write_file("positions_places.csv", "id,x,y\na,500000,0\nb,611280,0\n");
    write_file("positions_nodes.csv", "id,e,n\ns,500000,0\nt,611280,0\n");
    write_file("positions_links.csv", "from,to,minutes\ns,t,60\n");
    write_file(
        "positions.json",
        "{\"places\": {\"file\": \"positions_places.csv\", \"lon\": \"x\", \"lat\": \"y\","
        " \"crs\": \"EPSG:32650\"}, \"dates\": {\"from\": 2001, \"to\": 2020},"
        " \"layers\": [{\"id\": \"r\", \"mode\": \"rail\", \"file\": \"positions_links.csv\","
        " \"nodes\": {\"file\": \"positions_nodes.csv\", \"lon\": \"e\", \"lat\": \"n\","
        " \"crs\": \"EPSG:32650\"}}]}");
    assert_ok(nearer_study_read(&study, "positions.json", &err));
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    assert_ok(nearer_ask_times(&report, study, &query, &err));
    const nearer_table *times = nearer_report_table(report, 0);
    assert_int_equal(nearer_table_rows(times), 2);
    assert_true(nearer_table_number(times, 0, 2) < 180);
    nearer_report_free(report);
    nearer_study_free(study);
}

static void positions__out_of_memory_give_nothing(void **state)
{
    (void)state;
    const nearer_reading utm = {.crs = "EPSG:32650"};
    write_file("positions.csv", "lon_deg,lat_deg\n" UTM "\n");
    for (long allowed = 0;; allowed++) {
        nearer_table *table = NULL;
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_table_read(&table, "positions.csv", &utm, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            nearer_table_free(table);
            assert_true(allowed > 5);
            return;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_null(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions__become_degrees),
        cmocka_unit_test(positions__of_links_are_those_of_both_ends),
        cmocka_unit_test(positions__that_are_none_are_refused),
        cmocka_unit_test(positions__of_a_study_stand_in_the_columns_it_names),
        cmocka_unit_test(positions__out_of_memory_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
