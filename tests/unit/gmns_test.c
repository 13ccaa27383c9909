#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/wkt.h"
#include "test.h"

static nearer_error err;

#define NODES "node_id,name,x_coord,y_coord,zone_id\n1,Aville,1,2,z\n2,,3,4,\n"
#define LINK_HEAD "link_id,from_node_id,to_node_id,directed"

/* A folder with these files; NULL: there is none. */
static const char *folder(const char *nodes, const char *links, const char *config,
                          const char *geometry)
{
    static const char *const names[] = {"gmns_in/node.csv", "gmns_in/link.csv",
                                        "gmns_in/config.csv", "gmns_in/geometry.csv"};
    const char *texts[] = {nodes, links, config, geometry};
    assert_ok(nearer_folder_make("gmns_in", &err));
    for (size_t i = 0; i < 4; i++) {
        remove(names[i]);
        if (texts[i] != NULL) write_file(names[i], texts[i]);
    }
    return "gmns_in";
}

static nearer_status read_folder(nr_network_tables *out, const char *path, const char *crs)
{
    const nearer_reading how = {.crs = crs};
    const nr_format *format = NULL;
    nearer_status status = nr_format_find(&format, path, NULL, NR_READ_NETWORK, &err);
    return status == NEARER_OK ? format->read_network(out, path, &how, &err) : status;
}

static nearer_status write_folder(const nr_network_tables *network, const char *path)
{
    nr_output output = {0};
    const nr_format *format = NULL;
    assert_ok(nr_format_find(&format, path, NULL, NR_WRITE_NETWORK, &err));
    nearer_status status = format->write_network(&output, network, &err);
    if (status == NEARER_OK) return nr_output_write(&output, path, &err);
    nr_output_clear(&output);
    return status;
}

static size_t column(const nearer_table *table, const char *name)
{
    ptrdiff_t found = nearer_table_find(table, name);
    if (found < 0) fail_msg("no column %s", name);
    return (size_t)found;
}

static double cell(const nearer_table *table, size_t row, const char *name)
{
    return nearer_table_number(table, row, column(table, name));
}

static const char *text(const nearer_table *table, size_t row, const char *name)
{
    return nearer_table_text(table, row, column(table, name));
}

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-9)) fail_msg("%.12g is not %.12g", found, expected);
}

static void gmns__of_no_rows_is_a_network_of_none(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    folder("node_id,x_coord,y_coord\n", "link_id,from_node_id,to_node_id,directed\n", NULL, NULL);
    assert_ok(read_folder(&t, "gmns_in", NULL));
    assert_int_equal(nearer_table_rows(t.nodes), 0);
    assert_int_equal(nearer_table_rows(t.links), 0);
    nr_network_tables_clear(&t);
}

static void gmns__has_our_names_and_units(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    folder(NODES,
           LINK_HEAD ",name,length,free_speed,facility_type,lanes,capacity,toll,opened\n"
                     "7,1,2,1,\"Ring, inner\",2,50,freeway,3,1800,2.5,2010\n"
                     "8,2,1,false,NaN,NaN,,,,,,\n"
                     "9,2,1,,x,1,1,,,,,\n",
           "dataset_name,short_length,long_length,speed,crs\nx,foot,mile,mph,4326\n", NULL);
    assert_ok(read_folder(&t, "gmns_in/", NULL));
    assert_string_equal(text(t.nodes, 0, "id"), "1");
    assert_string_equal(text(t.nodes, 0, "name"), "Aville");
    assert_string_equal(text(t.nodes, 0, "zone_id"), "z");
    assert_true(cell(t.nodes, 1, "lon_deg") == 3 && cell(t.nodes, 1, "lat_deg") == 4);
    assert_string_equal(text(t.links, 0, "from"), "1");
    assert_string_equal(text(t.links, 0, "to"), "2");
    assert_string_equal(text(t.links, 0, "line"), "Ring, inner");
    assert_string_equal(text(t.links, 0, "class"), "freeway");
    assert_string_equal(text(t.links, 0, "oneway"), "yes");
    assert_string_equal(text(t.links, 0, "link_id"), "7");
    assert_true(cell(t.links, 0, "length_km") == 2 * 1.609344);
    assert_true(cell(t.links, 0, "speed_kmh") == 50 * 1.609344);
    assert_true(cell(t.links, 0, "lanes") == 3);
    assert_true(cell(t.links, 0, "capacity") == 1800);
    assert_true(cell(t.links, 0, "toll") == 2.5); /* what we do not know is kept */
    assert_string_equal(text(t.links, 0, "opened"), "2010");
    assert_string_equal(text(t.links, 1, "oneway"), "");
    assert_string_equal(text(t.links, 1, "line"), "");
    assert_true(isnan(cell(t.links, 1, "length_km")));
    assert_string_equal(text(t.links, 2, "oneway"), "yes"); /* directed unless it says no */
    char where[NR_WHERE];
    assert_string_equal(nr_table_where(t.links, 1, where), "gmns_in/link.csv:3");
    nr_network_tables_clear(&t);
}

