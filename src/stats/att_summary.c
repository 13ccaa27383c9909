#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/panel.h"
#include "stats/statistic.h"

void nr_att_summary_free(nr_att_summary *summary)
{
    if (summary == NULL) return;
    nr_free(summary->part);
    nr_free(summary);
}

/* Numbers to be averaged, with what each unit adds to their errors. */
typedef struct terms {
    size_t count;
    double *value, *std_error;
    const double **influence; /* count, units each */
    size_t *group, *size;     /* the group it is of, its units; size NULL: all weigh alike */
} terms;

/* The weighted mean and, in influence[units], what each unit adds to its error: by way of the
 * terms, and by way of the share of its group. */
static nr_estimate average(double *influence, const terms *t, const nr_att_table *table)
{
    double total = 0, mean = 0, squares = 0, n = (double)table->units;
    bool known = true;
    for (size_t c = 0; c < t->count; c++) total += t->size == NULL ? 1 : (double)t->size[c] / n;
    for (size_t c = 0; c < t->count; c++) {
        mean += t->value[c] * (t->size == NULL ? 1 : (double)t->size[c] / n) / total;
        known = known && !isnan(t->std_error[c]);
    }
    for (size_t i = 0; i < table->units; i++) {
        influence[i] = 0;
        for (size_t c = 0; c < t->count; c++) {
            double share = t->size == NULL ? 1 : (double)t->size[c] / n;
            influence[i] += t->influence[c][i] * share / total;
            if (t->size == NULL) continue;
            double off = (double)(table->onset[i] == t->group[c]) - share;
            influence[i] += off * (t->value[c] - mean) / total / n;
        }
        squares += influence[i] * influence[i];
    }
    return nr_estimate_normal(mean, known ? squares : NAN);
}

static double key_of(const nr_att *cell, nr_att_by by)
{
    if (by == NR_ATT_BY_EVENT) return cell->time - cell->group;
    return by == NR_ATT_BY_GROUP ? cell->group : cell->time;
}

static bool belongs(const nr_att *cell, nr_att_by by)
{
    return by == NR_ATT_BY_EVENT || cell->time >= cell->group;
}

static void find_keys(nr_att_summary *out, const nr_att_table *table, nr_att_by by)
{
    for (size_t c = 0; c < table->count; c++) {
        if (!belongs(&table->cell[c], by)) continue;
        double key = key_of(&table->cell[c], by);
        size_t at = 0;
        while (at < out->count && out->part[at].key < key) at++;
        if (at < out->count && out->part[at].key == key) continue;
        memmove(out->part + at + 1, out->part + at, (out->count - at) * sizeof *out->part);
        out->part[at] = (nr_att_part){.key = key};
        out->count++;
    }
}

/* The cells of a part. */
static void collect(terms *t, const nr_att_table *table, nr_att_by by, double key)
{
    t->count = 0;
    for (size_t c = 0; c < table->count; c++) {
        if (!belongs(&table->cell[c], by) || key_of(&table->cell[c], by) != key) continue;
        t->value[t->count] = table->cell[c].att.value;
        t->std_error[t->count] = table->cell[c].att.std_error;
        t->influence[t->count] = table->influence + c * table->units;
        t->group[t->count] = table->group[c];
        t->size[t->count++] = table->group_size[c];
    }
}

static nearer_status summarise(nr_att_summary *out, terms *t, double *influence,
                               const nr_att_table *table, nr_att_by by, nearer_error *err)
{
    find_keys(out, table, by);
    for (size_t k = 0; k < out->count; k++) {
        nr_att_part *part = &out->part[k];
        collect(t, table, by, part->key);
        part->cells = t->count;
        terms equal = *t; /* all of one group: no share of it is a matter of chance */
        if (by == NR_ATT_BY_GROUP) equal.size = NULL;
        part->att = average(influence + k * table->units, &equal, table);
    }
    t->count = 0;
    for (size_t k = 0; k < out->count; k++) {
        if (by == NR_ATT_BY_EVENT && out->part[k].key < 0) continue;
        t->value[t->count] = out->part[k].att.value;
        t->std_error[t->count] = out->part[k].att.std_error;
        t->influence[t->count] = influence + k * table->units;
        for (size_t c = 0; c < table->count; c++)
            if (table->cell[c].group == out->part[k].key) {
                t->group[t->count] = table->group[c];
                t->size[t->count] = table->group_size[c];
            }
        t->count++;
    }
    if (t->count == 0) return nr_fail(err, NEARER_NODATA, "treatment: no cell is after treatment");
    terms whole = *t;
    if (by != NR_ATT_BY_GROUP) whole.size = NULL;
    out->overall = average(influence + out->count * table->units, &whole, table);
    return NEARER_OK;
}

nearer_status nr_att_summary_new(nr_att_summary **out, const nr_att_table *table, nr_att_by by,
                                 nearer_error *err)
{
    size_t count = table->count;
    nr_att_summary *summary = nr_alloc(1, sizeof *summary);
    terms t = {0,
               nr_alloc(count, sizeof(double)),
               nr_alloc(count, sizeof(double)),
               nr_alloc(count, sizeof *t.influence),
               nr_alloc(count, sizeof(size_t)),
               nr_alloc(count, sizeof(size_t))};
    double *influence = nr_alloc((count + 1) * table->units, sizeof *influence);
    if (summary != NULL) summary->part = nr_alloc(count, sizeof *summary->part);
    nearer_status status = summary == NULL || summary->part == NULL || t.value == NULL ||
                                   t.std_error == NULL || t.influence == NULL || t.group == NULL ||
                                   t.size == NULL || influence == NULL
                               ? nr_fail_memory(err)
                               : summarise(summary, &t, influence, table, by, err);
    nr_free(t.value);
    nr_free(t.std_error);
    nr_free(t.influence);
    nr_free(t.group);
    nr_free(t.size);
    nr_free(influence);
    if (status == NEARER_OK)
        *out = summary;
    else
        nr_att_summary_free(summary);
    return status;
}

const nr_statistic nr_statistic_att_summary = {
    .id = "att_summary",
    .title = "the same by time since treatment (an event study), by group, by time",
    .formula = "sum over cells of n_g ATT(g, t) / sum n_g",
};
