/* What was read, and what a planner should look at before believing it. */
#include <math.h>
#include <stdio.h>

#include "graph/graph.h"
#include "study/study.h"

static const char *date_or_empty(nearer_date date, char buffer[16])
{
    if (date == NR_ALWAYS_OPEN || date == NR_NEVER_CLOSED) return "";
    return nearer_date_format(date, buffer);
}

/* ---- layers: one row a layer and class ---- */

typedef struct tally {
    size_t links, estimated, undated, nodes;
    double km;
    nearer_date first, last;
} tally;

static bool counts(const nr_link *link, size_t layer, uint32_t class_id)
{
    return link->layer == layer && link->class_id == class_id;
}

static tally count_links(const nearer_network *network, size_t layer, uint32_t class_id, bool *seen)
{
    tally t = {.first = NR_NEVER_CLOSED, .last = NR_ALWAYS_OPEN};
    for (size_t n = 0; n < network->node_count; n++) seen[n] = false;
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if (!counts(link, layer, class_id) || link->transfer) continue;
        t.links++;
        t.estimated += link->estimated;
        t.km += nr_link_km(network, link);
        t.nodes += !seen[link->from];
        seen[link->from] = true;
        t.nodes += !seen[link->to];
        seen[link->to] = true;
        if (link->opened == NR_ALWAYS_OPEN) {
            t.undated++;
            continue;
        }
        if (link->opened < t.first) t.first = link->opened;
        if (link->opened > t.last) t.last = link->opened;
    }
    return t;
}

static nearer_status layers_table(nearer_report *report, const nearer_network *network,
                                  nearer_error *err)
{
    nearer_table *table = NULL;
    bool *seen = nr_alloc(network->node_count, sizeof *seen);
    if (seen == NULL) return nr_fail_memory(err);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) {
        const char *texts[] = {"layer", "mode", "class"};
        const char *numbers[] = {"links", "nodes", "length_km", "estimated_links", "undated_links"};
        for (size_t i = 0; i < 3; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
        for (size_t i = 0; i < 5; i++) nr_table_add_column(table, numbers[i], 0);
        nr_table_add_column(table, "first_opened", NR_TEXT_COLUMN);
        nr_table_add_column(table, "last_opened", NR_TEXT_COLUMN);
        for (size_t l = 0; l < network->layer_count; l++)
            for (size_t c = 0; c <= network->classes.count; c++) {
                uint32_t class_id = c < network->classes.count ? (uint32_t)c : NR_NO_INDEX;
                tally t = count_links(network, l, class_id, seen);
                char first[16], last[16];
                if (t.links == 0) continue;
                nr_table_put(table, network->layers[l].id, nr_modes[network->layers[l].mode].id,
                             class_id == NR_NO_INDEX ? "" : network->classes.texts[c],
                             (double)t.links, (double)t.nodes, t.km, (double)t.estimated,
                             (double)t.undated, date_or_empty(t.first, first),
                             date_or_empty(t.last, last));
            }
        status = nr_study_put(report, "layers", "Layers as read", table, err);
    }
    nr_free(seen);
    return status;
}

/* ---- networks: one row a day and mode, and who is cut off ---- */

typedef struct day_tables {
    nearer_table *networks, *cut_off;
    uint32_t *groups;
} day_tables;

static void open_links(const nearer_network *network, const char *mode, nearer_date date,
                       size_t *links, double *km)
{
    size_t wanted = mode == NULL ? NR_MODE_COUNT : nr_mode_find(mode);
    *links = 0;
    *km = 0;
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if ((mode != NULL && link->mode != wanted) || !nr_link_open(link, date)) continue;
        if (link->transfer) continue;
        ++*links;
        *km += nr_link_km(network, link);
    }
}

