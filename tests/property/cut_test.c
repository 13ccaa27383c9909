/* Laws of what is lost when links are gone. */
#include "property/networks.h"

#include "graph/closing.h"

enum { NETWORKS = 400, GROUPS = 6 };

/* Groups of links, as a random one is cut into them. */
typedef struct cutting {
    nearer_network *network; /* of the study */
    nearer_network without;  /* all but its links borrowed */
    nearer_query query;
    uint32_t *of[NR_LOAD_GROUPINGS];
    nr_grouped_links groupings[NR_LOAD_GROUPINGS];
    bool simple[GROUPS + 1];
    size_t n;
    double *minutes; /* GROUPS x n x n, when each is closed */
} cutting;

static void leave_out(cutting *c, uint32_t group)
{
    for (size_t i = 0; i < c->network->link_count; i++) {
        bool gone = c->of[0][i] == group || c->of[1][i] == group;
        c->without.links[i] = c->network->links[i];
        if (gone) c->without.links[i].closed = c->without.links[i].opened;
    }
}

static nearer_status take(void *context, size_t from, const nr_change *changes, size_t count,
                          nearer_error *err)
{
    cutting *c = context;
    (void)err;
    for (size_t k = 0; k < count; k++) {
        assert_true(k == 0 || changes[k].group != changes[k - 1].group ||
                    changes[k].to > changes[k - 1].to);
        c->minutes[(changes[k].group * c->n + from) * c->n + changes[k].to] = changes[k].minutes;
    }
    return NEARER_OK;
}

static void close_all(cutting *c, uint64_t seed)
{
    nr_graph *graph = NULL;
    law_ok(seed, nr_graph_build(&graph, c->network, &c->query, err));
    const nr_task task = nr_graph_task(graph, &c->query);
    law_ok(seed, nr_closing_check(c->simple, graph, &c->query, c->groupings, err));
    c->simple[GROUPS] = false;
    law_ok(seed, nr_closing_compute(graph, &task, c->groupings, c->simple, take, c, err));
    nr_graph_free(graph);
}

/* Returns how many groups are closed simply. */
static size_t check(const nearer_study *study, uint64_t seed, const nearer_query *query, bool nodes)
{
    chance luck = {seed ^ 0xC105E};
    cutting c = {.network = (nearer_network *)nearer_study_network(study), .query = *query};
    size_t links = c.network->link_count, closed = 0;
    c.n = c.network->place_count;
    c.without = *c.network;
    c.without.links = calloc(links, sizeof *c.without.links);
    c.minutes = calloc(GROUPS * c.n * c.n, sizeof *c.minutes);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) {
        c.of[g] = calloc(links, sizeof *c.of[g]);
        c.groupings[g] = (nr_grouped_links){c.of[g], GROUPS + 1};
    }
    assert_true(c.without.links != NULL && c.minutes != NULL && c.of[0] != NULL && c.of[1] != NULL);
    size_t share = 1 + draw_below(&luck, GROUPS + 1); /* groups small and large */
    for (size_t i = 0; i < links; i++) {
        const nr_link *link = &c.network->links[i];
        size_t group = draw_below(&luck, GROUPS * share);
        c.of[0][i] =
            nodes ? link->from % (GROUPS + 1) : (uint32_t)(group < GROUPS ? group : GROUPS);
        c.of[1][i] = nodes ? link->to % (GROUPS + 1) : GROUPS;
        if (link->transfer) c.of[0][i] = c.of[1][i] = GROUPS;
    }
    nearer_times *before = compute(seed, study, *query);
    for (uint32_t g = 0; g < GROUPS; g++)
        for (size_t i = 0; i < c.n; i++)
            for (size_t j = 0; j < c.n; j++)
                c.minutes[(g * c.n + i) * c.n + j] = nearer_times_minutes(before, i, j);
    nearer_times_free(before);
    close_all(&c, seed);
    for (uint32_t g = 0; g < GROUPS; g++) {
        nearer_times *now = NULL;
        if (!c.simple[g]) continue;
        leave_out(&c, g);
        law_ok(seed, nearer_times_compute(&now, &c.without, query, err));
        for (size_t i = 0; i < c.n; i++)
            for (size_t j = 0; j < c.n; j++)
                law(seed, c.minutes[(g * c.n + i) * c.n + j] == nearer_times_minutes(now, i, j));
        nearer_times_free(now);
        closed++;
    }
    free(c.without.links);
    free(c.minutes);
    free(c.of[0]);
    free(c.of[1]);
    return closed;
}

/* What changes in the graph is what a network without the links gives, to the last bit: of links
 * group, or of whole nodes. */
static void closing__is_as_if_the_network_had_no_such_links(void **state)
{
    (void)state;
    static random_study s;
    size_t closed[2] = {0};
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "closing");
        nearer_query query = at_end_of(2001 + (int)(seed % 20));
        if (seed % 5 == 0) query.max_min = 200;
        for (int station = 0; station < 2; station++) {
            query.station_to_station = station == 1;
            for (int nodes = 0; nodes < 2; nodes++)
                closed[station] += check(study, seed, &query, nodes == 1);
        }
        nearer_study_free(study);
    }
    print_message("%zu, %zu closed\n", closed[0], closed[1]);
    assert_true(closed[0] > NETWORKS && closed[1] > NETWORKS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closing__is_as_if_the_network_had_no_such_links),
    };
    return cmocka_run_group_tests_name("cut", tests, use_one_thread, NULL);
}
