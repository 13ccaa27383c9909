/* OMX out: by the conventions of openmatrix, so that it and the programs that follow it read it. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "formats/matrix.h"
#include "formats/omx.h"

enum { BLOCK = 128 }; /* rows and columns of a chunk */

nr_omx_quiet nr_omx_be_quiet(void)
{
    nr_omx_quiet quiet;
    H5Eget_auto2(H5E_DEFAULT, &quiet.report, &quiet.data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return quiet;
}

void nr_omx_speak_again(nr_omx_quiet quiet)
{
    H5Eset_auto2(H5E_DEFAULT, quiet.report, quiet.data);
}

hid_t nr_omx_open(const void *bytes, size_t length)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), file = -1;
    if (H5Pset_fapl_core(access, 1 << 20, 0) >= 0) {
        if (bytes == NULL)
            file = H5Fcreate("matrix", H5F_ACC_TRUNC, H5P_DEFAULT, access);
        else if (length > 0 && H5Pset_file_image(access, (void *)bytes, length) >= 0)
            file = H5Fopen("matrix", H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    return file;
}

/* openmatrix expects ASCII without a 0 behind it: it compares the version with b'0.2'. */
static bool add_text_attribute(hid_t object, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, strlen(text));
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    bool good = attribute >= 0 && H5Awrite(attribute, type, text) >= 0;
    if (attribute >= 0) H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
    return good;
}

static bool add_shape(hid_t file, size_t rows, size_t columns)
{
    const int shape[] = {(int)rows, (int)columns};
    const hsize_t two = 2;
    hid_t space = H5Screate_simple(1, &two, NULL);
    hid_t attribute = H5Acreate2(file, "SHAPE", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT);
    bool good = attribute >= 0 && H5Awrite(attribute, H5T_NATIVE_INT, shape) >= 0;
    if (attribute >= 0) H5Aclose(attribute);
    H5Sclose(space);
    return good;
}

/* Without the times that HDF5 would note: the same matrix, the same bytes. */
static hid_t dataset_properties(size_t rows, size_t columns, int rank)
{
    const hsize_t chunk[] = {rows < BLOCK ? rows : BLOCK, columns < BLOCK ? columns : BLOCK};
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(properties, 0);
    if (rank == 2 && rows > 0 && columns > 0) {
        H5Pset_chunk(properties, 2, chunk);
        H5Pset_deflate(properties, 1);
    }
    return properties;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcmp(name + n - m, ending) == 0;
}

/* A matrix without its numbers; negative when there is no room. */
static hid_t create_matrix(hid_t group, const char *name, size_t rows, size_t columns, bool float32)
{
    const hsize_t shape[] = {rows, columns};
    hid_t space = H5Screate_simple(2, shape, NULL);
    hid_t properties = dataset_properties(rows, columns, 2);
    hid_t set = H5Dcreate2(group, name, float32 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, space,
                           H5P_DEFAULT, properties, H5P_DEFAULT);
    H5Pclose(properties);
    H5Sclose(space);
    return set;
}

static bool add_matrix(hid_t group, const char *name, const double *cells, size_t n, bool float32)
{
    hid_t set = create_matrix(group, name, n, n, float32);
    bool good =
        set >= 0 && H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells) >= 0;
    bool minutes = strcmp(name, "travel_time") == 0 || ends_in(name, "_min");
    if (good && minutes) good = add_text_attribute(set, "unit", "min");
    if (set >= 0) H5Dclose(set);
    return good;
}

/* The places of one side. */
typedef struct side {
    const char *const *ids; /* NULL: numbered from 1 */
    size_t count;
} side;

/* Ids that are all whole numbers are written as such: most programs know zones by number. */
static bool as_numbers(int *out, const side *places)
{
    for (size_t i = 0; i < places->count; i++) {
        char back[NR_NUMBER_TEXT];
        double value = (double)(i + 1);
        const char *id = places->ids == NULL ? NULL : places->ids[i];
        if (id != NULL && (!nr_parse_number(id, &value) || !(fabs(value) <= INT32_MAX) ||
                           value != floor(value) || strcmp(nr_format_number(value, back), id) != 0))
            return false; /* "07" too, which a number would not give back */
        out[i] = (int)value;
    }
    return true;
}

