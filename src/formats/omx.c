/* OMX 0.2 (open matrix, github.com/osPlanning/omx): HDF5 with the matrices in /data and the places'
 * ids in /lookup. */
#include "formats/omx.h"

#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/matrix.h"

typedef struct reader {
    const char *path;
    nr_cells *matrices; /* their values are ours */
    size_t count, capacity, rows, columns;
    nr_names names; /* of the matrices */
    nr_names ids;
    nearer_error *err;
    nearer_status status;
} reader;

/* What a link leads to is in this file and can be opened; negative when not. */
static hid_t open_here(reader *r, hid_t group, const char *group_name, const char *name,
                       const H5L_info_t *info)
{
    hid_t object = info->type == H5L_TYPE_HARD || info->type == H5L_TYPE_SOFT
                       ? H5Oopen(group, name, H5P_DEFAULT)
                       : -1;
    bool here = object >= 0;
    if (here && H5Iget_type(object) == H5I_DATASET) {
        hid_t properties = H5Dget_create_plist(object);
        here = H5Pget_external_count(properties) == 0 && H5Pget_layout(properties) != H5D_VIRTUAL;
        H5Pclose(properties);
    }
    if (here) return object;
    if (object >= 0) H5Oclose(object);
    r->status = nr_fail(r->err, NEARER_SYNTAX,
                        "%s: /%s/%s cannot be opened: the file is damaged, or it stands in another",
                        r->path, group_name, name);
    return -1;
}

/* A file may claim any size: memory is given for what its bytes can hold, deflated at most 1032 to
 * 1. */
static bool has_bytes(hid_t set, const hsize_t shape[2])
{
    enum { FREE = 1 << 24 }; /* cells nobody has to show bytes for */
    hsize_t rows = shape[0], columns = shape[1], stored = H5Dget_storage_size(set);
    if (rows == 0 || columns <= FREE / rows) return true;
    return columns <= (hsize_t)1 << 40 && rows <= stored * 1032 / columns;
}

static nearer_status read_shape(hsize_t shape[2], reader *r, hid_t set, const char *name)
{
    shape[0] = shape[1] = 0;
    hid_t space = H5Dget_space(set);
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank == 2) H5Sget_simple_extent_dims(space, shape, NULL);
    H5Sclose(space);
    if (rank != 2)
        return nr_fail(r->err, NEARER_VALUE, "%s: /data/%s has %d dimensions, 2 were expected",
                       r->path, name, rank);
    if (shape[0] == 0 || shape[1] == 0) shape[0] = shape[1] = 0; /* no cells, of any shape */
    if (r->count > 0 && (shape[0] != r->rows || shape[1] != r->columns))
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: /data/%s is %zu x %zu, the matrix before it %zu x %zu", r->path, name,
                       (size_t)shape[0], (size_t)shape[1], r->rows, r->columns);
    if (has_bytes(set, shape)) return NEARER_OK;
    return nr_fail(r->err, NEARER_SYNTAX,
                   "%s: /data/%s is said to be %zu x %zu but holds %zu bytes", r->path, name,
                   (size_t)shape[0], (size_t)shape[1], (size_t)H5Dget_storage_size(set));
}

static nearer_status read_matrix(reader *r, hid_t set, const char *name)
{
    hsize_t shape[2];
    NR_TRY(read_shape(shape, r, set, name));
    r->rows = (size_t)shape[0];
    r->columns = (size_t)shape[1];
    size_t index = nr_names_add(&r->names, name);
    if (index == NR_NO_NAME ||
        !nr_grow((void **)&r->matrices, r->count, &r->capacity, sizeof *r->matrices))
        return nr_fail_memory(r->err);
    double *values = nr_alloc(r->rows, r->columns * sizeof *values);
    if (values == NULL) return nr_fail_memory(r->err);
    r->matrices[r->count++] = (nr_cells){r->names.texts[index], values};
    if (H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0)
        return NEARER_OK;
    return nr_fail(r->err, NEARER_SYNTAX, "%s: /data/%s cannot be read as numbers", r->path, name);
}

static herr_t visit_matrix(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    reader *r = context;
    hid_t set = open_here(r, group, "data", name, info);
    if (set >= 0 && H5Iget_type(set) == H5I_DATASET) r->status = read_matrix(r, set, name);
    if (set >= 0) H5Oclose(set);
    return r->status == NEARER_OK ? 0 : 1;
}

static nearer_status add_id(reader *r, const char *name, const char *text, size_t length)
{
    if (nr_utf8_length(text, length) != length)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: /lookup/%s: '%s' is not UTF-8", r->path, name,
                       text);
    size_t before = r->ids.count;
    if (nr_names_add(&r->ids, text) == NR_NO_NAME) return nr_fail_memory(r->err);
    if (r->ids.count > before) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE, "%s: /lookup/%s names place '%s' twice", r->path, name,
                   text);
}

/* Texts of one width, or each of its own. */
static nearer_status add_texts(reader *r, const char *name, const char *texts, size_t n,
                               size_t width, bool loose)
{
    char *one = nr_alloc(width + 1, 1);
    nearer_status status = one == NULL ? nr_fail_memory(r->err) : NEARER_OK;
    for (size_t i = 0; i < n && status == NEARER_OK; i++) {
        const char *text = one;
        if (loose)
            memcpy(&text, texts + i * width, sizeof text);
        else
            memcpy(one, texts + i * width, width);
        if (text == NULL) text = "";
        size_t length = strlen(text);
        while (!loose && length > 0 && one[length - 1] == ' ') one[--length] = 0;
        status = add_id(r, name, text, length);
    }
    nr_free(one);
    return status;
}

