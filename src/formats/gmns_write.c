#include "formats/gmns_write.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "model/topology.h"

static void add_text(nr_text *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        nr_text_add_word(out, text);
        return;
    }
    nr_text_add(out, "\"", 1);
    for (const char *p = text; *p != 0; p++)
        nr_text_add(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    nr_text_add(out, "\"", 1);
}

/* A cell as it is, "" where the table has no such column. */
static void add_cell(nr_text *out, const nearer_table *table, size_t row, const char *column)
{
    char number[NR_NUMBER_TEXT];
    ptrdiff_t c = nearer_table_find(table, column);
    nr_text_add(out, ",", 1);
    if (c >= 0) add_text(out, nr_table_cell(table, row, (size_t)c, number));
}

static nearer_status add_nodes(nr_text *out, const nearer_table *nodes, nearer_error *err)
{
    char number[NR_NUMBER_TEXT];
    size_t id;
    if (nodes == NULL || nearer_table_find(nodes, "lon_deg") < 0)
        return nr_fail(err, NEARER_VALUE, "GMNS needs nodes with positions; there are none");
    NR_TRY(nr_table_require(&id, nodes, "id", err));
    nr_text_add_word(out, "node_id,name,x_coord,y_coord,zone_id\n");
    for (size_t i = 0; i < nearer_table_rows(nodes); i++) {
        add_text(out, nr_table_cell(nodes, i, id, number));
        add_cell(out, nodes, i, "name");
        add_cell(out, nodes, i, "lon_deg");
        add_cell(out, nodes, i, "lat_deg");
        add_cell(out, nodes, i, "zone_id");
        nr_text_add(out, "\n", 1);
    }
    return NEARER_OK;
}

/* Only what is drawn: a straight line says nothing that its nodes do not. */
static void add_geometry(nr_text *out, const nearer_table *links, size_t row)
{
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    size_t n;
    const nr_lonlat *v = nr_table_line(links, row, &n);
    nr_text_add(out, ",", 1);
    if (n < 2) return;
    nr_text_add_word(out, "\"LINESTRING (");
    for (size_t i = 0; i < n; i++)
        nr_text_print(out, "%s%s %s", i > 0 ? ", " : "", nr_format_number(v[i].lon, x),
                      nr_format_number(v[i].lat, y));
    nr_text_add_word(out, ")\"");
}

static nearer_status add_links(nr_text *out, const nearer_table *links, nearer_error *err)
{
    size_t from;
    ptrdiff_t oneway = nearer_table_find(links, "oneway"), id = nearer_table_find(links, "link_id");
    NR_TRY(nr_table_require(&from, links, "from", err));
    NR_TRY(nr_table_require(&from, links, "to", err));
    nr_text_add_word(out, "link_id,name,from_node_id,to_node_id,directed,length,free_speed,"
                          "facility_type,lanes,capacity,minutes,geometry\n");
    for (size_t row = 0; row < nearer_table_rows(links); row++) {
        char text[NR_NUMBER_TEXT];
        const char *own = id < 0 ? "" : nr_table_cell(links, row, (size_t)id, text);
        if (own[0] != 0)
            add_text(out, own);
        else
            nr_text_print(out, "%zu", row + 1);
        add_cell(out, links, row, "line");
        add_cell(out, links, row, "from");
        add_cell(out, links, row, "to");
        bool once = oneway >= 0 && nr_table_cell(links, row, (size_t)oneway, text)[0] != 0;
        nr_text_add_word(out, once ? ",true" : ",false");
        add_cell(out, links, row, "length_km");
        add_cell(out, links, row, "speed_kmh");
        add_cell(out, links, row, "class");
        add_cell(out, links, row, "lanes");
        add_cell(out, links, row, "capacity");
        add_cell(out, links, row, "minutes");
        add_geometry(out, links, row);
        nr_text_add(out, "\n", 1);
    }
    return NEARER_OK;
}

nearer_status nr_gmns_write(nr_output *output, const nr_network_tables *network, nearer_error *err)
{
    NR_TRY(add_nodes(nr_output_add(output, "/node.csv"), network->nodes, err));
    nr_text_add_word(nr_output_add(output, "/config.csv"),
                     "dataset_name,short_length,long_length,speed,crs,geometry_field_format\n"
                     "network,m,km,kmh,EPSG:4326,wkt\n");
    return add_links(nr_output_add(output, "/link.csv"), network->links, err);
}
