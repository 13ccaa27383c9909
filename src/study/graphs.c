/* A network file by itself, and distances in it. */
#include <string.h>

#include "formats/format.h"
#include "graph/plain.h"
#include "study/convert.h"
#include "study/matrix.h"
#include "study/study.h"

/* The nodes that rows or columns stand for. */
typedef struct choice {
    uint32_t *vertices;
    const char **ids;
    size_t count;
} choice;

struct nearer_graph {
    nr_plain plain;
    choice sources, targets;
    bool same; /* all nodes both ways, or one file for both */
};

static nearer_status make_room(choice *c, size_t count, nearer_error *err)
{
    c->count = count;
    c->vertices = nr_alloc(count, sizeof *c->vertices);
    c->ids = nr_alloc(count, sizeof *c->ids);
    return c->vertices == NULL || c->ids == NULL ? nr_fail_memory(err) : NEARER_OK;
}

static nearer_status choose_all(choice *c, const nr_names *ids, nearer_error *err)
{
    NR_TRY(make_room(c, ids->count, err));
    for (uint32_t v = 0; v < ids->count; v++) {
        c->vertices[v] = v;
        c->ids[v] = ids->texts[v];
    }
    return NEARER_OK;
}

static nearer_status choose_rows(choice *c, const nr_names *ids, const nearer_table *table,
                                 const char *network, nearer_error *err)
{
    char number[NR_NUMBER_TEXT], where[NR_WHERE];
    ptrdiff_t id = nearer_table_find(table, "id");
    if (nearer_table_columns(table) == 0) return make_room(c, 0, err);
    NR_TRY(make_room(c, nearer_table_rows(table), err));
    for (size_t row = 0; row < c->count; row++) {
        const char *text = nr_table_cell(table, row, id < 0 ? 0 : (size_t)id, number);
        size_t vertex = nr_names_find(ids, text);
        if (vertex == NR_NO_NAME)
            return nr_fail(err, NEARER_NAME, "%s: '%.80s' is no node of %s",
                           nr_table_where(table, row, where), text, network);
        c->vertices[row] = (uint32_t)vertex;
        c->ids[row] = ids->texts[vertex];
    }
    return NEARER_OK;
}

static nearer_status choose(choice *c, const nr_names *ids, const char *path, const char *network,
                            nearer_error *err)
{
    if (path == NULL) return choose_all(c, ids, err);
    nearer_table *table = NULL;
    NR_TRY(nearer_table_read(&table, path, NULL, err));
    nearer_status status = choose_rows(c, ids, table, network, err);
    nearer_table_free(table);
    return status;
}

static bool same_choice(const choice *a, const choice *b)
{
    return a->count == b->count &&
           memcmp(a->vertices, b->vertices, a->count * sizeof *a->vertices) == 0;
}

nearer_status nearer_graph_read(nearer_graph **out, const nearer_graph_file *file,
                                nearer_error *err)
{
    const nearer_conversion how = {.how = file->how, .topology = file->topology};
    nr_network_tables tables = {0};
    nearer_graph *graph = nr_alloc(1, sizeof *graph);
    if (graph == NULL) return nr_fail_memory(err);
    nearer_status status = nr_network_tables_read(&tables, file->path, &how, err);
    if (status == NEARER_OK)
        status = nr_plain_make(&graph->plain, &tables, file->column, file->unit, err);
    nr_network_tables_clear(&tables);
    const nr_names *ids = &graph->plain.ends.ids;
    if (status == NEARER_OK) status = choose(&graph->sources, ids, file->sources, file->path, err);
    if (status == NEARER_OK) status = choose(&graph->targets, ids, file->targets, file->path, err);
    if (status == NEARER_OK) {
        graph->same = same_choice(&graph->sources, &graph->targets);
        *out = graph;
    } else {
        nearer_graph_free(graph);
    }
    return status;
}

static void clear_choice(choice *c)
{
    nr_free(c->vertices);
    nr_free(c->ids);
}

void nearer_graph_free(nearer_graph *graph)
{
    if (graph == NULL) return;
    nr_plain_clear(&graph->plain);
    clear_choice(&graph->sources);
    clear_choice(&graph->targets);
    nr_free(graph);
}

static nr_matrix_job job_of(const nearer_graph *g, const nearer_query *query)
{
    nr_matrix_job job = {.task = {.rows = &g->plain.rows,
                                  .sources = g->sources.vertices,
                                  .targets = g->targets.vertices,
                                  .source_count = g->sources.count,
                                  .target_count = g->targets.count,
                                  .limit = NR_TICKS_MAX,
                                  .cache = query->cache},
                         .row_ids = g->sources.ids,
                         .column_ids = g->targets.ids,
                         .per_unit = g->plain.per_unit,
                         .unit = g->plain.unit,
                         .same = g->same};
    if (query->max_min > 0) nr_ticks_count(&job.task.limit, query->max_min, g->plain.per_unit);
    return job;
}

nearer_status nearer_ask_graph(nearer_report **out, const nearer_graph *graph,
                               const nearer_query *query, nearer_error *err)
{
    const nr_matrix_job job = job_of(graph, query);
    return nr_matrix_ask(out, &job, query, err);
}

nearer_status nearer_graph_write(nearer_report **out, const nearer_graph *graph,
                                 const nearer_query *query, const nearer_matrix_file *file,
                                 nearer_error *err)
{
    const nr_matrix_job job = job_of(graph, query);
    return nr_matrix_write(out, &job, query, file, err);
}
