/* OMX 0.2 (open matrix): HDF5 with the matrices in /data, the places' ids in /lookup. The file is
 * made and read in memory. */
#include <hdf5.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/matrix.h"

enum { BLOCK = 128 }; /* rows and columns of a chunk */

/* HDF5 prints its troubles; the caller reads them from our error instead. */
typedef struct quiet {
    H5E_auto2_t report;
    void *data;
} quiet;

static quiet be_quiet(void)
{
    quiet q;
    H5Eget_auto2(H5E_DEFAULT, &q.report, &q.data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return q;
}

static void speak_again(quiet q)
{
    H5Eset_auto2(H5E_DEFAULT, q.report, q.data);
}

/* A file in memory; its plist says with which bytes it begins. */
static hid_t open_in_memory(const void *bytes, size_t length)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), file = -1;
    if (H5Pset_fapl_core(access, 1 << 20, 0) >= 0) {
        if (bytes == NULL)
            file = H5Fcreate("matrix", H5F_ACC_TRUNC, H5P_DEFAULT, access);
        else if (H5Pset_file_image(access, (void *)bytes, length) >= 0)
            file = H5Fopen("matrix", H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    return file;
}

/* ---- writing ---- */

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

static bool add_shape(hid_t file, size_t n)
{
    const int shape[] = {(int)n, (int)n};
    const hsize_t two = 2;
    hid_t space = H5Screate_simple(1, &two, NULL);
    hid_t attribute = H5Acreate2(file, "SHAPE", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT);
    bool good = attribute >= 0 && H5Awrite(attribute, H5T_NATIVE_INT, shape) >= 0;
    if (attribute >= 0) H5Aclose(attribute);
    H5Sclose(space);
    return good;
}

/* Without the times that HDF5 would note: the same matrix, the same bytes. */
static hid_t dataset_properties(size_t n, int rank)
{
    const hsize_t chunk[] = {n < BLOCK ? n : BLOCK, n < BLOCK ? n : BLOCK};
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(properties, 0);
    if (rank == 2 && n > 0) {
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

static bool add_matrix(hid_t group, const char *name, const double *cells, size_t n, bool float32)
{
    const hsize_t shape[] = {n, n};
    hid_t space = H5Screate_simple(2, shape, NULL), properties = dataset_properties(n, 2);
    hid_t set = H5Dcreate2(group, name, float32 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, space,
                           H5P_DEFAULT, properties, H5P_DEFAULT);
    bool good =
        set >= 0 && H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells) >= 0;
    bool minutes = strncmp(name, "travel_time", 11) == 0 || ends_in(name, "_min");
    if (good && minutes) good = add_text_attribute(set, "unit", "min");
    if (set >= 0) H5Dclose(set);
    H5Pclose(properties);
    H5Sclose(space);
    return good;
}

/* Ids that are all whole numbers are written as such: most programs know zones by number. */
static bool as_numbers(int *out, const nr_matrix *m)
{
    for (size_t i = 0; i < m->n; i++) {
        char back[NR_NUMBER_TEXT];
        double value = (double)(i + 1);
        if (!m->numbered &&
            (!nr_parse_number(m->ids.texts[i], &value) || fabs(value) > 2e9 ||
             value != floor(value) || strcmp(nr_format_number(value, back), m->ids.texts[i]) != 0))
            return false;
        out[i] = (int)value;
    }
    return true;
}

static bool add_lookup(hid_t group, const nr_matrix *m)
{
    const hsize_t n = m->n;
    size_t widest = 1;
    for (size_t i = 0; i < m->ids.count; i++)
        if (strlen(m->ids.texts[i]) > widest) widest = strlen(m->ids.texts[i]);
    int *numbers = nr_alloc(m->n, sizeof *numbers);
    char *texts = nr_alloc(m->n, widest);
    bool good = numbers != NULL && texts != NULL;
    bool numeric = good && as_numbers(numbers, m);
    hid_t type = numeric ? H5Tcopy(H5T_STD_I32LE) : H5Tcopy(H5T_C_S1);
    if (!numeric) {
        H5Tset_size(type, widest);
        H5Tset_strpad(type, H5T_STR_NULLPAD);
        H5Tset_cset(type, H5T_CSET_UTF8);
        for (size_t i = 0; good && i < m->n; i++)
            memcpy(texts + i * widest, m->ids.texts[i], strlen(m->ids.texts[i]));
    }
    hid_t space = H5Screate_simple(1, &n, NULL), properties = dataset_properties(m->n, 1);
    hid_t set = H5Dcreate2(group, "id", type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    good = good && set >= 0 &&
           H5Dwrite(set, numeric ? H5T_NATIVE_INT : type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                    numeric ? (const void *)numbers : texts) >= 0;
    if (set >= 0) H5Dclose(set);
    H5Pclose(properties);
    H5Sclose(space);
    H5Tclose(type);
    nr_free(numbers);
    nr_free(texts);
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
    char *bytes = size <= 0 ? NULL : nr_alloc((size_t)size, 1);
    if (bytes == NULL) return false;
    bool good = H5Fget_file_image(file, bytes, (size_t)size) == size;
    if (good) nr_text_add(out, bytes, (size_t)size);
    nr_free(bytes);
    return good && !out->failed;
}

static nearer_status write_file(hid_t file, const nr_matrix *m, nr_output *output,
                                nearer_error *err)
{
    double *cells = nr_alloc(m->n, m->n * sizeof *cells);
    hid_t data = add_group(file, "data"), lookup = add_group(file, "lookup");
    bool good = cells != NULL && data >= 0 && lookup >= 0 &&
                add_text_attribute(file, "OMX_VERSION", "0.2") && add_shape(file, m->n) &&
                add_lookup(lookup, m);
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

static nearer_status write_omx(nr_output *output, const nearer_table *table, nearer_error *err)
{
    nr_matrix m;
    NR_TRY(nr_matrix_begin(&m, table, err));
    quiet q = be_quiet();
    hid_t file = open_in_memory(NULL, 0);
    nearer_status status = file < 0
                               ? nr_fail(err, NEARER_INTERNAL, "HDF5 cannot make a file in memory")
                               : write_file(file, &m, output, err);
    if (file >= 0) H5Fclose(file);
    speak_again(q);
    nr_matrix_clear(&m);
    return status;
}

/* ---- reading ---- */

typedef struct reader {
    const char *path;
    nr_cells *matrices; /* their values are ours */
    size_t count, capacity, rows, columns;
    nr_names names; /* of the matrices */
    nr_names ids;
    nearer_error *err;
    nearer_status status;
} reader;

static nearer_status read_matrix(reader *r, hid_t set, const char *name)
{
    hsize_t shape[2] = {0, 0};
    hid_t space = H5Dget_space(set);
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank == 2) H5Sget_simple_extent_dims(space, shape, NULL);
    H5Sclose(space);
    if (rank != 2)
        return nr_fail(r->err, NEARER_VALUE, "%s: /data/%s has %d dimensions, 2 were expected",
                       r->path, name, rank);
    if (r->count > 0 && (shape[0] != r->rows || shape[1] != r->columns))
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: /data/%s is %zu x %zu, the matrix before it %zu x %zu", r->path, name,
                       (size_t)shape[0], (size_t)shape[1], r->rows, r->columns);
    r->rows = (size_t)shape[0];
    r->columns = (size_t)shape[1];
    size_t index = nr_names_add(&r->names, name);
    if (index == NR_NO_NAME ||
        !nr_grow((void **)&r->matrices, r->count, &r->capacity, sizeof *r->matrices))
        return nr_fail_memory(r->err);
    double *values = nr_alloc(r->rows, r->columns * sizeof *values);
    if (values == NULL) return nr_fail_memory(r->err);
    r->matrices[r->count++] = (nr_cells){r->names.texts[index], values};
    if (H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: /data/%s cannot be read as numbers", r->path,
                       name);
    return NEARER_OK;
}

static herr_t visit_matrix(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    (void)info;
    reader *r = context;
    hid_t set = H5Dopen2(group, name, H5P_DEFAULT);
    if (set < 0) return 0; /* a group within */
    r->status = read_matrix(r, set, name);
    H5Dclose(set);
    return r->status == NEARER_OK ? 0 : 1;
}

/* Texts of one width, or each of its own. */
static bool read_texts(nr_names *out, hid_t set, hid_t type, size_t n)
{
    bool good = true, loose = H5Tis_variable_str(type) > 0;
    size_t width = loose ? sizeof(char *) : H5Tget_size(type);
    char *texts = nr_alloc(n, width), *one = nr_alloc(width + 1, 1);
    hid_t memory = H5Tcopy(type);
    good = texts != NULL && one != NULL &&
           H5Dread(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts) >= 0;
    for (size_t i = 0; good && i < n; i++) {
        char *text = one;
        if (loose)
            memcpy(&text, texts + i * width, sizeof text);
        else
            memcpy(one, texts + i * width, width);
        size_t length = text == NULL ? 0 : strlen(text);
        while (!loose && length > 0 && text[length - 1] == ' ') text[--length] = 0;
        good = text != NULL && nr_names_add(out, text) != NR_NO_NAME;
    }
    if (loose && texts != NULL) {
        hid_t space = H5Dget_space(set);
        H5Dvlen_reclaim(memory, space, H5P_DEFAULT, texts);
        H5Sclose(space);
    }
    H5Tclose(memory);
    nr_free(texts);
    nr_free(one);
    return good;
}

static bool read_numbers(nr_names *out, hid_t set, size_t n)
{
    double *values = nr_alloc(n, sizeof *values);
    bool good = values != NULL &&
                H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
    for (size_t i = 0; good && i < n; i++) {
        char text[NR_NUMBER_TEXT];
        good = nr_names_add(out, nr_format_number(values[i], text)) != NR_NO_NAME;
    }
    nr_free(values);
    return good;
}

static herr_t visit_lookup(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    (void)info;
    reader *r = context;
    hid_t set = H5Dopen2(group, name, H5P_DEFAULT);
    if (set < 0) return 0;
    hid_t space = H5Dget_space(set), type = H5Dget_type(set);
    size_t n = (size_t)H5Sget_simple_extent_npoints(space);
    if (n == r->rows && n == r->columns) {
        bool good = H5Tget_class(type) == H5T_STRING ? read_texts(&r->ids, set, type, n)
                                                     : read_numbers(&r->ids, set, n);
        if (!good) r->status = nr_fail_memory(r->err);
        if (good && r->ids.count != n)
            r->status =
                nr_fail(r->err, NEARER_VALUE, "%s: /lookup/%s names a place twice", r->path, name);
    } else {
        r->status = nr_fail(r->err, NEARER_VALUE,
                            "%s: /lookup/%s has %zu places, the matrices are %zu x %zu", r->path,
                            name, n, r->rows, r->columns);
    }
    H5Tclose(type);
    H5Sclose(space);
    H5Dclose(set);
    return 1; /* the first is enough */
}

static nearer_status read_file(reader *r, hid_t file)
{
    hid_t data = H5Gopen2(file, "data", H5P_DEFAULT);
    if (data < 0)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: it has no group /data, so it is no OMX file",
                       r->path);
    H5Literate(data, H5_INDEX_NAME, H5_ITER_INC, NULL, visit_matrix, r);
    H5Gclose(data);
    if (r->status != NEARER_OK) return r->status;
    if (r->count == 0)
        return nr_fail(r->err, NEARER_NODATA, "%s: there is no matrix in /data", r->path);
    hid_t lookup =
        H5Lexists(file, "lookup", H5P_DEFAULT) > 0 ? H5Gopen2(file, "lookup", H5P_DEFAULT) : -1;
    if (lookup < 0) return NEARER_OK;
    H5Literate(lookup, H5_INDEX_NAME, H5_ITER_INC, NULL, visit_lookup, r);
    H5Gclose(lookup);
    return r->status;
}

static nearer_status read_omx(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err)
{
    (void)how;
    char *bytes = NULL;
    size_t length;
    reader r = {.path = path, .err = err, .status = NEARER_OK};
    NR_TRY(nr_file_read(&bytes, &length, path, err));
    quiet q = be_quiet();
    hid_t file = length == 0 ? -1 : open_in_memory(bytes, length);
    nearer_status status = file < 0
                               ? nr_fail(err, NEARER_SYNTAX, "%s: it is no HDF5 file (.omx)", path)
                               : read_file(&r, file);
    if (file >= 0) H5Fclose(file);
    speak_again(q);
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
    .write = write_omx,
};
