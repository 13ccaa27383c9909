/* Several lines together, under a budget or up to a number: greedily, with exchange, and where
 * there are few candidates the best of all choices. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "study/lines.h"

enum { MOST_LINES = 20, MOST_ROUNDS = 10 };
/* So many choices are all tried. */
static const double FEW_CHOICES = 50000;

typedef struct choice {
    size_t lines[MOST_LINES], count;
    double added[MOST_LINES], saved, cost; /* minutes saved, by each on top of those before it */
} choice;

typedef struct packer {
    nr_lines *l;
    nr_stop_times first; /* without any line */
    nr_gain *tried;
    size_t most;
    double budget; /* INFINITY: none */
    choice best;   /* of all choices */
} packer;

static double cost_of(const packer *p, size_t k)
{
    double cost = p->l->candidates.items[k].cost;
    return isfinite(p->budget) ? cost : isnan(cost) ? 0 : cost;
}

static bool chosen(const choice *c, size_t k)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->lines[i] == k) return true;
    return false;
}

/* The times with these lines; what each adds. */
static nearer_status build(packer *p, choice *c, nearer_error *err)
{
    nr_gain gain;
    nr_stop_times_set(&p->l->candidates.times, &p->first);
    c->saved = c->cost = 0;
    for (size_t i = 0; i < c->count; i++) {
        NR_TRY(nr_gains_try(&gain, &p->l->gains, &c->lines[i], 1, false, err));
        NR_TRY(nr_gains_build(&p->l->gains, c->lines[i], err));
        c->added[i] = gain.saved_min;
        c->saved += gain.saved_min;
        c->cost += cost_of(p, c->lines[i]);
    }
    return NEARER_OK;
}

/* The line that adds most to those built, or (by_price) most for its cost; count: none. */
static nearer_status find_next(size_t *out, packer *p, const choice *c, bool by_price,
                               nearer_error *err)
{
    size_t count = p->l->candidates.count;
    double best = 0;
    *out = count;
    NR_TRY(nr_gains_try(p->tried, &p->l->gains, NULL, count, false, err));
    for (size_t k = 0; k < count; k++) {
        double cost = cost_of(p, k), value = p->tried[k].saved_min;
        if (!(c->cost + cost <= p->budget) || chosen(c, k)) continue;
        if (by_price) value /= cost;
        if (value > best) {
            best = value;
            *out = k;
        }
    }
    return NEARER_OK;
}

static nearer_status choose_greedily(choice *c, packer *p, bool by_price, nearer_error *err)
{
    *c = (choice){.count = 0};
    NR_TRY(build(p, c, err));
    while (c->count < p->most) {
        size_t next;
        NR_TRY(find_next(&next, p, c, by_price, err));
        if (next == p->l->candidates.count) break;
        c->lines[c->count++] = next;
        NR_TRY(build(p, c, err));
        nr_progress("package", c->count, p->most);
    }
    return NEARER_OK;
}

/* Each line in turn against the best in its place, until none is better, and then one more. */
static nearer_status exchange(choice *c, packer *p, nearer_error *err)
{
    bool better = true;
    for (size_t round = 0; better && round < MOST_ROUNDS; round++) {
        better = false;
        for (size_t i = 0; i <= c->count && i < p->most; i++) {
            choice other = *c;
            size_t next;
            if (i < c->count) {
                memmove(other.lines + i, other.lines + i + 1,
                        (c->count - i - 1) * sizeof *other.lines);
                other.count--;
            }
            NR_TRY(build(p, &other, err));
            NR_TRY(find_next(&next, p, &other, false, err));
            if (next == p->l->candidates.count) continue;
            other.lines[other.count++] = next;
            NR_TRY(build(p, &other, err));
            if (!(other.saved > c->saved * (1 + 1e-12))) continue;
            *c = other;
            better = true;
        }
    }
    return NEARER_OK;
}

/* ---- all choices ---- */

static double choices_of(size_t candidates, size_t most)
{
    double all = 0, some = 1;
    for (size_t k = 1; k <= most && k <= candidates; k++) {
        some *= (double)(candidates - k + 1) / (double)k;
        all += some;
    }
    return all;
}

