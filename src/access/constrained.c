/* Constrained accessibility (Soukhov and others 2025): scores that sum to all supply (total), to
 * the supply of each destination or the demand of each origin (singly), or to both (doubly: flows).
 */
#include <math.h>

#include "access/compete.h"
#include "base/memory.h"

enum { MOST_ROUNDS = 100000 };

/* All there is, in proportion to what each place reaches, or is reached by. */
static void share_total(double *scores, nr_compete *c, const nr_minutes *minutes)
{
    double all = 0, sum = 0;
    nr_sum_rows(scores, minutes, nr_supply_in_reach, c);
    for (size_t i = 0; i < c->in->n; i++) {
        all += c->in->mass[i]; /* of whichever side is shared out */
        sum += scores[i];
    }
    for (size_t i = 0; i < c->in->n; i++) scores[i] = sum > 0 ? all * scores[i] / sum : 0;
}

/* The flows that keep the totals of both ends (iterative proportional fitting), as a factor of each
 * origin (demand_side) and of each destination (supply_side): T = D_i a_i M_j b_j f. */
static double row_part(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->supply_side[j] * nr_supply_in_reach(c, i, j, minutes);
}

static double column_part(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->demand_side[i] * nr_demand_in_reach(c, i, j, minutes);
}

static double flow(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->power[i] * c->demand_side[i] * row_part(c, i, j, minutes);
}

/* factors[k] = 1 / sums[k]; how much the largest moved. */
static double turn_round(double *factors, const double *sums, const double *masses, size_t n)
{
    double moved = 0;
    for (size_t k = 0; k < n; k++) {
        double next = sums[k] > 0 && masses[k] > 0 ? 1 / sums[k] : 0;
        if (next > 0) moved = fmax(moved, fabs(factors[k] / next - 1));
        factors[k] = next;
    }
    return moved;
}

static nearer_status check_totals(const nr_measure_input *in, nearer_error *err)
{
    double supply = 0, demand = 0;
    for (size_t i = 0; i < in->n; i++) {
        supply += in->mass[i];
        demand += in->demand[i];
    }
    if (fabs(supply - demand) <= 1e-9 * fmax(supply, demand)) return NEARER_OK;
    return nr_fail(
        err, NEARER_VALUE,
        "doubly constrained flows need as much demand as supply; they are %.10g and %.10g", demand,
        supply);
}

/* The flows keep the totals of both ends, to one part in a billion of all. */
static bool keeps_totals(nr_compete *c, double *sums, const nr_minutes *minutes)
{
    double missed = 0, all = 0;
    nr_sum_rows(sums, minutes, flow, c);
    for (size_t i = 0; i < c->in->n; i++) {
        missed = fmax(missed, fabs(sums[i] - c->in->demand[i]));
        all += c->in->demand[i];
    }
    nr_sum_columns(sums, minutes, flow, c);
    for (size_t j = 0; j < c->in->n; j++) missed = fmax(missed, fabs(sums[j] - c->in->mass[j]));
    return missed <= 1e-9 * all;
}

static nearer_status fit(nr_compete *c, const nr_minutes *minutes, nearer_error *err)
{
    size_t n = c->in->n, rounds = 0;
    double *sums = nr_alloc(n, sizeof *sums), moved = INFINITY;
    if (sums == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < n; k++) c->demand_side[k] = c->supply_side[k] = 1;
    for (; moved > 1e-13 && rounds < MOST_ROUNDS; rounds++) {
        nr_sum_rows(sums, minutes, row_part, c);
        moved = turn_round(c->demand_side, sums, c->in->demand, n);
        nr_sum_columns(sums, minutes, column_part, c);
        moved = fmax(moved, turn_round(c->supply_side, sums, c->in->mass, n));
    }
    bool good = keeps_totals(c, sums, minutes);
    nr_free(sums);
    if (good) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE,
                   "no flows keep the totals of both ends: some places reach too little of the "
                   "others");
}

/* Towards the places it is their supply that competes for the demand of those who come. */
static nr_measure_input turned(const nr_measure_input *in)
{
    nr_measure_input out = *in;
    if (in->to && in->demand != NULL) {
        out.mass = in->demand;
        out.demand = in->mass;
    }
    return out;
}

static nearer_status run(double *scores, double *flows, const nr_measure_input *given,
                         const nr_minutes *minutes, nearer_error *err)
{
    const nr_measure_input turned_input = turned(given), *in = &turned_input;
    nr_compete c;
    if (in->constraint == NR_DOUBLY && in->to)
        return nr_fail(err, NEARER_USAGE, "constraint doubly has no direction: it keeps both ends");
    if (in->constraint == NR_DOUBLY) NR_TRY(check_totals(in, err));
    nearer_status status = nr_compete_init(&c, in, err);
    if (status == NEARER_OK && in->constraint == NR_DOUBLY) status = fit(&c, minutes, err);
    if (status == NEARER_OK && in->constraint == NR_DOUBLY) {
        if (scores != NULL) nr_sum_rows(scores, minutes, flow, &c);
        if (flows != NULL) nr_fill_pairs(flows, minutes, flow, &c);
    } else if (status == NEARER_OK && in->constraint == NR_TOTAL) {
        share_total(scores, &c, minutes);
    } else if (status == NEARER_OK) {
        nr_sum_columns(c.supply_side, minutes, nr_demand_in_reach, &c);
        if (scores != NULL) nr_sum_rows(scores, minutes, nr_share_of_supply, &c);
        if (flows != NULL) nr_fill_pairs(flows, minutes, nr_share_of_supply, &c);
    }
    nr_compete_clear(&c);
    return status;
}

static nearer_status whole(double *scores, const nr_measure_input *in, const nr_minutes *minutes,
                           nearer_error *err)
{
    if (in->constraint != NR_TOTAL && in->demand == NULL)
        return nr_fail(err, NEARER_USAGE, "constraint %s needs a demand",
                       nr_constraint_words[in->constraint]);
    return run(scores, NULL, in, minutes, err);
}

static nearer_status fill(double *values, const nr_measure_input *in, const nr_minutes *minutes,
                          nearer_error *err)
{
    if (in->constraint == NR_TOTAL)
        return nr_fail(err, NEARER_USAGE, "constraint total has no pairs behind it");
    return run(NULL, values, in, minutes, err);
}

/* What comes to a place is demand. */
static bool in_demand(const nr_measure_input *in)
{
    return in->to && in->demand != NULL;
}

static const char *const detail_columns[] = {"flow", NULL};
static const nr_detail detail = {detail_columns, fill};

const nr_measure nr_measure_constrained = {
    .id = "constrained",
    .title = "access whose sum is what is there: total, singly or doubly constrained",
    .formula = "K_i M_j f_ij with factors K that keep the totals",
    .in_demand = in_demand,
    .needs = NR_DECAY | NR_CONSTRAINT,
    .takes = NR_DEMAND | NR_TO,
    .own = true,
    .decimals = 1,
    .whole = whole,
    .detail = &detail,
};
