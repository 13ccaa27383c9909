#include "stats/shapley.h"

#include <math.h>

#include "stats/statistic.h"

static double factorial(size_t n)
{
    return n < 2 ? 1 : (double)n * factorial(n - 1);
}

static size_t count_bits(size_t set)
{
    size_t count = 0;
    for (; set != 0; set &= set - 1) count++;
    return count;
}

/* The weight of a set before a player, n players in all. */
static double weight_of(size_t before, size_t n)
{
    return factorial(before) * factorial(n - before - 1) / factorial(n);
}

/* Unions as sets of players; returns how many there are. */
static size_t find_unions(size_t sets[NR_SHAPLEY_MOST], const uint32_t *union_of, size_t players)
{
    size_t count = 0;
    for (size_t i = 0; i < players; i++) {
        size_t first = 0; /* the first player of the same union */
        while (union_of[first] != union_of[i]) first++;
        if (first == i) {
            sets[count++] = (size_t)1 << i;
            continue;
        }
        for (size_t u = 0; u < count; u++)
            if ((sets[u] >> first & 1) != 0) sets[u] |= (size_t)1 << i;
    }
    return count;
}

/* 0 where some other union is there in part. */
static double owen_weight(size_t set, size_t i, const size_t *sets, size_t count)
{
    size_t before = 0, own = 0;
    for (size_t u = 0; u < count; u++) {
        size_t in = set & sets[u];
        if ((sets[u] >> i & 1) != 0)
            own = sets[u];
        else if (in == sets[u])
            before++;
        else if (in != 0)
            return 0;
    }
    return weight_of(before, count) * weight_of(count_bits(set & own), count_bits(own));
}

void nr_shapley(double *out, const double *values, size_t players, const uint32_t *union_of)
{
    size_t sets[NR_SHAPLEY_MOST],
        unions = union_of == NULL ? 0 : find_unions(sets, union_of, players);
    for (size_t i = 0; i < players; i++) {
        size_t bit = (size_t)1 << i;
        out[i] = 0;
        for (size_t set = 0; set < (size_t)1 << players; set++) {
            if ((set & bit) != 0) continue;
            double weight = unions == 0 ? weight_of(count_bits(set), players)
                                        : owen_weight(set, i, sets, unions);
            out[i] += weight * (values[set | bit] - values[set]);
        }
    }
}

static bool together(const uint32_t *union_of, double a, double b)
{
    return union_of == NULL ? a == b : union_of[(size_t)a] == union_of[(size_t)b];
}

void nr_shapley_order(uint32_t *order, double *room, size_t players, const uint32_t *union_of,
                      nr_random *random)
{
    double *all = room, *first = room + players; /* players, and the first of each union */
    size_t filled = 0, unions = 0;
    for (size_t i = 0; i < players; i++) {
        size_t k = 0;
        all[i] = (double)i;
        while (k < unions && !together(union_of, first[k], (double)i)) k++;
        if (k == unions) first[unions++] = (double)i;
    }
    nr_random_shuffle(random, all, players);
    nr_random_shuffle(random, first, unions); /* not as `all` meets them: large ones come early */
    for (size_t u = 0; u < unions; u++)
        for (size_t i = 0; i < players; i++)
            if (together(union_of, all[i], first[u])) order[filled++] = (uint32_t)all[i];
}

const nr_statistic nr_statistic_shapley = {
    .id = "shapley",
    .title = "what each part contributes, averaged over all orders (Owen: within unions)",
    .formula = "sum_S |S|! (n - |S| - 1)! / n! (v(S + i) - v(S))",
};
