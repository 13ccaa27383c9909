/* Isochrones: which places, or nodes of the network, are within so many minutes of a place, and how
 * much lives there. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/reach.h"

size_t nr_band_find(const nr_bands *bands, double minutes)
{
    size_t band = 0;
    while (band < bands->count && minutes > bands->within_min[band]) band++;
    return band;
}

const char *nr_band_label(char out[64], const nr_bands *bands, size_t band)
{
    char from[NR_NUMBER_TEXT], to[NR_NUMBER_TEXT];
    out[0] = 0;
    if (band < bands->count)
        snprintf(out, 64, "%.30s-%.30s",
                 nr_format_number(band == 0 ? 0 : bands->within_min[band - 1], from),
                 nr_format_number(bands->within_min[band], to));
    return out;
}

/* The modes of the open links at each node, as bits. */
static nearer_status find_node_modes(unsigned *out, const nearer_network *network,
                                     const nearer_query *query, nearer_error *err)
{
    unsigned wanted = 0;
    NR_TRY(nr_network_modes(&wanted, network, query->modes, err));
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        unsigned mode = 1u << link->mode & wanted;
        if (link->transfer || !nr_link_open(link, query->date)) continue;
        out[link->from] |= mode;
        out[link->to] |= mode;
    }
    return NEARER_OK;
}

static void put_node(nearer_table *table, const nr_node *node, unsigned modes, double minutes,
                     const nr_bands *bands)
{
    char words[64] = "", label[64];
    for (size_t m = 0, n = 0; m < NR_MODE_COUNT; m++)
        if ((modes & 1u << m) != 0)
            n += (size_t)snprintf(words + n, sizeof words - n, "%s%s", n > 0 ? "," : "",
                                  nr_modes[m].id);
    nr_table_put(table, node->id, node->name, words, minutes,
                 nr_band_label(label, bands, nr_band_find(bands, minutes)), node->at.lon,
                 node->at.lat);
}

/* Nodes that links of the day reach, the nearest first; equal ones as they came. */
static nearer_status put_nodes(nearer_table *table, const nr_reach *reach, const unsigned *modes,
                               const nr_bands *bands, nearer_error *err)
{
    const nearer_network *network = reach->study->network;
    size_t n = network->node_count;
    double *ranks = nr_alloc(n, sizeof *ranks);
    size_t *order = nr_alloc(n, sizeof *order);
    nearer_status status = ranks == NULL || order == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_rank(ranks, reach->node_min, n, true, err);
    if (status == NEARER_OK) status = nr_rank_order(order, ranks, n, err);
    for (size_t k = 0; status == NEARER_OK && k < n; k++) {
        double minutes = reach->node_min[order[k]];
        if (modes[order[k]] != 0 && nr_band_find(bands, minutes) < bands->count)
            put_node(table, &network->nodes[order[k]], modes[order[k]], minutes, bands);
    }
    nr_free(ranks);
    nr_free(order);
    return status;
}

static nearer_status nodes_table(nearer_table **out, const nr_reach *reach,
                                 const nearer_query *query, const nr_bands *bands,
                                 nearer_error *err)
{
    static const char *const texts[] = {"id", "name", "modes"};
    const nearer_network *network = reach->study->network;
    nearer_table *table = NULL;
    unsigned *modes = nr_alloc(network->node_count, sizeof *modes);
    if (modes == NULL) return nr_fail_memory(err);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) {
        for (size_t i = 0; i < 3; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
        nr_table_add_column(table, "time_min", 1);
        nr_table_add_column(table, "band", NR_TEXT_COLUMN);
        nr_table_add_column(table, "lon_deg", 4);
        nr_table_add_column(table, "lat_deg", 4);
        status = find_node_modes(modes, network, query, err);
    }
    if (status == NEARER_OK) status = put_nodes(table, reach, modes, bands, err);
    nr_free(modes);
    if (status == NEARER_OK) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return status;
}

/* The study's measures weigh by it. Others may be rates, which must not be summed. */
static bool is_weighed_by(const nr_study_spec *spec, const char *mass)
{
    bool used = false;
    for (size_t i = 0; i < spec->measure_count; i++)
        used =
            used || (spec->measures[i].mass != NULL && strcmp(spec->measures[i].mass, mass) == 0);
    return used;
}

static bool is_within(const nr_reach *reach, size_t place, double minutes)
{
    return place != reach->place && reach->minutes[place] <= minutes;
}

