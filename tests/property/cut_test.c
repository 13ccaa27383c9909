/* Laws of what is lost when links are gone. */
#include "property/networks.h"

#include "graph/closing.h"
#include "tables.h"

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
    assert_true(closed[0] > 5 * NETWORKS && closed[1] > 3 * NETWORKS);
}

/* ---- the answer ---- */

/* What a row of the answer says is gone. */
static bool is_gone(const nearer_network *network, const nr_link *link, const char *by,
                    const nearer_table *table, size_t row)
{
    char name[300], other[300];
    const char *gone = text_of(table, row, "gone"), *mode = text_of(table, row, "mode");
    const nr_node *from = &network->nodes[link->from], *to = &network->nodes[link->to];
    if (strcmp(by, "node") == 0)
        return strcmp(text_of(table, row, "id"), from->id) == 0 ||
               strcmp(text_of(table, row, "id"), to->id) == 0;
    if (strcmp(nr_modes[link->mode].id, mode) != 0) return false;
    if (strcmp(by, "line") == 0) return strcmp(gone, nr_link_line(network, link)) == 0;
    snprintf(name, sizeof name, "%s - %s", from->name, to->name);
    snprintf(other, sizeof other, "%s - %s", to->name, from->name);
    return strcmp(by, "mode") == 0 || strcmp(gone, name) == 0 || strcmp(gone, other) == 0;
}

typedef struct counted {
    double cut_off, places, sum, weight, worst;
} counted;

/* From the two matrices, pair by pair. */
static counted count(const nearer_times *before, const nearer_times *now, const random_study *s)
{
    counted c = {0};
    for (size_t i = 0; i < s->places; i++) {
        size_t had = 0, has = 0;
        for (size_t j = 0; j < s->places; j++) {
            double b = nearer_times_minutes(before, i, j), a = nearer_times_minutes(now, i, j);
            double weight =
                s->mass[i] < 0 || s->mass[j] < 0 ? 0 : (double)(s->mass[i] * s->mass[j]);
            if (i == j || isinf(b)) continue;
            had++;
            if (isinf(a)) {
                c.cut_off++;
                continue;
            }
            has++;
            c.sum += weight * (a - b);
            c.weight += weight;
            c.worst = fmax(c.worst, a - b);
        }
        c.places += had > 0 && has == 0;
    }
    return c;
}

static void check_answer(const nearer_study *study, const random_study *s, const char *by,
                         const nearer_query *query)
{
    const nearer_network *network = nearer_study_network(study);
    nearer_network without = *network;
    nearer_report *report = NULL;
    nearer_times *before = compute(s->seed, study, *query);
    without.links = calloc(network->link_count, sizeof *without.links);
    assert_non_null(without.links);
    law_ok(s->seed, nearer_ask_cut(&report, study, query, "people", by, err));
    const nearer_table *table = nearer_report_table(report, 0);
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        nearer_times *now = NULL;
        for (size_t i = 0; i < network->link_count; i++) {
            nr_link *link = &without.links[i];
            *link = network->links[i];
            if (!link->transfer && is_gone(network, link, by, table, row))
                link->closed = link->opened;
        }
        law_ok(s->seed, nearer_times_compute(&now, &without, query, err));
        const counted c = count(before, now, s);
        law(s->seed, cell_of(table, row, "pairs_cut_off") == c.cut_off);
        law(s->seed, cell_of(table, row, "places_cut_off") == c.places);
        law(s->seed, cell_of(table, row, "mean_loss_min") == (c.weight > 0 ? c.sum / c.weight : 0));
        law(s->seed, cell_of(table, row, "worst_loss_min") == c.worst);
        nearer_times_free(now);
    }
    nearer_times_free(before);
    nearer_report_free(report);
    free(without.links);
}

/* Each row is what two whole matrices say, to the last bit, found either way. */
static void cut__is_the_difference_of_two_matrices(void **state)
{
    (void)state;
    static random_study s;
    static const char *const by[] = {"link", "line", "node", "mode"};
    for (uint64_t seed = 1; seed <= NETWORKS / 2; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "cut");
        nearer_query query = at_end_of(2001 + (int)(seed % 20));
        for (size_t k = 0; k < 8; k++) {
            query.station_to_station = k >= 4;
            check_answer(study, &s, by[k % 4], &query);
        }
        nearer_study_free(study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closing__is_as_if_the_network_had_no_such_links),
        cmocka_unit_test(cut__is_the_difference_of_two_matrices),
    };
    return cmocka_run_group_tests_name("cut", tests, use_one_thread, NULL);
}