static bool add_lookup_of(hid_t group, const char *name, hid_t type, hid_t memory, const void *ids,
                          size_t count)
{
    const hsize_t n = count;
    hid_t space = H5Screate_simple(1, &n, NULL), properties = dataset_properties(count, count, 1);
    hid_t set = H5Dcreate2(group, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    bool good = set >= 0 && H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, ids) >= 0;
    if (set >= 0) H5Dclose(set);
    H5Pclose(properties);
    H5Sclose(space);
    return good;
}

/* Texts of one width: PyTables, on which openmatrix is built, reads no others. */
static bool add_texts(hid_t group, const char *name, const side *places)
{
    size_t width = 1, n = places->count;
    for (size_t i = 0; i < n; i++)
        if (strlen(places->ids[i]) > width) width = strlen(places->ids[i]);
    char *texts = nr_alloc(n, width);
    if (texts == NULL) return false;
    for (size_t i = 0; i < n; i++)
        memcpy(texts + i * width, places->ids[i], strlen(places->ids[i]));
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, width);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Tset_cset(type, H5T_CSET_UTF8);
    bool good = add_lookup_of(group, name, type, type, texts, n);
    H5Tclose(type);
    nr_free(texts);
    return good;
}

static bool add_lookup(hid_t group, const char *name, const side *places)
{
    int *numbers = nr_alloc(places->count, sizeof *numbers);
    if (numbers == NULL) return false;
    bool good = as_numbers(numbers, places) ? add_lookup_of(group, name, H5T_STD_I32LE,
                                                            H5T_NATIVE_INT, numbers, places->count)
                                            : add_texts(group, name, places);
    nr_free(numbers);
    return good;
}

static hid_t add_group(hid_t file, const char *name)
{
    hid_t properties = H5Pcreate(H5P_GROUP_CREATE);
    H5Pset_obj_track_times(properties, 0);
    hid_t group = H5Gcreate2(file, name, H5P_DEFAULT, properties, H5P_DEFAULT);
    H5Pclose(properties);
    return group;
}