static nearer_status put_day(day_tables *t, const nearer_study *study, nearer_date date,
                             const char *mode, nearer_error *err)
{
    const nearer_network *network = study->network;
    nearer_query query = {.date = date, .modes = mode};
    nr_graph *graph = NULL;
    size_t components = 0, largest = 0, in_largest = 0, links;
    double km;
    char day[16];
    NR_TRY(nr_graph_build(&graph, network, &query, err));
    nearer_status status = nr_graph_components(t->groups, &components, graph, err);
    nr_graph_free(graph);
    if (status != NEARER_OK) return status;
    for (size_t c = 0; c < components; c++) {
        size_t members = 0;
        for (size_t p = 0; p < network->place_count; p++) members += t->groups[p] == c;
        if (members > in_largest) in_largest = members, largest = c;
    }
    open_links(network, mode, date, &links, &km);
    nr_date_label(date, day);
    nr_table_put(t->networks, day, mode == NULL ? "all" : mode, (double)links, km,
                 (double)components, (double)in_largest,
                 (double)(network->place_count - in_largest));
    for (size_t p = 0; p < network->place_count; p++)
        if (t->groups[p] != largest)
            nr_table_put(t->cut_off, day, mode == NULL ? "all" : mode, network->places[p].id,
                         network->places[p].name);
    return NEARER_OK;
}

static nearer_status put_days(day_tables *t, const nearer_study *study, nearer_error *err)
{
    const nearer_date days[] = {study->spec.from, study->spec.to};
    unsigned present;
    NR_TRY(nr_network_modes(&present, study->network, NULL, err));
    for (int d = 0; d < 2; d++) {
        NR_TRY(put_day(t, study, days[d], NULL, err));
        for (size_t m = 0; m < NR_MODE_COUNT; m++)
            if (present & 1u << m) NR_TRY(put_day(t, study, days[d], nr_modes[m].id, err));
    }
    return NEARER_OK;
}

static nearer_status network_tables(nearer_report *report, const nearer_study *study,
                                    nearer_error *err)
{
    day_tables t = {.groups = nr_alloc(study->network->place_count, sizeof *t.groups)};
    if (t.groups == NULL) return nr_fail_memory(err);
    nearer_status status = nr_table_new(&t.networks, NULL, NULL, err);
    if (status == NEARER_OK) status = nr_table_new(&t.cut_off, NULL, NULL, err);
    if (status == NEARER_OK) {
        const char *numbers[] = {"links", "length_km", "components", "places_in_largest",
                                 "places_cut_off"};
        nr_table_add_column(t.networks, "day", NR_TEXT_COLUMN);
        nr_table_add_column(t.networks, "modes", NR_TEXT_COLUMN);
        for (size_t i = 0; i < 5; i++) nr_table_add_column(t.networks, numbers[i], 0);
        const char *texts[] = {"day", "modes", "id", "name"};
        for (size_t i = 0; i < 4; i++) nr_table_add_column(t.cut_off, texts[i], NR_TEXT_COLUMN);
        status = put_days(&t, study, err);
    }
    nr_free(t.groups);
    if (status != NEARER_OK) {
        nearer_table_free(t.networks);
        nearer_table_free(t.cut_off);
        return status;
    }
    status = nr_study_put(report, "networks", "Open on the study's dates", t.networks, err);
    if (status == NEARER_OK)
        return nr_study_put(report, "cut_off", "Places outside the largest component", t.cut_off,
                            err);
    nearer_table_free(t.cut_off);
    return status;
}

/* ---- speeds, snapping, missing values ---- */

static nearer_status speeds_table(nearer_report *report, const nearer_network *network, size_t *odd,
                                  nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    const char *texts[] = {"layer", "class", "line", "from", "to"};
    for (size_t i = 0; i < 5; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(table, "time_min", 1);
    nr_table_add_column(table, "great_circle_km", 1);
    nr_table_add_column(table, "great_circle_speed_kmh", 0);
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        const nr_mode_parameters *p = &network->modes[link->mode].parameters;
        if (link->transfer) continue;
        double minutes = nr_link_minutes(network, link),
               speed = link->great_circle_km / minutes * 60;
        if (speed >= p->plausible_low_kmh && speed <= p->plausible_high_kmh) continue;
        ++*odd;
        nr_table_put(table, network->layers[link->layer].id,
                     link->class_id == NR_NO_INDEX ? "" : network->classes.texts[link->class_id],
                     link->line == NR_NO_INDEX ? "" : network->lines.texts[link->line],
                     network->nodes[link->from].name, network->nodes[link->to].name, minutes,
                     link->great_circle_km, speed);
    }
    return nr_study_put(report, "speeds", "Links faster or slower than their mode plausibly is",
                        table, err);
}

