#include "study/legs.h"

#include <string.h>

const char *nr_part_name(nr_arc_kind kind)
{
    switch (kind) {
    case NR_ARC_LINK: return "ride";
    case NR_ARC_BOARD: return "board";
    case NR_ARC_LEAVE: return "leave";
    case NR_ARC_ACCESS: return "access";
    case NR_ARC_DWELL: return "stop";
    case NR_ARC_CHANGE: return "transfer";
    case NR_ARC_WAIT: return "wait";
    }
    return "";
}

void nr_sums_add_columns(nearer_table *table, const nearer_network *network)
{
    nr_table_add_column(table, "length_km", 1);
    if (network->priced) nr_table_add_column(table, "cost", 2);
}

size_t nr_sums_put(nearer_table *table, size_t row, size_t column, const nearer_network *network,
                   const double sums[NR_SUMS])
{
    nr_table_set_number(table, row, column++, sums[NR_SUM_LENGTH_KM]);
    if (network->priced) nr_table_set_number(table, row, column++, sums[NR_SUM_COST]);
    return column;
}

void nr_legs_sum(double sums[NR_SUMS], const nr_leg *legs, size_t count)
{
    for (nr_sum s = 0; s < NR_SUMS; s++) {
        sums[s] = 0;
        for (size_t i = 0; i < count; i++)
            if (legs[i].kind == NR_ARC_LINK) sums[s] += legs[i].sums[s];
    }
}

nearer_status nr_legs_new(nearer_table **out, const char *trip, const nearer_network *network,
                          nearer_error *err)
{
    NR_TRY(nr_table_new(out, NULL, NULL, err));
    if (trip != NULL) nr_table_add_column(*out, trip, NR_TEXT_COLUMN);
    const char *texts[] = {"part", "mode", "line", "class", "service", "from", "to"};
    for (size_t i = 0; i < 7; i++) nr_table_add_column(*out, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(*out, "time_min", 1);
    nr_sums_add_columns(*out, network);
    return NEARER_OK;
}

static const char *name(const nr_names *names, uint32_t index)
{
    return index == NR_NO_INDEX ? "" : names->texts[index];
}

static void put_leg(nearer_table *table, const char *label, const nearer_network *network,
                    const nr_leg *leg)
{
    const nr_link *link = &network->links[leg->link];
    bool ride = leg->kind == NR_ARC_LINK;
    const char *texts[] = {label,
                           nr_part_name(leg->kind),
                           network->modes[leg->mode].id,
                           ride ? name(&network->lines, link->line) : "",
                           ride ? name(&network->classes, link->class_id) : "",
                           ride ? name(&network->services, link->service) : "",
                           network->nodes[leg->from].name,
                           network->nodes[leg->to].name};
    size_t row = nr_table_add_row(table, 0), column = 0;
    for (size_t i = label == NULL ? 1 : 0; i < sizeof texts / sizeof *texts; i++)
        nr_table_set_text(table, row, column++, texts[i], strlen(texts[i]));
    nr_table_set_number(table, row, column++, leg->minutes);
    nr_sums_put(table, row, column, network, leg->sums);
}

void nr_legs_put(nearer_table *table, const char *label, const nearer_network *network,
                 const nr_leg *legs, size_t count)
{
    for (size_t i = 0; i < count; i++) put_leg(table, label, network, &legs[i]);
}
