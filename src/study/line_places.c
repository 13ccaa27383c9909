/* Who gains by a scenario and who loses. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/line_tables.h"

static double mean_score(const nr_line_state *s)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < s->n; i++)
        if (isfinite(s->scores[i])) {
            sum += s->scores[i];
            count++;
        }
    return count > 0 ? sum / (double)count : NAN;
}

/* Access by the first measure against the mean of all, after over before, per cent; above 0 is
 * better. */
static double relative_change(const nr_line_question *q, const nr_line_state *after, size_t i)
{
    double b = q->before.scores[i] / mean_score(&q->before),
           a = after->scores[i] / mean_score(after);
    return q->measures[0]->low_is_good ? 100 * (b / a - 1) : 100 * (a / b - 1);
}

static void add_place_columns(nearer_table *table, const nr_line_question *q)
{
    static const char *const words[] = {"before", "after", "change"};
    char name[160];
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    for (size_t k = 0; k < 3; k++) {
        snprintf(name, sizeof name, "mean_time_%s_min", words[k]);
        nr_table_add_column(table, name, 1);
    }
    nr_table_add_column(table, "mean_time_change_pct", 2);
    nr_table_add_column(table, "rank_before", 0);
    nr_table_add_column(table, "rank_after", 0);
    for (size_t s = 0; s < q->spec_count; s++) {
        const nr_measure *measure = q->measures[s];
        if (!nr_line_shows(q, s)) continue;
        for (size_t k = 0; k < 3; k++) {
            snprintf(name, sizeof name, "%s_%s_%s", measure->id, words[k], q->units[s]);
            nr_table_add_column(table, name, measure->decimals);
        }
        snprintf(name, sizeof name, "%s_change_pct", measure->id);
        nr_table_add_column(table, name, 2);
    }
    nr_table_add_column(table, "relative_access_change_pct", 2);
    nr_table_add_column(table, "links_before", 0);
    nr_table_add_column(table, "links_after", 0);
}

/* Before, after, difference and per cent; no difference between what is never reached. */
static void put_change(nearer_table *table, size_t row, size_t *column, double before, double after)
{
    double change = isinf(after) && isinf(before) ? (double)NAN : after - before;
    const double numbers[] = {before, after, change, 100 * change / before};
    for (size_t k = 0; k < 4; k++) nr_table_set_number(table, row, (*column)++, numbers[k]);
}

static void put_place(nearer_table *table, const nr_line_question *q, const nr_line_state *after,
                      size_t i, const char *why)
{
    const nr_place *place = &q->before.study->network->places[i];
    size_t row = nr_table_add_row(table, 0), column = 0;
    nr_table_set_text(table, row, column++, place->id, strlen(place->id));
    nr_table_set_text(table, row, column++, place->name, strlen(place->name));
    put_change(table, row, &column, q->before.mean[i], after->mean[i]);
    nr_table_set_number(table, row, column++, q->before.mean_rank[i]);
    nr_table_set_number(table, row, column++, after->mean_rank[i]);
    for (size_t s = 0; s < q->spec_count; s++)
        if (nr_line_shows(q, s))
            put_change(table, row, &column, q->before.scores[s * q->n + i],
                       after->scores[s * q->n + i]);
    nr_table_set_number(table, row, column++, relative_change(q, after, i));
    nr_table_set_number(table, row, column++, q->before.links[i]);
    nr_table_set_number(table, row, column++, after->links[i]);
    if (why != NULL) nr_table_set_text(table, row, column++, why, strlen(why));
    nr_table_set_number(table, row, column++, place->at.lon);
    nr_table_set_number(table, row, column, place->at.lat);
}

static nearer_status new_places(nearer_table **table, const nr_line_question *q, bool why,
                                nearer_error *err)
{
    NR_TRY(nr_table_new(table, NULL, NULL, err));
    add_place_columns(*table, q);
    if (why) nr_table_add_column(*table, "falls", NR_TEXT_COLUMN);
    nr_table_add_column(*table, "lon_deg", 4);
    nr_table_add_column(*table, "lat_deg", 4);
    return NEARER_OK;
}

/* What falls at a place; "" nothing. */
static const char *falls(char out[80], const nr_line_question *q, const nr_line_state *after,
                         size_t i)
{
    bool longer = after->mean[i] > q->before.mean[i],
         rank = after->mean_rank[i] > q->before.mean_rank[i];
    bool relative = relative_change(q, after, i) < -1e-9,
         service = after->links[i] < q->before.links[i];
    snprintf(out, 80, "%s%s%s%s", longer ? ", time" : "", rank ? ", rank" : "",
             relative ? ", relative access" : "", service ? ", service" : "");
    if (out[0] != 0) memmove(out, out + 2, strlen(out + 2) + 1);
    return out;
}

nearer_status nr_line_put_places(nearer_report *report, const nr_line_question *q,
                                 const nr_line_state *after, nearer_error *err)
{
    nearer_table *all = NULL, *losers = NULL;
    nr_line_gain *rows = nr_alloc(q->n, sizeof *rows);
    char why[80];
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < q->n; i++) {
        double gain = q->before.mean[i] - after->mean[i];
        rows[i] = (nr_line_gain){isnan(gain) ? 0 : gain, i};
    }
    qsort(rows, q->n, sizeof *rows, nr_line_most_first);
    nearer_status status = new_places(&all, q, false, err);
    if (status == NEARER_OK) status = new_places(&losers, q, true, err);
    for (size_t k = 0; status == NEARER_OK && k < q->n; k++) {
        put_place(all, q, after, rows[k].item, NULL);
        size_t last = rows[q->n - 1 - k].item;
        if (falls(why, q, after, last)[0] != 0) put_place(losers, q, after, last, why);
    }
    nr_free(rows);
    if (status == NEARER_OK)
        status = nr_study_put(report, "places", "Places, those that gain most first", all, err);
    else
        nearer_table_free(all);
    if (status == NEARER_OK)
        return nr_study_put(report, "losers",
                            "Places of which something falls, the most time first", losers, err);
    nearer_table_free(losers);
    return status;
}