static nearer_status snapping_table(nearer_report *report, const nearer_network *network,
                                    size_t *farthest, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    const char *texts[] = {"id", "name", "mode", "nearest_node"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(table, "distance_km", 1);
    double far = 0;
    for (size_t i = 0; i < network->access_count; i++) {
        const nr_access *a = &network->accesses[i], *before = i > 0 ? a - 1 : NULL;
        bool nearest = before == NULL || before->place != a->place || before->mode != a->mode;
        if (!nearest || a->hub) continue;
        far = fmax(far, a->km);
        nr_table_put(table, network->places[a->place].id, network->places[a->place].name,
                     nr_modes[a->mode].id, network->nodes[a->node].name, a->km);
    }
    *farthest = (size_t)lround(far);
    return nr_study_put(report, "snapping", "Places joined to their nearest node", table, err);
}

static nearer_status missing_table(nearer_report *report, const nearer_study *study,
                                   size_t *missing, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    const char *texts[] = {"mass", "id", "name"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
    for (size_t m = 0; m < study->spec.mass_count; m++)
        for (size_t p = 0; p < study->network->place_count; p++) {
            if (!isnan(study->masses[m].values[p])) continue;
            ++*missing;
            nr_table_put(table, study->masses[m].spec->id, study->network->places[p].id,
                         study->network->places[p].name);
        }
    return nr_study_put(report, "missing", "Masses not known", table, err);
}

/* Layers of lines: how they were joined. A study without any has no such table. */
static nearer_status drawn_table(nearer_report *report, const nearer_network *network,
                                 nearer_error *err)
{
    static const char *const numbers[] = {"lines",        "without_shape", "cuts",
                                          "snapped_ends", "zero_length",   "duplicates"};
    size_t drawn = 0;
    nearer_table *table = NULL;
    for (size_t l = 0; l < network->layer_count; l++) drawn += network->layers[l].drawn;
    if (drawn == 0) return NEARER_OK;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "layer", NR_TEXT_COLUMN);
    for (size_t i = 0; i < 6; i++) nr_table_add_column(table, numbers[i], 0);
    nr_table_add_column(table, "longest_snap_m", 2);
    for (size_t l = 0; l < network->layer_count; l++) {
        const nr_topology *t = &network->layers[l].summary;
        if (network->layers[l].drawn)
            nr_table_put(table, network->layers[l].id, (double)t->lines, (double)t->empty_lines,
                         (double)t->cuts, (double)t->snapped, (double)t->zero_length,
                         (double)t->doubled, t->snaps[0].metres);
    }
    return nr_study_put(report, "drawn",
                        "Layers of lines as they were joined (nearer check FILE lists gaps)", table,
                        err);
}

static nearer_status fill(nearer_report *report, const nearer_study *study, nearer_error *err)
{
    size_t odd = 0, farthest = 0, missing = 0;
    NR_TRY(layers_table(report, study->network, err));
    NR_TRY(drawn_table(report, study->network, err));
    NR_TRY(network_tables(report, study, err));
    NR_TRY(speeds_table(report, study->network, &odd, err));
    NR_TRY(snapping_table(report, study->network, &farthest, err));
    NR_TRY(missing_table(report, study, &missing, err));
    for (size_t m = 0; m < study->spec.mass_count; m++)
        if (study->masses[m].unmatched > 0)
            NR_TRY(nr_report_add_note(report, err, "mass %s: %zu rows are no place of the study",
                                      study->masses[m].spec->id, study->masses[m].unmatched));
    if (study->spec.title != NULL) NR_TRY(nr_report_add_note(report, err, "%s", study->spec.title));
    return nr_report_add_note(report, err,
                              "%zu places, %zu nodes, %zu links; %zu links of odd speed; farthest "
                              "place %zu km from its node; %zu mass values missing",
                              study->network->place_count, study->network->node_count,
                              study->network->link_count, odd, farthest, missing);
}

nearer_status nearer_ask_check(nearer_report **out, const nearer_study *study, nearer_error *err)
{
    nearer_report *report = NULL;
    NR_TRY(nr_report_new(&report, err));
    nearer_status status = fill(report, study, err);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
