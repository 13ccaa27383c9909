#include "study/losses.h"

#include <math.h>

#include "base/memory.h"

static double weight_of(const nr_losses *l, size_t i, size_t j)
{
    double w = l->mass[i] * l->mass[j];
    return isnan(w) ? 0 : w;
}

/* Adds the weights of a row's pairs still reached to `weight`, one by one: whatever is cut off, the
 * sum runs in the order of the matrix. */
static void weigh_row(double *weight, const nr_losses *l, size_t i, const nr_change *changes,
                      size_t count)
{
    for (size_t j = 0, k = 0; j < l->n; j++) {
        bool changed = k < count && changes[k].to == j;
        double now = changed ? changes[k++].minutes : l->minutes[i * l->n + j];
        if (i != j && !isinf(now) && !isinf(l->minutes[i * l->n + j]))
            *weight += weight_of(l, i, j);
    }
}

nearer_status nr_losses_init(nr_losses *out, const double *minutes, const double *mass, size_t n,
                             nearer_error *err)
{
    *out = (nr_losses){.minutes = minutes,
                       .mass = mass,
                       .n = n,
                       .weight = nr_alloc(n + 1, sizeof *out->weight),
                       .reached = nr_alloc(n, sizeof *out->reached)};
    if (out->weight == NULL || out->reached == NULL) {
        nr_losses_clear(out);
        return nr_fail_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        out->weight[i + 1] = out->weight[i];
        weigh_row(&out->weight[i + 1], out, i, NULL, 0);
        for (size_t j = 0; j < n; j++)
            out->reached[i] += i != j && !isinf(minutes[i * n + j]) ? 1 : 0;
    }
    return NEARER_OK;
}

void nr_losses_clear(nr_losses *losses)
{
    nr_free(losses->weight);
    nr_free(losses->reached);
    *losses = (nr_losses){0};
}

/* Rows in which nothing is cut off. */
static void weigh_up_to(nr_loss *loss, const nr_losses *l, size_t row)
{
    for (; loss->weighed < row; loss->weighed++)
        weigh_row(&loss->weight, l, loss->weighed, NULL, 0);
}

static void cut_off(nr_loss *loss, const nr_losses *l, size_t i, const nr_change *changes,
                    size_t count, size_t pairs)
{
    if (!(loss->cut_off > 0)) {
        loss->weight = l->weight[i];
        loss->weighed = i;
    }
    loss->cut_off += (double)pairs;
    loss->places += pairs == l->reached[i] ? 1 : 0;
    weigh_up_to(loss, l, i);
    weigh_row(&loss->weight, l, i, changes, count);
    loss->weighed = i + 1;
}

void nr_loss_add_row(nr_loss *loss, const nr_losses *l, size_t from, const nr_change *changes,
                     size_t count)
{
    size_t pairs = 0;
    for (size_t k = 0; k < count; k++) {
        size_t pair = from * l->n + changes[k].to;
        double before = l->minutes[pair], lost = changes[k].minutes - before;
        if (changes[k].to == from || isinf(before)) continue;
        if (isinf(changes[k].minutes)) {
            pairs++;
            continue;
        }
        loss->sum += weight_of(l, from, changes[k].to) * lost;
        if (lost > loss->worst) {
            loss->worst = lost;
            loss->worst_pair = pair;
        }
    }
    if (pairs > 0) cut_off(loss, l, from, changes, count, pairs);
}

void nr_loss_finish(nr_loss *loss, const nr_losses *l)
{
    bool parted = loss->cut_off > 0;
    if (parted) weigh_up_to(loss, l, l->n);
    double weight = parted ? loss->weight : l->weight[l->n];
    loss->mean = weight > 0 ? loss->sum / weight : 0;
}