static nearer_status read_texts(reader *r, const char *name, hid_t set, hid_t type, size_t n)
{
    bool loose = H5Tis_variable_str(type) > 0;
    size_t width = loose ? sizeof(char *) : H5Tget_size(type);
    if (!loose && n > 0 && H5Dget_storage_size(set) / n < width / 1032)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: /lookup/%s lacks its ids", r->path, name);
    char *texts = nr_alloc(n, width);
    if (texts == NULL) return nr_fail_memory(r->err);
    nearer_status status = H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts) >= 0
                               ? add_texts(r, name, texts, n, width, loose)
                               : nr_fail(r->err, NEARER_SYNTAX,
                                         "%s: /lookup/%s cannot be read as texts", r->path, name);
    if (loose) {
        hid_t space = H5Dget_space(set);
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts);
        H5Sclose(space);
    }
    nr_free(texts);
    return status;
}

static nearer_status read_numbers(reader *r, const char *name, hid_t set, size_t n)
{
    double *values = nr_alloc(n, sizeof *values);
    if (values == NULL) return nr_fail_memory(r->err);
    nearer_status status = NEARER_OK;
    if (H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        status = nr_fail(r->err, NEARER_SYNTAX,
                         "%s: /lookup/%s holds neither numbers nor texts that can be read", r->path,
                         name);
    for (size_t i = 0; status == NEARER_OK && i < n; i++) {
        char text[NR_NUMBER_TEXT];
        nr_format_number(values[i], text);
        status = add_id(r, name, text, strlen(text));
    }
    nr_free(values);
    return status;
}

static nearer_status read_lookup(reader *r, hid_t set, const char *name)
{
    hid_t space = H5Dget_space(set), type = H5Dget_type(set);
    hssize_t n = H5Sget_simple_extent_npoints(space);
    nearer_status status;
    if (n < 0 || (size_t)n != r->rows || (size_t)n != r->columns)
        status = nr_fail(r->err, NEARER_VALUE,
                         "%s: /lookup/%s has %lld places, the matrices are %zu x %zu", r->path,
                         name, (long long)n, r->rows, r->columns);
    else if (H5Tget_class(type) == H5T_STRING)
        status = read_texts(r, name, set, type, (size_t)n);
    else
        status = read_numbers(r, name, set, (size_t)n);
    H5Tclose(type);
    H5Sclose(space);
    return status;
}

static herr_t visit_lookup(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    reader *r = context;
    hid_t set = open_here(r, group, "lookup", name, info);
    bool found = set >= 0 && H5Iget_type(set) == H5I_DATASET;
    if (found) r->status = read_lookup(r, set, name);
    if (set >= 0) H5Oclose(set);
    return found || r->status != NEARER_OK ? 1 : 0; /* the first is enough */
}

/* Visits what stands in a group, by name; a group that is not there has nothing. */
static nearer_status visit(reader *r, hid_t file, const char *name, H5L_iterate_t visitor)
{
    if (H5Lexists(file, name, H5P_DEFAULT) <= 0) return NEARER_OK;
    hid_t group = H5Gopen2(file, name, H5P_DEFAULT);
    herr_t done = -1;
    if (group >= 0) {
        done = H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, visitor, r);
        H5Gclose(group);
    }
    if (done < 0 && r->status == NEARER_OK)
        r->status = nr_fail(r->err, NEARER_SYNTAX, "%s: /%s cannot be read; the file is damaged",
                            r->path, name);
    return r->status;
}

static nearer_status read_file(reader *r, hid_t file)
{
    if (H5Lexists(file, "data", H5P_DEFAULT) <= 0)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: it has no group /data, so it is no OMX file",
                       r->path);
    NR_TRY(visit(r, file, "data", visit_matrix));
    if (r->count == 0)
        return nr_fail(r->err, NEARER_NODATA, "%s: there is no matrix in /data", r->path);
    return visit(r, file, "lookup", visit_lookup);
}

static nearer_status read_omx(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err)
{
    (void)how;
    char *bytes = NULL;
    size_t length;
    reader r = {.path = path, .err = err, .status = NEARER_OK};
    NR_TRY(nr_file_read(&bytes, &length, path, err));
    nr_omx_quiet quiet = nr_omx_be_quiet();
    hid_t file = nr_omx_open(bytes, length);
    nearer_status status =
        file < 0
            ? nr_fail(err, NEARER_SYNTAX, "%s: it is no HDF5 file (.omx), or it is cut off", path)
            : read_file(&r, file);
    if (file >= 0) H5Fclose(file);
    nr_omx_speak_again(quiet);
    nr_free(bytes);
    if (status == NEARER_OK)
        status = nr_matrix_table(out, path, r.matrices, r.count, r.rows, r.columns,
                                 r.ids.count > 0 ? &r.ids : NULL, err);
    for (size_t i = 0; i < r.count; i++) nr_free((void *)r.matrices[i].values);
    nr_free(r.matrices);
    nr_names_clear(&r.names);
    nr_names_clear(&r.ids);
    return status;
}

const nr_format nr_format_omx = {
    .id = "omx",
    .title = "open matrix (HDF5), for Emme, Visum, AequilibraE and R",
    .endings = ".omx",
    .read = read_omx,
    .write = nr_omx_write,
    .stream = &nr_omx_streaming,
};
