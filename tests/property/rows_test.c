/* Every engine gives the same ticks on graphs of any kind: with ways of no length, parallel ones,
 * loops, one-ways, islands, and ways from seconds to weeks. */
#include "property/networks.h"

#include "graph/engine.h"
#include "graph/lanes.h"
#include "graph/sweep.h"

enum { MOST_VERTICES = 90, MOST_ARCS = 500, DAY = 86400000 };

typedef struct random_rows {
    nr_rows rows;
    uint32_t sources[40], targets[40];
    nr_task task;
} random_rows;

/* Nothing, seconds, hours, or now and then days. */
static nr_ticks draw_ticks(chance *c, bool long_ways)
{
    switch (draw_below(c, 4)) {
    case 0: return (nr_ticks)draw_below(c, 2);
    case 1: return (nr_ticks)draw_below(c, 60000);
    case 2: return (nr_ticks)draw_below(c, DAY / 4);
    default: return (nr_ticks)draw_below(c, long_ways ? 20 * (size_t)DAY : DAY);
    }
}

/* Half the arcs lead to a near number, as on a road; some come twice, some back. */
static void draw_rows(random_rows *r, uint64_t seed)
{
    chance c = {seed * 7919};
    nr_row_arc arcs[2 * MOST_ARCS];
    uint32_t n = 1 + (uint32_t)draw_below(&c, MOST_VERTICES), count = 0;
    size_t wanted = draw_below(&c, 5 * (size_t)n);
    bool long_ways = seed % 5 == 0;
    while (count < wanted) {
        uint32_t from = (uint32_t)draw_below(&c, n), to = (uint32_t)draw_below(&c, n);
        if (draw_once_in(&c, 2)) to = (from + 1 + (uint32_t)draw_below(&c, 3)) % n;
        arcs[count++] = (nr_row_arc){from, to, draw_ticks(&c, long_ways)};
        if (!draw_once_in(&c, 3)) arcs[count++] = (nr_row_arc){to, from, arcs[count - 1].weight};
    }
    law_ok(seed, nr_rows_make(&r->rows, n, arcs, count, err));
    size_t sources = 1 + draw_below(&c, 40), targets = 1 + draw_below(&c, 40);
    for (size_t i = 0; i < sources; i++) r->sources[i] = (uint32_t)draw_below(&c, n);
    for (size_t i = 0; i < targets; i++) r->targets[i] = (uint32_t)draw_below(&c, n);
    r->task = (nr_task){.rows = &r->rows,
                        .sources = r->sources,
                        .targets = r->targets,
                        .source_count = sources,
                        .target_count = targets,
                        .limit = draw_once_in(&c, 3) ? draw_ticks(&c, true) : NR_TICKS_MAX};
}

/* Fails with VALUE where the ticks of some way cannot be counted. */
static nearer_status compute_rows(uint64_t seed, nr_ticks *out, const nr_task *task,
                                  const nr_engine *engine)
{
    void *state = NULL;
    nearer_error why;
    law_ok(seed, engine->open(&state, task, true, err));
    size_t half = task->source_count / 2; /* in two blocks */
    nearer_status status = engine->rows(state, 0, half, out, &why);
    if (status == NEARER_OK)
        status = engine->rows(state, half, task->source_count - half,
                              out + half * task->target_count, &why);
    engine->close(state);
    return status;
}

static void engines__agree_on_any_graph(void **state)
{
    (void)state;
    size_t too_long = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        random_rows r;
        nr_ticks expected[1600], found[1600];
        draw_rows(&r, seed);
        size_t bytes = r.task.source_count * r.task.target_count * sizeof *found;
        nearer_status status = compute_rows(seed, expected, &r.task, &nr_engine_igraph);
        law(seed, status == NEARER_OK || status == NEARER_VALUE);
        too_long += status == NEARER_VALUE;
        for (size_t e = 0; nr_engines[e] != NULL; e++) {
            law(seed, compute_rows(seed, found, &r.task, nr_engines[e]) == status);
            law(seed, status != NEARER_OK || memcmp(expected, found, bytes) == 0);
        }
        nr_rows_clear(&r.rows);
    }
    assert_in_range(too_long, 1, 100);
}

/* Old machines have narrower registers than this one. */
static void lanes__are_the_same_by_any_registers(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        random_rows r;
        nr_hierarchy h;
        nr_sweep sweep;
        nr_lanes lanes;
        nr_ticks first[NR_LANES * 40], found[NR_LANES * 40];
        draw_rows(&r, seed);
        size_t count = r.task.source_count < NR_LANES ? r.task.source_count : NR_LANES;
        law_ok(seed, nr_hierarchy_make(&h, &r.rows, true, err));
        law_ok(seed, nr_sweep_make(&sweep, &h, r.targets, r.task.target_count, err));
        law(seed, nr_lanes_init(&lanes, &sweep));
        bool first_far = false;
        for (size_t k = 0; nr_kernels_known()[k] != NULL; k++) {
            nr_lane_row rows[NR_LANES];
            bool far = false;
            nr_ticks *out = k == 0 ? first : found;
            for (size_t i = 0; i < count; i++)
                rows[i] = (nr_lane_row){r.sources[i], out + i * r.task.target_count};
            sweep.kernels = nr_kernels_known()[k];
            law(seed, nr_sweep_run(&far, &sweep, &lanes, rows, count));
            if (k == 0) first_far = far;
            law(seed, far == first_far);
            law(seed, memcmp(first, out, count * r.task.target_count * sizeof *out) == 0);
        }
        nr_lanes_clear(&lanes);
        nr_sweep_clear(&sweep);
        nr_hierarchy_clear(&h);
        nr_rows_clear(&r.rows);
    }
}

static void rounds__are_the_same_by_any_registers(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        random_rows r;
        nr_way way[2 * MOST_ARCS];
        static nr_ticks first[MOST_VERTICES * NR_LANES], found[MOST_VERTICES * NR_LANES];
        draw_rows(&r, seed);
        const nr_ways ways = {r.rows.first, way};
        for (uint32_t k = 0; k < r.rows.arcs; k++)
            way[k] = (nr_way){r.rows.to[k], r.rows.weight[k] < NR_FAR ? r.rows.weight[k] : NR_FAR};
        bool first_far = false;
        for (size_t k = 0; nr_kernels_known()[k] != NULL; k++) {
            nr_ticks *lanes = k == 0 ? first : found;
            uint64_t marks[MOST_VERTICES / 64 + 1] = {0};
            for (size_t i = 0; i < (size_t)r.rows.vertices * NR_LANES; i++) lanes[i] = NR_NOT_YET;
            for (size_t i = 0; i < r.task.source_count && i < NR_LANES; i++) {
                lanes[r.sources[i] * NR_LANES + i] = 0;
                marks[r.sources[i] / 64] |= (uint64_t)1 << r.sources[i] % 64;
            }
            bool far = nr_kernels_known()[k]->settle(lanes, r.rows.vertices, marks, &ways);
            if (k == 0) first_far = far;
            law(seed, far == first_far);
            law(seed, memcmp(first, lanes, r.rows.vertices * NR_LANES * sizeof *lanes) == 0);
        }
        nr_rows_clear(&r.rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engines__agree_on_any_graph),
        cmocka_unit_test(lanes__are_the_same_by_any_registers),
        cmocka_unit_test(rounds__are_the_same_by_any_registers),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