static void gmns__knows_units_by_their_names(void **state)
{
    (void)state;
    static const struct {
        const char *length, *speed;
        double km, kmh;
    } units[] = {{"km", "km/h", 1, 1},
                 {"Meters", "m/s", 0.001, 3.6},
                 {"mi", "MPH", 1.609344, 1.609344},
                 {"feet", "ft/s", 0.0003048, 1.09728},
                 {"yd", "kph", 0.0009144, 1}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        nr_network_tables t = {0};
        char config[80];
        snprintf(config, sizeof config, "long_length,speed\n%s,%s\n", units[i].length,
                 units[i].speed);
        folder(NODES, LINK_HEAD ",length,free_speed\n1,1,2,1,1,1\n", config, NULL);
        assert_ok(read_folder(&t, "gmns_in", NULL));
        assert_near(cell(t.links, 0, "length_km"), units[i].km);
        assert_near(cell(t.links, 0, "speed_kmh"), units[i].kmh);
        nr_network_tables_clear(&t);
    }
}

static void gmns__keeps_numbers_without_unit_by_their_own_names(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    folder(NODES, LINK_HEAD ",length,free_speed\n1,1,2,1,1200,55\n", NULL, NULL);
    assert_ok(read_folder(&t, "gmns_in", NULL));
    assert_int_equal(nearer_table_find(t.links, "length_km"), -1);
    assert_int_equal(nearer_table_find(t.links, "speed_kmh"), -1);
    assert_true(cell(t.links, 0, "length") == 1200);
    assert_true(cell(t.links, 0, "free_speed") == 55);
    nr_network_tables_clear(&t);
}

static void gmns__draws_links_from_their_geometry(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    folder(NODES,
           LINK_HEAD ",geometry_id,geometry,dir_flag\n"
                     "1,1,2,1,,\"LINESTRING (1 2, 2 2.5, 3 4)\",1\n"
                     "2,2,1,1,g,,-1\n"
                     "3,2,1,1,,,\n"
                     "4,2,1,1,h,\"linestring z(3 4 9,1 2 9)\",0\n",
           NULL, "geometry_id,geometry\nh,LINESTRING EMPTY\ng,\"LINESTRING(1 2,5 5,3 4)\"\n");
    assert_ok(read_folder(&t, "gmns_in", NULL));
    size_t n;
    const nr_lonlat *v = nr_table_line(t.links, 0, &n);
    assert_int_equal(n, 3);
    assert_true(v[0].lon == 1 && v[0].lat == 2 && v[1].lon == 2 && v[1].lat == 2.5);
    v = nr_table_line(t.links, 1, &n); /* drawn from 1 to 2, turned round */
    assert_int_equal(n, 3);
    assert_true(v[0].lon == 3 && v[1].lon == 5 && v[2].lon == 1 && v[2].lat == 2);
    nr_table_line(t.links, 2, &n);
    assert_int_equal(n, 0);
    v = nr_table_line(t.links, 3, &n);
    assert_int_equal(n, 2);
    assert_true(v[0].lon == 3 && v[1].lat == 2);
    assert_int_equal(nearer_table_find(t.links, "geometry"), -1);
    nr_network_tables_clear(&t);
}

