/* Matrices that go out row by row. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static bool ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

bool cli_wants_rows(const cli_options *o)
{
    static const char *const endings[] = {".npy", ".omx", ".csv", ".tsv"};
    if (o->network != NULL || o->part != NULL) return true;
    bool streamed = false;
    for (size_t i = 0; o->output != NULL && i < sizeof endings / sizeof *endings; i++)
        streamed = streamed || ends_in(o->output, endings[i]);
    return streamed && !cli_wants_paths(o) && o->times == NULL && o->from == NULL &&
           o->to == NULL && o->table == NULL;
}

/* "2/8" */
static nearer_status read_part(nearer_matrix_file *file, const char *text, nearer_error *err)
{
    char *end = NULL;
    if (text == NULL) return NEARER_OK;
    file->part = strtoul(text, &end, 10);
    bool good = end != text && *end == '/';
    const char *rest = good ? end + 1 : text;
    file->parts = strtoul(rest, &end, 10);
    if (!good || end == rest || *end != 0 || strchr(text, '-') != NULL || file->part < 1 ||
        file->part > file->parts || file->parts > 1000000)
        return cli_fail(err, NEARER_USAGE,
                        "--part %s: a part of so many, such as 2/8, was expected", text);
    return NEARER_OK;
}

static nearer_status study_rows(const cli_options *o, const nearer_query *query,
                                const nearer_matrix_file *file, nearer_error *err)
{
    nearer_study *study = NULL;
    nearer_report *report = NULL;
    CLI_TRY(cli_open(&study, o, err));
    nearer_status status = nearer_times_write(&report, study, query, file, err);
    nearer_study_free(study);
    cli_notes(report);
    return status;
}

static nearer_status graph_rows(const cli_options *o, const nearer_query *query,
                                const nearer_matrix_file *file, nearer_error *err)
{
    double begin = cli_clock();
    nearer_graph *graph = NULL;
    nearer_report *report = NULL;
    nearer_graph_file in = {.path = o->network,
                            .column = o->column,
                            .unit = o->unit,
                            .sources = o->sources,
                            .targets = o->targets};
    if (o->year != NULL || o->date != NULL || o->modes != NULL || o->station_to_station)
        return cli_fail(err, NEARER_USAGE,
                        "--network has neither dates nor modes: --year, --date, --modes and "
                        "--station-to-station need a study");
    CLI_TRY(cli_reading(&in.how, o, err));
    CLI_TRY(cli_topology(&in.topology, o, err));
    CLI_TRY(nearer_graph_read(&graph, &in, err));
    cli_add_reading(begin);
    bool to_file = file->path != NULL;
    nearer_status status = to_file ? nearer_graph_write(&report, graph, query, file, err)
                                   : nearer_ask_graph(&report, graph, query, err);
    nearer_graph_free(graph);
    if (status != NEARER_OK) return status;
    if (!to_file) return cli_show(report, o, err);
    cli_notes(report);
    return NEARER_OK;
}

nearer_status cli_rows(const cli_options *o, nearer_error *err)
{
    nearer_query query = {0};
    nearer_matrix_file file = {.path = o->output, .float32 = o->float32};
    CLI_TRY(read_part(&file, o->part, err));
    if (o->part != NULL && o->output == NULL)
        return cli_fail(err, NEARER_USAGE, "--part needs -o FILE: the parts are written beside it");
    if (o->from != NULL || o->to != NULL || o->times != NULL)
        return cli_fail(err, NEARER_USAGE,
                        "--network and --part are for whole matrices: no --from, --to or --times");
    if (o->network == NULL) {
        CLI_TRY(cli_query(&query, o, NULL, err));
        return study_rows(o, &query, &file, err);
    }
    CLI_TRY(cli_effort(&query, o, err));
    return graph_rows(o, &query, &file, err);
}
