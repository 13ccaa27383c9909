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