static void gmns__takes_coordinates_of_any_system(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    const char *nodes = "node_id,x_coord,y_coord\n1,500000,0\n2,,\n";
    folder(nodes, LINK_HEAD ",geometry\n1,1,1,1,\"LINESTRING (500000 0, 500000 0)\"\n",
           "crs\n32650\n", NULL);
    assert_ok(read_folder(&t, "gmns_in", NULL));
    assert_near(cell(t.nodes, 0, "lon_deg"), 117);
    assert_near(cell(t.nodes, 0, "lat_deg"), 0);
    assert_true(isnan(cell(t.nodes, 1, "lon_deg")));
    size_t n;
    assert_near(nr_table_line(t.links, 0, &n)[1].lon, 117);
    nr_network_tables_clear(&t);
    assert_ok(read_folder(&t, "gmns_in", "EPSG:32651")); /* what is told goes before */
    assert_near(cell(t.nodes, 0, "lon_deg"), 123);
    nr_network_tables_clear(&t);
}

static void refuse(const char *nodes, const char *links, const char *config, const char *geometry,
                   nearer_status status, const char *part)
{
    nr_network_tables t = {0};
    const nearer_reading plain = {0};
    folder(nodes, links, config, geometry);
    assert_fails(nr_format_gmns.read_network(&t, "gmns_in", &plain, &err), status, part);
    assert_null(t.nodes);
    assert_null(t.links);
}

static void gmns__says_what_is_wrong_and_where(void **state)
{
    (void)state;
    const char *link = LINK_HEAD "\n1,1,2,1\n";
    refuse(NULL, link, NULL, NULL, NEARER_IO, "gmns_in/node.csv");
    refuse(NODES, NULL, NULL, NULL, NEARER_IO, "gmns_in/link.csv");
    refuse("id,x_coord,y_coord\n", link, NULL, NULL, NEARER_NAME, "node.csv: no column 'node_id'");
    refuse("node_id,y_coord\n", link, NULL, NULL, NEARER_NAME, "node.csv: no column 'x_coord'");
    refuse("node_id,x_coord\n", link, NULL, NULL, NEARER_NAME, "node.csv: no column 'y_coord'");
    refuse("node_id,x_coord,y_coord\n1,east,2\n", link, NULL, NULL, NEARER_VALUE,
           "node.csv:2: x_coord is 'east', a number was expected");
    refuse("node_id,x_coord,y_coord\n1,500000,2\n", link, NULL, NULL, NEARER_VALUE,
           "node.csv:2: (500000, 2) gives no longitude and latitude and config.csv names no crs");
    refuse("node_id,x_coord,y_coord\n1,1,2\n1,1,2\n", link, NULL, NULL, NEARER_VALUE,
           "node.csv:3: node '1' stands twice");
    refuse("node_id,x_coord,y_coord\n,1,2\n", link, NULL, NULL, NEARER_VALUE,
           "node.csv:2: a node without id");
    refuse(NODES, "link_id,to_node_id\n", NULL, NULL, NEARER_NAME,
           "link.csv: no column 'from_node_id'");
    refuse(NODES, LINK_HEAD "\n1,1,3,1\n", NULL, NULL, NEARER_NAME,
           "link.csv:2: to is '3', which is no node");
    refuse(NODES, LINK_HEAD "\n1,,2,1\n", NULL, NULL, NEARER_VALUE, "link.csv:2: from is empty");
    refuse(NODES, LINK_HEAD "\n1,1,2,perhaps\n", NULL, NULL, NEARER_VALUE,
           "link.csv:2: directed is 'perhaps', true or false was expected");
    refuse(NODES, LINK_HEAD "\n1,1,2,-1\n", NULL, NULL, NEARER_VALUE, "directed is '-1'");
    refuse(NODES, LINK_HEAD ",length\n1,1,2,1,-5\n", "long_length\nkm\n", NULL, NEARER_VALUE,
           "link.csv:2: length is '-5', a number from 0 was expected");
    refuse(NODES, LINK_HEAD ",lanes\n1,1,2,1,many\n", NULL, NULL, NEARER_VALUE,
           "link.csv:2: lanes is 'many', a number was expected");
    refuse(NODES, link, "long_length\nfurlong\n", NULL, NEARER_NAME,
           "config.csv: unknown unit of length 'furlong'");
    refuse(NODES, link, "speed\nknots\n", NULL, NEARER_NAME,
           "config.csv: unknown unit of speed 'knots'");
    refuse(NODES, link, "crs\nnowhere\n", NULL, NEARER_NAME, "config.csv: 'nowhere' is no");
    refuse(NODES, link, "crs\n4326\n4326\n", NULL, NEARER_VALUE,
           "config.csv: 2 rows, one was expected");
    refuse(NODES, LINK_HEAD ",geometry\n1,1,2,1,POINT (1 2)\n", NULL, NULL, NEARER_SYNTAX,
           "link.csv:2: geometry 'POINT (1 2)', LINESTRING (x y, x y ...) was expected");
    refuse(NODES, LINK_HEAD ",geometry\n1,1,2,1,\"LINESTRING (1 2, 999 2)\"\n", NULL, NULL,
           NEARER_VALUE, "link.csv:2: (999, 2) gives no longitude");
    refuse(NODES, LINK_HEAD ",geometry_id\n1,1,2,1,g\n", NULL, "geometry_id,geometry\n",
           NEARER_NAME, "link.csv:2: geometry_id 'g' is in no row of gmns_in/geometry.csv");
    refuse(NODES, LINK_HEAD ",geometry_id\n1,1,2,1,g\n", NULL, "geometry_id,geometry\ng,x\n",
           NEARER_SYNTAX, "geometry.csv:2: geometry 'x'");
    refuse(NODES, link, NULL, "geometry_id,geometry\ng,x\ng,x\n", NEARER_VALUE,
           "geometry.csv:3: geometry_id 'g' stands twice");
    refuse(NODES, link, NULL, "id,geometry\n", NEARER_NAME, "no column 'geometry_id'");
    nr_network_tables t = {0};
    assert_ok(nearer_folder_make("gmns_empty", &err));
    assert_fails(read_folder(&t, "gmns_empty", NULL), NEARER_NAME, "gmns_empty");
}

