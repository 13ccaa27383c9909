/* From one place to all others, or from all others to it. */
#include <math.h>
#include <string.h>

#include "study/legs.h"
#include "study/reach.h"

static void put_text(nearer_table *table, size_t row, size_t column, const char *text)
{
    nr_table_set_text(table, row, column, text, strlen(text));
}

static void put_place(nearer_table *table, const nr_reach *reach, const nr_bands *bands,
                      size_t place)
{
    const nearer_network *network = reach->study->network;
    const nr_place *p = &network->places[place];
    size_t row = nr_table_add_row(table, 0), column = 0;
    char label[64];
    put_text(table, row, column++, p->id);
    put_text(table, row, column++, p->name);
    nr_table_set_number(table, row, column++, reach->minutes[place]);
    if (bands != NULL)
        put_text(table, row, column++,
                 nr_band_label(label, bands, nr_band_find(bands, reach->minutes[place])));
    if (reach->sums[0] != NULL) {
        const double sums[NR_SUMS] = {reach->sums[NR_SUM_LENGTH_KM][place],
                                      reach->sums[NR_SUM_COST][place]};
        column = nr_sums_put(table, row, column, network, sums);
    }
    nr_table_set_number(table, row, column++, p->at.lon);
    nr_table_set_number(table, row, column, p->at.lat);
}

nearer_status nr_reach_table(nearer_table **out, const nr_reach *reach, const nr_bands *bands,
                             nearer_error *err)
{
    const nearer_network *network = reach->study->network;
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, "time_min", 1);
    if (bands != NULL) nr_table_add_column(table, "band", NR_TEXT_COLUMN);
    if (reach->sums[0] != NULL) nr_sums_add_columns(table, network);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (size_t k = 0; k < network->place_count; k++) {
        size_t place = reach->order[k];
        bool within = bands == NULL || nr_band_find(bands, reach->minutes[place]) < bands->count;
        if (place != reach->place && within) put_place(table, reach, bands, place);
    }
    return nr_table_finish(out, table, err);
}

static nearer_status put_reach(nearer_report *report, const nr_reach *reach, nearer_error *err)
{
    const nearer_network *network = reach->study->network;
    nearer_table *table = NULL;
    size_t unreachable = 0;
    for (size_t p = 0; p < network->place_count; p++)
        unreachable += isinf(reach->minutes[p]) ? 1 : 0;
    NR_TRY(nr_reach_table(&table, reach, NULL, err));
    NR_TRY(nr_report_add_table(report, "reach",
                               reach->to_it ? "Travel times to it, the nearest first"
                                            : "Travel times from it, the nearest first",
                               table, err));
    NR_TRY(nr_report_add_note(report, err, "%s %s: %zu places, %zu of them unreachable (inf)",
                              reach->to_it ? "to" : "from", network->places[reach->place].name,
                              network->place_count - 1, unreachable));
    return nr_study_tell_given(report, reach->study, err);
}

nearer_status nearer_ask_reach(nearer_report **out, const nearer_study *study,
                               const nearer_query *query, size_t place, bool to_it,
                               nearer_error *err)
{
    nr_reach reach = {0};
    nearer_report *report = NULL;
    nearer_status status = nr_reach_find(&reach, study, query, place, to_it, false, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_reach(report, &reach, err);
    nr_reach_clear(&reach);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
