/* Weights from distances or times. */
#include <math.h>

#include "base/memory.h"
#include "stats/weights.h"

typedef struct pairs {
    size_t *from, *to, count, room_from, room_to, room_weight;
    double *weight;
} pairs;

static bool pairs_add(pairs *p, size_t from, size_t to, double weight)
{
    if (!nr_grow((void **)&p->from, p->count, &p->room_from, sizeof *p->from) ||
        !nr_grow((void **)&p->to, p->count, &p->room_to, sizeof *p->to) ||
        !nr_grow((void **)&p->weight, p->count, &p->room_weight, sizeof *p->weight))
        return false;
    p->from[p->count] = from;
    p->to[p->count] = to;
    p->weight[p->count++] = weight;
    return true;
}

/* Makes weights of the pairs unless `status` failed; gives the pairs back. */
static nearer_status pairs_end(nr_weights **out, pairs *p, size_t n, nearer_status status,
                               nearer_error *err)
{
    if (status == NEARER_OK)
        status = nr_weights_pairs(out, n, p->from, p->to, p->weight, p->count, err);
    nr_free(p->from);
    nr_free(p->to);
    nr_free(p->weight);
    return status;
}

typedef struct near {
    double distance;
    size_t place;
} near;

/* Keeps the k nearest sorted; one as near as the last comes too late. */
static size_t put_near(near *nearest, size_t found, size_t k, near candidate)
{
    if (found == k && !(candidate.distance < nearest[k - 1].distance)) return found;
    size_t at = found < k ? found : k - 1;
    for (; at > 0 && candidate.distance < nearest[at - 1].distance; at--)
        nearest[at] = nearest[at - 1];
    nearest[at] = candidate;
    return found < k ? found + 1 : k;
}

nearer_status nr_weights_nearest(nr_weights **out, nr_distance *distance, const void *context,
                                 size_t n, size_t k, nearer_error *err)
{
    if (k == 0) return nr_fail(err, NEARER_VALUE, "weights: 1 nearest or more were expected");
    if (k > n) k = n; /* no place has as many others */
    pairs p = {0};
    near *nearest = nr_alloc(k, sizeof *nearest);
    nearer_status status = nearest == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t i = 0; i < n && status == NEARER_OK; i++) {
        size_t found = 0;
        for (size_t j = 0; j < n; j++) {
            double d = j == i ? INFINITY : distance(context, i, j);
            if (isfinite(d)) found = put_near(nearest, found, k, (near){d, j});
        }
        for (size_t m = 0; m < found && status == NEARER_OK; m++)
            if (!pairs_add(&p, i, nearest[m].place, 1)) status = nr_fail_memory(err);
    }
    nr_free(nearest);
    return pairs_end(out, &p, n, status, err);
}

/* power 0: binary */
static nearer_status within(nr_weights **out, nr_distance *distance, const void *context, size_t n,
                            double most, double power, nearer_error *err)
{
    if (!(most > 0))
        return nr_fail(err, NEARER_VALUE, "weights: a reach above 0 was expected, not %g", most);
    pairs p = {0};
    nearer_status status = NEARER_OK;
    for (size_t i = 0; i < n && status == NEARER_OK; i++)
        for (size_t j = 0; j < n && status == NEARER_OK; j++) {
            double d = j == i ? NAN : distance(context, i, j);
            if (!(d <= most) || isinf(d)) continue;
            if (power > 0 && !(d > 0))
                status = nr_fail(err, NEARER_VALUE,
                                 "weights: places %zu and %zu are %g apart, an inverse distance "
                                 "needs more than 0",
                                 i + 1, j + 1, d);
            else if (!pairs_add(&p, i, j, pow(d, -power)))
                status = nr_fail_memory(err);
        }
    return pairs_end(out, &p, n, status, err);
}

nearer_status nr_weights_band(nr_weights **out, nr_distance *distance, const void *context,
                              size_t n, double most, nearer_error *err)
{
    return within(out, distance, context, n, most, 0, err);
}

nearer_status nr_weights_inverse(nr_weights **out, nr_distance *distance, const void *context,
                                 size_t n, double most, double power, nearer_error *err)
{
    if (!(power > 0) || isinf(power))
        return nr_fail(err, NEARER_VALUE, "weights: a power above 0 was expected, not %g", power);
    return within(out, distance, context, n, most, power, err);
}