static bool reads(const char *wkt)
{
    nr_vertices v = {0};
    bool good = nr_wkt_read_line(&v, wkt);
    assert_false(v.failed);
    nr_free(v.at);
    return good;
}

static void wkt__is_read_in_its_variants_and_refused_else(void **state)
{
    (void)state;
    nr_vertices v = {0};
    assert_true(nr_wkt_read_line(&v, " SRID=4326;LineString M ( 1e1 -2.5 7 ,\n3 4 8 ) "));
    assert_int_equal(v.count, 2);
    assert_true(v.at[0].lon == 10 && v.at[0].lat == -2.5 && v.at[1].lat == 4);
    assert_true(nr_wkt_read_line(&v, "LINESTRING EMPTY"));
    assert_int_equal(v.count, 0);
    nr_free(v.at);
    assert_true(reads("LINESTRING ZM (1 2 3 4, 5 6 7 8)"));
    static const char *const wrong[] = {"",
                                        "LINESTRING",
                                        "LINESTRING ()",
                                        "LINESTRING (1 2)",
                                        "LINESTRING (1, 2)",
                                        "LINESTRING (1 2, 3 4",
                                        "LINESTRING (1 2, 3 4) x",
                                        "LINESTRING (1 2 3 4 5, 3 4)",
                                        "LINESTRING (1 2, x y)",
                                        "LINESTRINGS (1 2, 3 4)",
                                        "LINESTRING EMPTY (1 2, 3 4)",
                                        "MULTILINESTRING ((1 2, 3 4))"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (reads(wrong[i])) fail_msg("'%s' was read", wrong[i]);
}

/* A random network, some of its links drawn. */
static nr_network_tables random_network(unsigned seed, size_t nodes, size_t links)
{
    static const char *const texts[] = {"from", "to", "class", "line", "oneway", "opened"};
    nr_network_tables t = {0};
    assert_ok(nr_table_new(&t.nodes, NULL, NULL, &err));
    nr_table_add_column(t.nodes, "id", NR_TEXT_COLUMN);
    nr_table_add_column(t.nodes, "name", NR_TEXT_COLUMN);
    nr_table_add_column(t.nodes, "lon_deg", 6);
    nr_table_add_column(t.nodes, "lat_deg", 6);
    assert_ok(nr_table_new(&t.links, NULL, NULL, &err));
    for (size_t i = 0; i < 6; i++) nr_table_add_column(t.links, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "length_km", 3);
    nr_table_add_column(t.links, "speed_kmh", 1);
    nr_table_add_column(t.links, "minutes", 1);
    char a[24], b[24];
    for (size_t i = 0; i < nodes; i++) {
        seed = seed * 1664525u + 1013904223u;
        double unit = seed / 4294967296.0;
        snprintf(a, sizeof a, "n\xC3\xB6%zu", i);
        nr_table_put(t.nodes, a, i % 2 == 0 ? "\xE6\xAD\xA6, \"x\"" : "",
                     i % 5 == 4 ? NAN : unit * 360 - 180, i % 5 == 4 ? NAN : unit * 180 - 90);
    }
    for (size_t i = 0; i < links; i++) {
        seed = seed * 1664525u + 1013904223u;
        double unit = seed / 4294967296.0;
        snprintf(a, sizeof a, "n\xC3\xB6%zu", (size_t)(seed >> 8) % nodes);
        snprintf(b, sizeof b, "n\xC3\xB6%zu", (size_t)(seed >> 16) % nodes);
        nr_table_put(t.links, a, b, seed % 3 == 0 ? "road" : "", "G1", seed % 2 == 0 ? "yes" : "",
                     "2010-05", unit * 100, seed % 4 == 0 ? NAN : unit * 300, unit);
        const nr_lonlat line[] = {{unit, unit}, {unit / 3, 1}, {2, unit}};
        if (seed % 3 == 1) nr_table_set_line(t.links, i, line, 3);
    }
    return t;
}

static void assert_same(const nearer_table *a, const nearer_table *b)
{
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    assert_int_equal(nearer_table_rows(a), nearer_table_rows(b));
    for (size_t r = 0; r < nearer_table_rows(a); r++) {
        size_t n, m;
        const nr_lonlat *v = nr_table_line(a, r, &n), *w = nr_table_line(b, r, &m);
        for (size_t c = 0; c < nearer_table_columns(a); c++)
            assert_string_equal(nr_table_cell(a, r, c, x),
                                nr_table_cell(b, r, column(b, nearer_table_column_name(a, c)), y));
        assert_int_equal(n, m);
        if (n > 0) assert_memory_equal(v, w, n * sizeof *v);
    }
}

static void gmns__written_and_read_is_the_same(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 20; seed++) {
        nr_network_tables t = random_network(seed, seed, 3 * seed), back = {0};
        assert_ok(write_folder(&t, "gmns_out/"));
        assert_ok(read_folder(&back, "gmns_out", NULL));
        assert_same(t.nodes, back.nodes);
        assert_same(t.links, back.links);
        assert_int_equal(nearer_table_columns(back.nodes), 4);
        assert_int_equal(nearer_table_columns(back.links), 10); /* and link_id */
        nr_network_tables_clear(&t);
        nr_network_tables_clear(&back);
    }
}

