#include "study/legs.h"

#include <string.h>

static const char *part_name(const nr_leg *leg)
{
    switch (leg->kind) {
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

nearer_status nr_legs_new(nearer_table **out, const char *trip, nearer_error *err)
{
    NR_TRY(nr_table_new(out, NULL, NULL, err));
    if (trip != NULL) nr_table_add_column(*out, trip, NR_TEXT_COLUMN);
    const char *texts[] = {"part", "mode", "line", "class", "service", "from", "to"};
    for (size_t i = 0; i < 7; i++) nr_table_add_column(*out, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(*out, "time_min", 1);
    nr_table_add_column(*out, "length_km", 1);
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
                           part_name(leg),
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
    nr_table_set_number(table, row, column, leg->length_km);
}

void nr_legs_put(nearer_table *table, const char *label, const nearer_network *network,
                 const nr_leg *legs, size_t count)
{
    for (size_t i = 0; i < count; i++) put_leg(table, label, network, &legs[i]);
}
