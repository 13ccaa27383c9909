/* Other ways between two places, beside the fastest. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "graph/alternatives.h"
#include "study/legs.h"
#include "study/study.h"

enum { WORDS = 400 };

/* Adds a word to a list of them, unless it was the last. */
static void add_word(char out[WORDS], size_t *n, const char **last, const char *word)
{
    if (word[0] == 0 || (*last != NULL && strcmp(*last, word) == 0)) return;
    *n += (size_t)snprintf(out + *n, WORDS - *n, "%s%s", *n > 0 ? ", " : "", word);
    if (*n >= WORDS) *n = WORDS - 1;
    *last = word;
}

static void put_way(nearer_table *table, size_t number, const nearer_network *network,
                    const nr_alternative *way, double fastest)
{
    char modes[WORDS] = "", lines[WORDS] = "";
    size_t m = 0, l = 0, rides = 0;
    const char *last_mode = NULL, *last_line = NULL;
    double sums[NR_SUMS];
    nr_legs_sum(sums, way->legs, way->count);
    for (size_t i = 0; i < way->count; i++) {
        const nr_leg *leg = &way->legs[i];
        if (leg->kind != NR_ARC_LINK) continue;
        uint32_t line = network->links[leg->link].line;
        rides++;
        add_word(modes, &m, &last_mode, nr_modes[leg->mode].id);
        add_word(lines, &l, &last_line, line == NR_NO_INDEX ? "" : network->lines.texts[line]);
    }
    double longer = 100 * (way->minutes / fastest - 1);
    size_t row = nr_table_add_row(table, 0), column = 0;
    nr_table_set_number(table, row, column++, (double)number);
    nr_table_set_number(table, row, column++, way->minutes);
    nr_table_set_number(table, row, column++, fastest > 0 ? longer : 0);
    column = nr_sums_put(table, row, column, network, sums);
    nr_table_set_number(table, row, column++, (double)rides);
    nr_table_set_text(table, row, column++, modes, m);
    nr_table_set_text(table, row, column, lines, l);
}

static nearer_status ways_table(nearer_table **out, const nearer_network *network,
                                const nr_alternatives *ways, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "path", 0);
    nr_table_add_column(table, "time_min", 1);
    nr_table_add_column(table, "longer_pct", 1);
    nr_sums_add_columns(table, network);
    nr_table_add_column(table, "rides", 0);
    nr_table_add_column(table, "modes", NR_TEXT_COLUMN);
    nr_table_add_column(table, "lines", NR_TEXT_COLUMN);
    for (size_t i = 0; i < ways->count; i++)
        put_way(table, i + 1, network, &ways->items[i], ways->items[0].minutes);
    return nr_table_finish(out, table, err);
}

static nearer_status legs_table(nearer_table **out, const nearer_network *network,
                                const nr_alternatives *ways, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_legs_new(&table, "path", network, err));
    for (size_t i = 0; i < ways->count; i++) {
        char label[24];
        snprintf(label, sizeof label, "%zu", i + 1);
        nr_legs_put(table, label, network, ways->items[i].legs, ways->items[i].count);
    }
    return nr_table_finish(out, table, err);
}

static nearer_status put_alternatives(nearer_report *report, const nearer_network *network,
                                      const nr_alternatives *ways, const nearer_alternatives *what,
                                      nearer_error *err)
{
    const char *from = network->places[what->from].name, *to = network->places[what->to].name;
    nearer_table *table = NULL;
    NR_TRY(ways_table(&table, network, ways, err));
    NR_TRY(nr_report_add_table(report, "alternatives", "Paths, the fastest first", table, err));
    NR_TRY(legs_table(&table, network, ways, err));
    NR_TRY(nr_report_add_table(report, "legs", "Legs of each path", table, err));
    if (ways->count == 0)
        return nr_report_add_note(report, err, "%s cannot be reached from %s", to, from);
    if (ways->looked_at > 0)
        return nr_report_add_note(report, err,
                                  "%zu paths: the search ended after %zu ways, most of which "
                                  "differ in nothing a rider notices; there may be more",
                                  ways->count, ways->looked_at);
    if (ways->count < what->count)
        return nr_report_add_note(report, err,
                                  "there are no more paths up to %g %% longer than the fastest",
                                  what->longer_pct);
    return NEARER_OK;
}

nearer_status nearer_ask_alternatives(nearer_report **out, const nearer_study *study,
                                      const nearer_query *query, const nearer_alternatives *what,
                                      nearer_error *err)
{
    nr_alternatives ways = {0};
    nearer_report *report = NULL;
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    if (what->from == what->to)
        return nr_fail(err, NEARER_USAGE, "%s is both ends: paths between two places were expected",
                       study->network->places[what->from].name);
    if (what->count == 0 || what->count > NEARER_MOST_ALTERNATIVES)
        return nr_fail(err, NEARER_USAGE, "%zu alternatives: 1 to %d were expected", what->count,
                       NEARER_MOST_ALTERNATIVES);
    if (!(what->longer_pct >= 0) || what->longer_pct > 1000)
        return nr_fail(err, NEARER_USAGE, "paths %g %% longer: 0 to 1000 were expected",
                       what->longer_pct);
    NR_TRY(nr_alternatives_find(&ways, study->network, query, what->from, what->to, what->count,
                                what->longer_pct, err));
    nearer_status status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_alternatives(report, study->network, &ways, what, err);
    nr_alternatives_clear(&ways);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
