/* The answer of OSRM's table service (also openrouteservice's matrix): JSON with "durations" in
 * seconds and maybe "distances" in metres, null where there is no way. */
#include <cJSON.h>
#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/json_scan.h"
#include "formats/matrix.h"

typedef struct grid {
    size_t rows, columns;
    double *values;
} grid;

static nearer_status read_cell(double *out, const cJSON *json, double unit, const char *path,
                               const char *name, size_t i, size_t j, nearer_error *err)
{
    *out = (double)INFINITY;
    if (cJSON_IsNull(json)) return NEARER_OK;
    if (!cJSON_IsNumber(json) || !(json->valuedouble >= 0) || !isfinite(json->valuedouble))
        return nr_fail(err, NEARER_VALUE,
                       "%s: %s[%zu][%zu] is no number from 0 on; null was expected where there is "
                       "no way",
                       path, name, i, j);
    *out = json->valuedouble / unit;
    return NEARER_OK;
}

static nearer_status read_rows(grid *g, const cJSON *list, double unit, const char *path,
                               const char *name, nearer_error *err)
{
    size_t i = 0;
    for (const cJSON *row = list->child; row != NULL; row = row->next, i++) {
        size_t n = cJSON_IsArray(row) ? (size_t)cJSON_GetArraySize(row) : 0, j = 0;
        if (!cJSON_IsArray(row) || n != g->columns)
            return nr_fail(err, NEARER_VALUE,
                           "%s: %s[%zu] is %s of %zu numbers; a list of %zu was expected", path,
                           name, i, cJSON_IsArray(row) ? "a list" : "no list", n, g->columns);
        for (const cJSON *cell = row->child; cell != NULL; cell = cell->next, j++)
            NR_TRY(read_cell(&g->values[i * n + j], cell, unit, path, name, i, j, err));
    }
    return NEARER_OK;
}

/* Divides by `unit`. The grid is cleared by the caller. */
static nearer_status read_grid(grid *g, const cJSON *list, double unit, const char *path,
                               const char *name, nearer_error *err)
{
    if (!cJSON_IsArray(list))
        return nr_fail(err, NEARER_VALUE, "%s: a list \"%s\" of lists of numbers was expected",
                       path, name);
    g->rows = (size_t)cJSON_GetArraySize(list);
    g->columns = cJSON_IsArray(list->child) ? (size_t)cJSON_GetArraySize(list->child) : 0;
    g->values = nr_alloc(g->rows, g->columns * sizeof *g->values);
    if (g->values == NULL) return nr_fail_memory(err);
    return read_rows(g, list, unit, path, name, err);
}

/* A server that cannot answer says why in place of the durations. */
static nearer_status check_answer(const cJSON *json, const char *path, nearer_error *err)
{
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(json, "code");
    const cJSON *message = cJSON_GetObjectItemCaseSensitive(json, "message");
    if (!cJSON_IsObject(json))
        return nr_fail(err, NEARER_VALUE, "%s: an object { } with \"durations\" was expected",
                       path);
    if (cJSON_IsString(code) && !nr_same_word(code->valuestring, "Ok"))
        return nr_fail(err, NEARER_NODATA, "%s: the server answered '%.40s': %.200s", path,
                       code->valuestring, cJSON_IsString(message) ? message->valuestring : "");
    return NEARER_OK;
}

static nearer_status read_answer(nearer_table **out, const cJSON *json, const char *path,
                                 nearer_error *err)
{
    grid minutes = {0}, km = {0};
    NR_TRY(check_answer(json, path, err));
    const cJSON *distances = cJSON_GetObjectItemCaseSensitive(json, "distances");
    nearer_status status = read_grid(&minutes, cJSON_GetObjectItemCaseSensitive(json, "durations"),
                                     60, path, "durations", err);
    bool both = status == NEARER_OK && distances != NULL && !cJSON_IsNull(distances);
    if (both) status = read_grid(&km, distances, 1000, path, "distances", err);
    if (both && status == NEARER_OK && (km.rows != minutes.rows || km.columns != minutes.columns))
        status =
            nr_fail(err, NEARER_VALUE, "%s: the distances are %zu x %zu, the durations %zu x %zu",
                    path, km.rows, km.columns, minutes.rows, minutes.columns);
    const nr_cells matrices[] = {{"travel_time", minutes.values}, {"distance_km", km.values}};
    if (status == NEARER_OK)
        status = nr_matrix_table(out, path, matrices, both ? 2 : 1, minutes.rows, minutes.columns,
                                 NULL, err);
    nr_free(minutes.values);
    nr_free(km.values);
    return status;
}

static nearer_status read_osrm(nearer_table **out, const char *path, const nearer_reading *how,
                               nearer_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    NR_TRY(nr_file_read_text(&bytes, &length, path, how->encoding, err));
    const char *end = bytes;
    nr_json_lines lines = {.bytes = bytes};
    cJSON *json = cJSON_ParseWithLengthOpts(bytes, length + 1, &end, 1);
    nearer_status status = json == NULL
                               ? nr_fail(err, NEARER_SYNTAX, "%s:%zu: no valid JSON from here on",
                                         path, nr_json_line(&lines, end))
                               : read_answer(out, json, path, err);
    cJSON_Delete(json);
    nr_free(bytes);
    return status;
}

const nr_format nr_format_osrm = {
    .id = "osrm",
    .title = "answer of OSRM's table service (JSON), said by name",
    .endings = "",
    .read = read_osrm,
};