/* Adds lines from number `first` on. */
static nearer_status try_all(packer *p, choice *c, size_t first, nearer_error *err)
{
    size_t count = p->l->candidates.count;
    nr_stop_times before = {0};
    double saved = c->saved, cost = c->cost;
    if (c->count == p->most) return NEARER_OK;
    nearer_status status = nr_stop_times_copy(&before, &p->l->candidates.times, err);
    for (size_t k = first; status == NEARER_OK && k < count; k++) {
        nr_gain gain;
        if (!(cost + cost_of(p, k) <= p->budget)) continue;
        nr_stop_times_set(&p->l->candidates.times, &before);
        status = nr_gains_try(&gain, &p->l->gains, &k, 1, false, err);
        if (status != NEARER_OK) break;
        c->lines[c->count] = k;
        c->added[c->count++] = gain.saved_min;
        c->saved = saved + gain.saved_min;
        c->cost = cost + cost_of(p, k);
        if (c->saved > p->best.saved) p->best = *c;
        if (c->count < p->most) status = nr_gains_build(&p->l->gains, k, err);
        if (status == NEARER_OK) status = try_all(p, c, k + 1, err);
        c->count--;
    }
    nr_stop_times_clear(&before);
    c->saved = saved;
    c->cost = cost;
    return status;
}

/* ---- the table ---- */

static void put_choice(nearer_table *table, const packer *p, const char *how, const choice *c)
{
    const nr_candidates *all = &p->l->candidates;
    double saved = 0, cost = 0;
    char name[300];
    for (size_t i = 0; i < c->count; i++) {
        size_t k = c->lines[i];
        saved += c->added[i];
        cost += all->items[k].cost;
        nr_table_put(table, how, (double)i + 1, nr_candidate_name(name, all, k),
                     nr_candidate_end(all, k, false)->id, nr_candidate_end(all, k, true)->id,
                     all->items[k].km, all->items[k].cost, c->added[i], saved, cost);
    }
}

static nearer_status fill(nearer_table *table, packer *p, bool few, nearer_error *err)
{
    choice greedy, by_price, swapped;
    NR_TRY(choose_greedily(&greedy, p, false, err));
    if (isfinite(p->budget)) {
        NR_TRY(choose_greedily(&by_price, p, true, err));
        if (by_price.saved > greedy.saved) greedy = by_price;
    }
    swapped = greedy;
    NR_TRY(exchange(&swapped, p, err));
    put_choice(table, p, "greedy", &greedy);
    put_choice(table, p, "exchange", &swapped);
    if (!few) return NEARER_OK;
    choice none = {.count = 0};
    p->best = none;
    NR_TRY(build(p, &none, err));
    NR_TRY(try_all(p, &none, 0, err));
    put_choice(table, p, "best of all", &p->best);
    return NEARER_OK;
}

static nearer_status check(const packer *p, const nearer_lines_spec *spec, nearer_error *err)
{
    if (spec->most_lines > MOST_LINES)
        return nr_fail(err, NEARER_USAGE, "a package of %zu lines: at most %d were expected",
                       spec->most_lines, MOST_LINES);
    if (spec->budget > 0 && !p->l->by_cost)
        return nr_fail(err, NEARER_USAGE,
                       "a budget needs a price per km, or costs in the file of lines");
    return NEARER_OK;
}

nearer_status nr_lines_put_package(nearer_report *report, nr_lines *l, nearer_error *err)
{
    static const char *const texts[] = {"choice", "step", "line", "from_id", "to_id"};
    packer p = {.l = l,
                .most = l->spec->most_lines,
                .budget = l->spec->budget > 0 ? l->spec->budget : INFINITY};
    nearer_table *table = NULL;
    bool few = choices_of(l->candidates.count, p.most) <= FEW_CHOICES;
    NR_TRY(check(&p, l->spec, err));
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t k = 0; k < 5; k++)
        nr_table_add_column(table, texts[k], k == 1 ? 0 : NR_TEXT_COLUMN);
    nr_table_add_column(table, "length_km", 1);
    nr_table_add_column(table, "cost", 1);
    nr_table_add_column(table, "added_min", 4);
    nr_table_add_column(table, "saved_min", 4);
    nr_table_add_column(table, "total_cost", 1);
    p.tried = nr_alloc(l->candidates.count, sizeof *p.tried);
    nearer_status status = p.tried == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_stop_times_copy(&p.first, &l->candidates.times, err);
    if (status == NEARER_OK) status = fill(table, &p, few, err);
    nr_stop_times_clear(&p.first);
    nr_free(p.tried);
    if (status != NEARER_OK) {
        nearer_table_free(table);
        return status;
    }
    NR_TRY(nr_study_put(report, "package", "Lines together, each on top of those before it", table,
                        err));
    return nr_report_add_note(
        report, err,
        few ? "package: greedy and exchange carry no guarantee; 'best of all' is the best of every "
              "choice of up to %zu of %zu lines"
            : "package: greedy and exchange carry no guarantee: another choice of up to %zu of the "
              "%zu lines may save more; there are too many to try all",
        p.most, l->candidates.count);
}