static double count_within(const nr_reach *reach, double minutes)
{
    size_t count = 0;
    for (size_t p = 0; p < reach->study->network->place_count; p++)
        count += is_within(reach, p, minutes) ? 1 : 0;
    return (double)count;
}

static double mass_within(const nr_reach *reach, const double *mass, double minutes)
{
    double sum = 0;
    for (size_t p = 0; p < reach->study->network->place_count; p++)
        if (is_within(reach, p, minutes) && !isnan(mass[p])) sum += mass[p];
    return sum;
}

/* What is within each limit: places, and the masses there, without the place itself. */
static nearer_status bands_table(nearer_table **out, const nr_reach *reach, const nr_bands *bands,
                                 nearer_error *err)
{
    const nearer_study *study = reach->study;
    const nr_measure unitless = {0};
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "within_min", 0);
    nr_table_add_column(table, "places", 0);
    for (size_t b = 0; b < bands->count; b++) {
        size_t row = nr_table_add_row(table, 0);
        nr_table_set_number(table, row, 0, bands->within_min[b]);
        nr_table_set_number(table, row, 1, count_within(reach, bands->within_min[b]));
    }
    for (size_t m = 0, column = 2; m < study->spec.mass_count; m++) {
        const char *id = study->spec.masses[m].id;
        char unit[64], name[200];
        if (!is_weighed_by(&study->spec, id)) continue;
        nr_study_unit(unit, study, &unitless, id);
        snprintf(name, sizeof name, "%.100s_%s", id, unit);
        nr_table_add_column(table, name, 0);
        for (size_t b = 0; b < bands->count; b++)
            nr_table_set_number(table, b, column,
                                mass_within(reach, study->masses[m].values, bands->within_min[b]));
        column++;
    }
    return nr_table_finish(out, table, err);
}

static nearer_status put_isochrones(nearer_report *report, const nr_reach *reach,
                                    const nearer_query *query, const nr_bands *bands,
                                    nearer_error *err)
{
    const nearer_network *network = reach->study->network;
    const char *way = reach->to_it ? "to" : "from";
    double last = bands->within_min[bands->count - 1];
    nearer_table *table = NULL;
    size_t within = 0;
    for (size_t p = 0; p < network->place_count; p++)
        within += p != reach->place && reach->minutes[p] <= last;
    if (reach->node_min != NULL) {
        NR_TRY(nodes_table(&table, reach, query, bands, err));
        NR_TRY(nr_report_add_table(report, "nodes", "Nodes within reach, the nearest first", table,
                                   err));
    } else {
        NR_TRY(nr_reach_table(&table, reach, bands, err));
        NR_TRY(nr_report_add_table(report, "reach", "Places within reach, the nearest first", table,
                                   err));
    }
    NR_TRY(bands_table(&table, reach, bands, err));
    NR_TRY(nr_report_add_table(report, "bands", "Within so many minutes, without the place itself",
                               table, err));
    NR_TRY(nr_report_add_note(
        report, err, "%s %s: %zu places within %g minutes, %zu farther or unreachable", way,
        network->places[reach->place].name, within, last, network->place_count - 1 - within));
    return nr_study_tell_given(report, reach->study, err);
}

nearer_status nearer_ask_isochrones(nearer_report **out, const nearer_study *study,
                                    const nearer_query *query, const nearer_isochrones *what,
                                    nearer_error *err)
{
    const nr_bands bands = {what->within_min, what->count};
    nr_reach reach = {0};
    nearer_report *report = NULL;
    if (bands.count == 0) return nr_fail(err, NEARER_USAGE, "isochrones of no minutes");
    for (size_t b = 0; b < bands.count; b++)
        if (!(bands.within_min[b] > (b == 0 ? 0 : bands.within_min[b - 1])) ||
            isinf(bands.within_min[b]))
            return nr_fail(err, NEARER_USAGE,
                           "isochrones of %g minutes: minutes above 0 that rise were expected",
                           bands.within_min[b]);
    nearer_query within = *query; /* what is farther need not be looked for */
    double last = bands.within_min[bands.count - 1];
    if (within.max_min <= 0 || within.max_min > last) within.max_min = last;
    NR_TRY(nr_reach_find(&reach, study, &within, what->place, what->to_it, what->nodes, err));
    nearer_status status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_isochrones(report, &reach, query, &bands, err);
    nr_reach_clear(&reach);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
