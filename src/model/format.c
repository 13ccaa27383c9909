#include "model/format.h"

nr_text *nr_output_add(nr_output *out, const char *name)
{
    out->files[out->count].name = name;
    return &out->files[out->count++].bytes;
}

void nr_output_clear(nr_output *out)
{
    for (size_t i = 0; i < out->count; i++) nr_text_clear(&out->files[i].bytes);
    out->count = 0;
}

void nr_network_tables_clear(nr_network_tables *tables)
{
    nearer_table_free(tables->links);
    nearer_table_free(tables->nodes);
    *tables = (nr_network_tables){0};
}

nearer_status nr_network_tables_finish(nr_network_tables *out, nearer_table *nodes,
                                       nearer_table *links, nearer_error *err)
{
    nr_network_tables whole = {0};
    nearer_status status = nr_table_finish(&whole.nodes, nodes, err);
    if (status != NEARER_OK) return nr_network_tables_drop(NULL, links, status);
    status = nr_table_finish(&whole.links, links, err);
    if (status != NEARER_OK) return nr_network_tables_drop(whole.nodes, NULL, status);
    *out = whole;
    return NEARER_OK;
}

nearer_status nr_network_tables_drop(nearer_table *nodes, nearer_table *links, nearer_status status)
{
    nearer_table_free(nodes);
    nearer_table_free(links);
    return status;
}
