#include "graph/hierarchy.h"

#include "base/memory.h"
#include "graph/contract.h"
#include "graph/engine.h"
#include "test.h"

static nearer_error err;

enum { ACROSS = 12, VERTICES = ACROSS * ACROSS };

/* A grid of streets, each a little longer than the one before. */
static void draw_grid(nr_rows *rows)
{
    static nr_row_arc arcs[4 * VERTICES];
    uint32_t count = 0;
    for (uint32_t v = 0; v < VERTICES; v++) {
        if (v % ACROSS + 1 < ACROSS) {
            arcs[count++] = (nr_row_arc){v, v + 1, 100 + v};
            arcs[count++] = (nr_row_arc){v + 1, v, 130 + v};
        }
        if (v + ACROSS < VERTICES) {
            arcs[count++] = (nr_row_arc){v, v + ACROSS, 90 + v};
            arcs[count++] = (nr_row_arc){v + ACROSS, v, 95 + v};
        }
    }
    assert_ok(nr_rows_make(rows, VERTICES, arcs, count, &err));
}

static void hierarchy_make__leads_to_lower_positions_alone(void **state)
{
    (void)state;
    nr_rows rows;
    nr_hierarchy h;
    bool seen[VERTICES] = {false};
    draw_grid(&rows);
    assert_ok(nr_hierarchy_make(&h, &rows, true, &err));
    for (uint32_t v = 0; v < VERTICES; v++) {
        assert_in_range(h.position[v], 0, VERTICES - 1);
        assert_false(seen[h.position[v]]);
        seen[h.position[v]] = true;
    }
    const nr_ways *both[] = {&h.up, &h.down};
    for (size_t i = 0; i < 2; i++)
        for (uint32_t p = 0; p < VERTICES; p++)
            for (uint32_t k = both[i]->first[p]; k < both[i]->first[p + 1]; k++)
                assert_true(both[i]->ways[k].at < p);
    nr_hierarchy_clear(&h);
    nr_rows_clear(&rows);
}

static void hierarchy_read__gives_back_what_was_written(void **state)
{
    (void)state;
    nr_rows rows;
    nr_hierarchy h, back;
    nr_text bytes = {0}, again = {0};
    draw_grid(&rows);
    assert_ok(nr_hierarchy_make(&h, &rows, true, &err));
    nr_hierarchy_write(&bytes, &h);
    assert_true(nr_hierarchy_read(&back, bytes.bytes, bytes.length, VERTICES));
    nr_hierarchy_write(&again, &back);
    assert_int_equal(again.length, bytes.length);
    assert_memory_equal(again.bytes, bytes.bytes, bytes.length);
    nr_hierarchy_clear(&back);

    assert_false(nr_hierarchy_read(&back, bytes.bytes, bytes.length, VERTICES + 1));
    for (size_t cut = 0; cut < bytes.length; cut += bytes.length / 50)
        assert_false(nr_hierarchy_read(&back, bytes.bytes, cut, VERTICES));
    for (size_t at = 0; at < bytes.length; at += bytes.length / 200) {
        bytes.bytes[at] ^= 4;
        assert_false(nr_hierarchy_read(&back, bytes.bytes, bytes.length, VERTICES));
        bytes.bytes[at] ^= 4;
    }
    nr_text_clear(&bytes);
    nr_text_clear(&again);
    nr_hierarchy_clear(&h);
    nr_rows_clear(&rows);
}

/* ---- a cache in memory ---- */

enum { SLOTS = 8 };
static struct {
    char name[64], *bytes;
    size_t length;
} slots[SLOTS];

static char *find(const nearer_cache *cache, const char *name, size_t *length)
{
    (void)cache;
    for (size_t i = 0; i < SLOTS && slots[i].bytes != NULL; i++)
        if (strcmp(slots[i].name, name) == 0) {
            *length = slots[i].length;
            return nr_copy_text(slots[i].bytes, slots[i].length);
        }
    return NULL;
}

static nearer_status keep(const nearer_cache *cache, const char *name, nr_text *bytes,
                          nearer_error *e)
{
    (void)cache;
    (void)e;
    size_t i = 0;
    while (i < SLOTS - 1 && slots[i].bytes != NULL && strcmp(slots[i].name, name) != 0) i++;
    nr_free(slots[i].bytes);
    snprintf(slots[i].name, sizeof slots[i].name, "%s", name);
    slots[i].length = bytes->length;
    slots[i].bytes = nr_text_take(bytes);
    return NEARER_OK;
}

static size_t count_slots(const char *ending)
{
    size_t count = 0;
    for (size_t i = 0; i < SLOTS; i++)
        count += slots[i].bytes != NULL && strstr(slots[i].name, ending) != NULL;
    return count;
}

static void compute(nr_ticks *out, const nr_task *task, const nr_engine *engine)
{
    void *state = NULL;
    assert_ok(engine->open(&state, task, true, &err));
    assert_ok(engine->rows(state, 0, task->source_count, out, &err));
    engine->close(state);
}

/* Other weights are another hierarchy. */
static void hierarchy__is_kept_by_the_graphs_content(void **state)
{
    (void)state;
    static nr_ticks expected[VERTICES * VERTICES], found[VERTICES * VERTICES];
    static uint32_t all[VERTICES];
    nr_rows rows;
    draw_grid(&rows);
    for (uint32_t v = 0; v < VERTICES; v++) all[v] = v;
    const nearer_cache cache = {NULL, find, keep};
    const nr_task task = {.rows = &rows,
                          .sources = all,
                          .targets = all,
                          .source_count = VERTICES,
                          .target_count = VERTICES,
                          .limit = NR_TICKS_MAX,
                          .cache = &cache};
    for (int round = 0; round < 4; round++) { /* made, kept, other weights, kept */
        if (round == 2)
            for (uint32_t k = 0; k < rows.arcs; k++) rows.weight[k] = 1 + rows.weight[k] * 7 % 101;
        compute(expected, &task, &nr_engine_dijkstra);
        compute(found, &task, &nr_engine_hierarchy);
        assert_memory_equal(expected, found, sizeof found);
        assert_int_equal(count_slots(".hierarchy"), round < 2 ? 1 : 2);
    }
    for (size_t i = 0; i < SLOTS; i++) nr_free(slots[i].bytes);
    nr_rows_clear(&rows);
}

/* A graph in which everything leads everywhere is given up, unless it was asked for. */
static void contract__gives_up_where_there_is_no_hierarchy(void **state)
{
    (void)state;
    enum { MANY = 700 };
    nr_row_arc *arcs = nr_alloc((size_t)MANY * MANY, sizeof *arcs);
    assert_non_null(arcs);
    uint32_t count = 0;
    for (uint32_t a = 0; a < MANY; a++)
        for (uint32_t b = 0; b < MANY; b++)
            if ((a * 31 + b * 17) % 5 == 0)
                arcs[count++] = (nr_row_arc){a, b, 1000 + (a * 7919 + b * 104729) % 1000};
    nr_rows rows;
    nr_hierarchy h;
    assert_ok(nr_rows_make(&rows, MANY, arcs, count, &err));
    assert_fails(nr_hierarchy_make(&h, &rows, false, &err), NEARER_NODATA, "no hierarchy");
    nr_rows_clear(&rows);
    nr_free(arcs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hierarchy_make__leads_to_lower_positions_alone),
        cmocka_unit_test(hierarchy_read__gives_back_what_was_written),
        cmocka_unit_test(hierarchy__is_kept_by_the_graphs_content),
        cmocka_unit_test(contract__gives_up_where_there_is_no_hierarchy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