static void gmns__written_has_the_fields_of_the_specification(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    assert_ok(nearer_table_read(
        &t.links,
        write_file("gmns_links.csv", "from,to,length_km,name,link_id,oneway,geometry_id,lanes\n"
                                     "a,b,1.5,\"x,y\",7,reverse,5,2\nb,c,,,7,,,\n"),
        NULL, &err));
    assert_ok(write_folder(&t, "gmns_fields/"));
    char *config = read_file("gmns_fields/config.csv"), *node = read_file("gmns_fields/node.csv"),
         *link = read_file("gmns_fields/link.csv");
    assert_string_equal(config, "dataset_name,short_length,long_length,speed,crs,"
                                "geometry_field_format,currency,version_number,id_type\n"
                                "nearer,m,km,kmh,EPSG:4326,WKT,,0.96,string\n");
    assert_string_equal(node, "node_id,x_coord,y_coord\nb,,\na,,\nc,,\n");
    /* ids that are not all different are numbers; a field of ours by a name of theirs is told */
    assert_string_equal(
        link, "link_id,from_node_id,to_node_id,directed,name,length,given_geometry_id,lanes\n"
              "1,b,a,true,\"x,y\",1.5,5,2\n2,b,c,false,,,,\n");
    free(config);
    free(node);
    free(link);
    nr_network_tables_clear(&t);
}

