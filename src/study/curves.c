/* Time-space curves: the minutes of a pair year by year, and how fast its ends converge (Janelle
 * 1968, "Central place development in a time-space framework", The Professional Geographer 20). */
#include <math.h>

#include "study/timeline.h"

struct nr_curves {
    const nearer_network *network;
    const nearer_pair *pairs;
    size_t count;
    int from, to;
    double *minutes, *share; /* of pair p in year y at [p * years + y - from], where reachable */
};

static size_t years(const nr_curves *c)
{
    return (size_t)(c->to - c->from + 1);
}

nearer_status nr_curves_new(nr_curves **out, const nearer_network *network,
                            const nearer_pair *pairs, size_t count, int from, int to,
                            nearer_error *err)
{
    nr_curves *c = nr_alloc(1, sizeof *c);
    if (c == NULL) return nr_fail_memory(err);
    *c = (nr_curves){.network = network, .pairs = pairs, .count = count, .from = from, .to = to};
    c->minutes = nr_alloc(count * years(c), sizeof *c->minutes);
    c->share = nr_alloc(count * years(c), sizeof *c->share);
    if (c->minutes == NULL || c->share == NULL) {
        nr_curves_free(c);
        return nr_fail_memory(err);
    }
    *out = c;
    return NEARER_OK;
}

void nr_curves_free(nr_curves *c)
{
    if (c == NULL) return;
    nr_free(c->minutes);
    nr_free(c->share);
    nr_free(c);
}

void nr_curves_add(nr_curves *c, int year, const double *minutes, double share)
{
    size_t n = c->network->place_count;
    for (size_t p = 0; p < c->count; p++) {
        double value = minutes[c->pairs[p].from * n + c->pairs[p].to];
        size_t at = p * years(c) + (size_t)(year - c->from);
        if (isinf(value)) continue;
        c->minutes[at] += share * value;
        c->share[at] += share;
    }
}

/* The mean over the days it can be reached, INFINITY when it never can. */
static double in_year(const nr_curves *c, size_t pair, size_t year)
{
    size_t at = pair * years(c) + year;
    return c->share[at] > 0 ? c->minutes[at] / c->share[at] : INFINITY;
}

static const char *name_of(const nr_curves *c, size_t place)
{
    return c->network->places[place].name;
}

static nearer_status put_curve(nearer_report *report, const nr_curves *c, nearer_error *err)
{
    nearer_table *t = NULL;
    NR_TRY(nr_table_new(&t, NULL, NULL, err));
    const char *texts[] = {"pair", "from_id", "to_id"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(t, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(t, "year", 0);
    nr_table_add_column(t, "time_min", 1);
    nr_table_add_column(t, "change_min", 1);
    for (size_t p = 0; p < c->count; p++) {
        const nearer_pair *pair = &c->pairs[p];
        nr_text name = {0};
        nr_text_print(&name, "%s - %s", name_of(c, pair->from), name_of(c, pair->to));
        for (size_t y = 0; !name.failed && y < years(c); y++) {
            double now = in_year(c, p, y), before = y == 0 ? NAN : in_year(c, p, y - 1);
            nr_table_put(t, name.bytes, c->network->places[pair->from].id,
                         c->network->places[pair->to].id, (double)(c->from + (int)y), now,
                         isfinite(now) && isfinite(before) ? now - before : NAN);
        }
        bool failed = name.failed;
        nr_text_clear(&name);
        if (failed) {
            nearer_table_free(t);
            return nr_fail_memory(err);
        }
    }
    return nr_study_put(report, "curve", "Travel time of a pair, year by year", t, err);
}

static nearer_status put_convergence(nearer_report *report, const nr_curves *c, nearer_error *err)
{
    nearer_table *t = NULL;
    NR_TRY(nr_table_new(&t, NULL, NULL, err));
    nr_table_add_column(t, "from", NR_TEXT_COLUMN);
    nr_table_add_column(t, "to", NR_TEXT_COLUMN);
    nr_table_add_column(t, "first_year", 0);
    nr_table_add_column(t, "last_year", 0);
    nr_table_add_column(t, "first_min", 1);
    nr_table_add_column(t, "last_min", 1);
    nr_table_add_column(t, "convergence_min_per_year", 2);
    for (size_t p = 0; p < c->count; p++) {
        size_t first = 0, last = years(c) - 1;
        while (first < last && isinf(in_year(c, p, first))) first++;
        while (last > first && isinf(in_year(c, p, last))) last--;
        double a = in_year(c, p, first), b = in_year(c, p, last);
        nr_table_put(t, name_of(c, c->pairs[p].from), name_of(c, c->pairs[p].to),
                     (double)(c->from + (int)first), (double)(c->from + (int)last), a, b,
                     last > first ? (a - b) / (double)(last - first) : NAN);
    }
    return nr_study_put(report, "convergence", "How fast the ends of a pair converge", t, err);
}

nearer_status nr_curves_put(nearer_report *report, const nr_curves *c, nearer_error *err)
{
    NR_TRY(put_curve(report, c, err));
    return put_convergence(report, c, err);
}