static bool take_image(nr_text *out, hid_t file)
{
    ssize_t size = H5Fflush(file, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(file, NULL, 0);
    char *bytes = size <= 0 ? NULL : nr_alloc((size_t)size + 1, 1);
    if (bytes == NULL) return false;
    *out = (nr_text){.bytes = bytes, .length = (size_t)size, .capacity = (size_t)size + 1};
    return H5Fget_file_image(file, bytes, (size_t)size) == size;
}

static nearer_status check_names(const nr_matrix *m, nearer_error *err)
{
    for (size_t i = 0; i < m->column_count; i++) {
        const char *name = nearer_table_column_name(m->table, m->columns[i]);
        if (strchr(name, '/') != NULL || strcmp(name, ".") == 0)
            return nr_fail(err, NEARER_VALUE,
                           "column '%s': the name of a matrix has no '/' and is not '.'", name);
    }
    return NEARER_OK;
}

static nearer_status write_file(hid_t file, const nr_matrix *m, nr_output *output,
                                nearer_error *err)
{
    const side places = {m->numbered ? NULL : m->ids.texts, m->n};
    double *cells = nr_alloc(m->n, m->n * sizeof *cells);
    hid_t data = add_group(file, "data"), lookup = add_group(file, "lookup");
    bool good = cells != NULL && data >= 0 && lookup >= 0 &&
                add_text_attribute(file, "OMX_VERSION", "0.2") && add_shape(file, m->n, m->n) &&
                add_lookup(lookup, "id", &places);
    nearer_status status = good ? NEARER_OK : nr_fail_memory(err);
    for (size_t i = 0; i < m->column_count && status == NEARER_OK; i++) {
        status = nr_matrix_fill(cells, m, m->columns[i], err);
        if (status == NEARER_OK &&
            !add_matrix(data, nearer_table_column_name(m->table, m->columns[i]), cells, m->n,
                        output->float32))
            status = nr_fail_memory(err);
    }
    if (data >= 0) H5Gclose(data);
    if (lookup >= 0) H5Gclose(lookup);
    nr_free(cells);
    if (status == NEARER_OK && !take_image(nr_output_add(output, ""), file))
        status = nr_fail_memory(err);
    return status;
}

nearer_status nr_omx_write(nr_output *output, const nearer_table *table, nearer_error *err)
{
    nr_matrix m;
    NR_TRY(nr_matrix_begin(&m, table, err));
    nearer_status status = check_names(&m, err);
    nr_omx_quiet quiet = nr_omx_be_quiet();
    hid_t file = status == NEARER_OK ? nr_omx_open(NULL, 0) : -1;
    if (file >= 0) {
        status = write_file(file, &m, output, err);
        H5Fclose(file);
    } else if (status == NEARER_OK) {
        status = nr_fail_memory(err); /* nothing else can go wrong in memory */
    }
    nr_omx_speak_again(quiet);
    nr_matrix_clear(&m);
    return status;
}

/* ---- row by row ---- */

typedef struct written {
    nr_omx_quiet quiet;
    hid_t file, set;
} written;

static void clear(nr_stream *s)
{
    written *w = s->state;
    if (w == NULL) return;
    if (w->set >= 0) H5Dclose(w->set);
    if (w->file >= 0) H5Fclose(w->file);
    nr_omx_speak_again(w->quiet);
    nr_free(w);
}

static nearer_status fail_stream(const nr_stream *s, nearer_error *err)
{
    return nr_fail(err, NEARER_IO, "%s: cannot be written as HDF5; is the disk full?", s->path);
}

/* One lookup for both sides where they are the same, as openmatrix has it; else one each. */
static bool add_lookups(hid_t lookup, const nr_stream_spec *spec)
{
    const side from = {spec->row_ids, spec->rows}, to = {spec->column_ids, spec->columns};
    if (spec->same && spec->rows == spec->columns) return add_lookup(lookup, "id", &from);
    return add_lookup(lookup, "from_id", &from) && add_lookup(lookup, "to_id", &to);
}

static nearer_status begin(nr_stream *s, nearer_error *err)
{
    const nr_stream_spec *spec = &s->spec;
    written *w = nr_alloc(1, sizeof *w);
    if (w == NULL) return nr_fail_memory(err);
    s->state = w;
    *w = (written){.quiet = nr_omx_be_quiet(), .set = -1};
    w->file = H5Fcreate(s->part, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    if (w->file < 0) return fail_stream(s, err);
    hid_t data = add_group(w->file, "data"), lookup = add_group(w->file, "lookup");
    bool good = data >= 0 && lookup >= 0 && add_text_attribute(w->file, "OMX_VERSION", "0.2") &&
                add_shape(w->file, spec->rows, spec->columns) && add_lookups(lookup, spec);
    if (good) w->set = create_matrix(data, spec->column, spec->rows, spec->columns, spec->float32);
    good = good && w->set >= 0;
    if (good && spec->unit != NULL) good = add_text_attribute(w->set, "unit", spec->unit);
    if (data >= 0) H5Gclose(data);
    if (lookup >= 0) H5Gclose(lookup);
    return good ? NEARER_OK : fail_stream(s, err);
}

static nearer_status put(nr_stream *s, const nr_ticks *block, size_t rows, nearer_error *err)
{
    written *w = s->state;
    const hsize_t at[] = {s->done, 0}, shape[] = {rows, s->spec.columns};
    double *cells = nr_alloc(rows, s->spec.columns * sizeof *cells);
    if (cells == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < rows * s->spec.columns; k++)
        cells[k] = nr_ticks_value(block[k], s->spec.per_unit);
    hid_t place = H5Dget_space(w->set), memory = H5Screate_simple(2, shape, NULL);
    bool good = H5Sselect_hyperslab(place, H5S_SELECT_SET, at, NULL, shape, NULL) >= 0 &&
                H5Dwrite(w->set, H5T_NATIVE_DOUBLE, memory, place, H5P_DEFAULT, cells) >= 0;
    H5Sclose(memory);
    H5Sclose(place);
    nr_free(cells);
    return good ? NEARER_OK : fail_stream(s, err);
}

static nearer_status end(nr_stream *s, nearer_error *err)
{
    written *w = s->state;
    herr_t code = H5Dclose(w->set);
    w->set = -1;
    if (H5Fclose(w->file) < 0) code = -1;
    w->file = -1;
    return code < 0 ? fail_stream(s, err) : NEARER_OK;
}

const nr_streaming nr_omx_streaming = {
    .opens_itself = true, .begin = begin, .put = put, .end = end, .clear = clear};