static void gmns__turns_a_drawing_with_a_link_that_runs_back(void **state)
{
    (void)state;
    static const nr_lonlat line[] = {{1, 2}, {3, 4}};
    nr_network_tables t = {0}, back = {0};
    assert_ok(nr_table_new(&t.links, NULL, NULL, &err));
    nr_table_add_column(t.links, "from", NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "to", NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "oneway", NR_TEXT_COLUMN);
    nr_table_put(t.links, "a", "b", "-1");
    nr_table_set_line(t.links, 0, line, 2);
    assert_ok(write_folder(&t, "gmns_back/"));
    assert_ok(read_folder(&back, "gmns_back", NULL));
    size_t n;
    const nr_lonlat *v = nr_table_line(back.links, 0, &n);
    assert_string_equal(text(back.links, 0, "from"), "b");
    assert_string_equal(text(back.links, 0, "oneway"), "yes");
    assert_true(n == 2 && v[0].lon == 3 && v[1].lon == 1);
    nr_network_tables_clear(&t);
    nr_network_tables_clear(&back);
}

static void gmns__refuses_to_write_links_to_no_node(void **state)
{
    (void)state;
    nr_network_tables t = random_network(1, 1, 1);
    nr_table_put(t.links,
                 "n\xC3\xB6"
                 "0",
                 "b", "", "", "", "", 1.0, 1.0, 1.0);
    assert_fails(write_folder(&t, "gmns_refused/"), NEARER_NAME,
                 "links row 2: to is 'b', which is no node");
    assert_false(nr_folder_exists("gmns_refused"));
    nr_network_tables_clear(&t);
}

static void gmns__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    const nearer_reading plain = {0};
    folder(NODES, LINK_HEAD ",geometry_id,length,toll\n1,1,2,1,g,5,1\n2,1,2,0,,5,1\n",
           "long_length,crs\nmile,EPSG:4326\n",
           "geometry_id,geometry\ng,\"LINESTRING(1 2,3 4)\"\n");
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nr_format_gmns.read_network(&t, "gmns_in", &plain, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_null(t.links);
    }
    assert_true(allowed > 30);
    for (allowed = 0, status = NEARER_MEMORY; status != NEARER_OK; allowed++) {
        nr_output output = {0};
        remove("gmns_memory/link.csv");
        nr_fail_allocation_after(allowed);
        status = nr_format_gmns.write_network(&output, &t, &err);
        if (status == NEARER_OK)
            status = nr_output_write(&output, "gmns_memory", &err);
        else
            nr_output_clear(&output);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_false(nr_file_exists("gmns_memory/link.csv"));
    }
    assert_true(allowed > 20);
    nr_network_tables_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gmns__of_no_rows_is_a_network_of_none),
        cmocka_unit_test(gmns__has_our_names_and_units),
        cmocka_unit_test(gmns__knows_units_by_their_names),
        cmocka_unit_test(gmns__keeps_numbers_without_unit_by_their_own_names),
        cmocka_unit_test(gmns__draws_links_from_their_geometry),
        cmocka_unit_test(gmns__takes_coordinates_of_any_system),
        cmocka_unit_test(gmns__says_what_is_wrong_and_where),
        cmocka_unit_test(wkt__is_read_in_its_variants_and_refused_else),
        cmocka_unit_test(gmns__written_and_read_is_the_same),
        cmocka_unit_test(gmns__written_has_the_fields_of_the_specification),
        cmocka_unit_test(gmns__turns_a_drawing_with_a_link_that_runs_back),
        cmocka_unit_test(gmns__refuses_to_write_links_to_no_node),
        cmocka_unit_test(gmns__out_of_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
