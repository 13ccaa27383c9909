/* Laws of what parts of a network contribute. */
#include "property/networks.h"

#include "graph/growing.h"
#include "graph/times.h"
#include "stats/shapley.h"
#include "study/parts.h"

enum { NETWORKS = 400, MOST_PARTS = 6 };

/* The sum with a choice of parts, from the times of the network that has only these. */
static double sum_with(uint64_t seed, const nr_parts *parts, const nearer_query *query,
                       const nr_growing *g, size_t choice)
{
    nearer_network network = parts->network;
    nearer_times *times = NULL;
    nearer_error error;
    double sum = 0;
    network.links = nr_alloc(network.link_count, sizeof *network.links);
    for (size_t i = 0; i < network.link_count; i++) {
        network.links[i] = parts->network.links[i];
        if (parts->of_link[i] != NR_NO_INDEX && (choice >> parts->of_link[i] & 1) == 0)
            network.links[i].closed = NR_ALWAYS_OPEN;
    }
    law(seed, nearer_times_compute(&times, &network, query, &error) == NEARER_OK);
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < g->n; j++) {
            double weight = g->weight[(i / NR_LANES * g->n + j) * NR_LANES + i % NR_LANES];
            if (weight > 0) sum += weight * nearer_times_minutes(times, i, j);
        }
    nearer_times_free(times);
    nr_free(network.links);
    return sum;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b) + 1);
}

static void check_choices(uint64_t seed, const nr_parts *parts, const nearer_query *query,
                          const nr_growing *g)
{
    double sums[1 << MOST_PARTS] = {0}, path[MOST_PARTS + 1] = {0}, shares[MOST_PARTS], all = 0;
    uint32_t order[MOST_PARTS];
    double room[2 * MOST_PARTS];
    nr_grown grown;
    nr_random *random = NULL;
    law_ok(seed, nr_random_new(&random, (unsigned long)seed, err));
    law_ok(seed, nr_grown_init(&grown, g, parts->count + 1, err));
    nr_shapley_order(order, room, parts->count, parts->mode, random);
    for (size_t b = 0; b < g->batches; b++) {
        size_t fixed = parts->count / 2;
        for (size_t chosen = 0; chosen < (size_t)1 << fixed; chosen++)
            nr_growing_choices(sums, &grown, g, b, fixed, chosen);
        nr_growing_follow(path, &grown, g, b, order, parts->count);
    }
    for (size_t c = 0; c < (size_t)1 << parts->count; c++)
        law(seed, near(sums[c], sum_with(seed, parts, query, g, c)));
    size_t choice = 0;
    law(seed, near(path[0], sums[0]));
    for (size_t k = 0; k < parts->count; k++) {
        choice |= (size_t)1 << order[k];
        law(seed, near(path[k + 1], sums[choice]));
    }
    for (int owen = 0; owen < 2; owen++) {
        nr_shapley(shares, sums, parts->count, owen == 1 ? parts->mode : NULL);
        all = 0;
        for (size_t k = 0; k < parts->count; k++) all += shares[k];
        law(seed, near(all, sums[((size_t)1 << parts->count) - 1] - sums[0]));
    }
    nr_grown_clear(&grown);
    nr_random_free(random);
}

static void growing__is_the_network_with_the_parts(void **state)
{
    (void)state;
    static random_study s;
    static const char *const by[] = {"line", "mode", "year"};
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "parts");
        const nearer_attribution what = {.from = nearer_date_year_end(1996),
                                         .to = nearer_date_year_end(2018),
                                         .by = by[seed % 3]};
        nearer_query query = {.date = what.to};
        nr_parts parts;
        nearer_error error;
        nearer_status status = nr_parts_find(&parts, study, &query, &what, &error);
        law(seed, status == NEARER_OK || status == NEARER_VALUE || status == NEARER_NODATA);
        if (status == NEARER_OK && parts.count <= MOST_PARTS) {
            nr_graph *graph = NULL;
            nr_growing growing;
            double weights[MOST_PLACES * MOST_PLACES];
            chance c = {seed};
            for (size_t k = 0; k < s.places * s.places; k++) weights[k] = draw_between(&c, 0.1, 1);
            law_ok(seed, nr_graph_build(&graph, &parts.network, &query, err));
            law_ok(seed, nr_growing_make(&growing, graph, parts.of_link, parts.count, weights,
                                         false, err));
            check_choices(seed, &parts, &query, &growing);
            nr_growing_clear(&growing);
            nr_graph_free(graph);
            tried++;
        }
        nr_parts_clear(&parts);
        nearer_study_free(study);
    }
    assert_true(tried > NETWORKS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growing__is_the_network_with_the_parts),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
