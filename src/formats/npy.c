/* NumPy's .npy (format versions 1.0 to 3.0): a matrix of numbers without the names of its places.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/matrix.h"
#include "formats/stream.h"

static const char magic[] = "\x93NUMPY";
enum { MAGIC = 6, ALIGNED = 64 };

typedef struct header {
    char kind; /* f, i or u */
    size_t size;
    bool big_endian, by_columns;
    size_t rows, columns;
    const unsigned char *data;
    size_t left; /* bytes of data */
} header;

/* ---- reading ---- */

/* What stands behind a key of the header's dictionary, as Python prints it. */
static const char *find_key(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    if (at == NULL) return NULL;
    at += strlen(key);
    while (*at == ' ' || *at == ':' || *at == '\'') at++;
    return at;
}

/* A size of the shape, as Python prints it; larger ones than there are bytes stay too large. */
static bool read_size(size_t *out, const char **at)
{
    const char *p = *at + strspn(*at, " ");
    size_t digits = strspn(p, "0123456789");
    *out = 0;
    for (size_t i = 0; i < digits; i++)
        *out = *out > SIZE_MAX / 16 ? SIZE_MAX / 8 : *out * 10 + (size_t)(p[i] - '0');
    p += digits;
    *at = p + strspn(p, " ");
    return digits > 0;
}

static bool read_shape(header *h, const char *at)
{
    if (*at++ != '(') return false;
    if (!read_size(&h->rows, &at) || *at++ != ',') return false;
    if (!read_size(&h->columns, &at)) return false;
    at += strspn(at, ", ");
    return *at == ')';
}

static nearer_status read_type(header *h, const char *at, const char *path, nearer_error *err)
{
    char order = at == NULL ? 0 : at[0];
    h->kind = order == 0 ? 0 : at[1];
    h->size = h->kind == 0 || at[2] < '1' || at[2] > '8' ? 0 : (size_t)(at[2] - '0');
    h->big_endian = order == '>';
    bool ordered = order == '<' || order == '>' || (order == '|' && h->size == 1);
    bool known = h->kind == 'f'
                     ? h->size == 4 || h->size == 8
                     : (h->kind == 'i' || h->kind == 'u') &&
                           (h->size == 1 || h->size == 2 || h->size == 4 || h->size == 8);
    if (ordered && known && at[3] == '\'') return NEARER_OK;
    return nr_fail(err, NEARER_SYNTAX,
                   "%s: its numbers are of type '%.*s'; float32, float64 or integers were expected",
                   path, at == NULL ? 0 : (int)strcspn(at, "'"), at == NULL ? "" : at);
}

static nearer_status read_header(header *h, const char *bytes, size_t length, const char *path,
                                 nearer_error *err)
{
    const unsigned char *b = (const unsigned char *)bytes;
    size_t before = length > MAGIC && b[MAGIC] > 1 ? 12 : 10;
    if (length < before || memcmp(bytes, magic, MAGIC) != 0 || b[MAGIC] < 1 || b[MAGIC] > 3)
        return nr_fail(err, NEARER_SYNTAX, "%s: it is no NumPy array (.npy)", path);
    size_t n = b[8] | (size_t)b[9] << 8;
    if (before == 12) n |= (size_t)b[10] << 16 | (size_t)b[11] << 24;
    if (n > length - before || n > 1 << 16)
        return nr_fail(err, NEARER_SYNTAX, "%s: its header is cut off", path);
    char *text = nr_copy_text(bytes + before, n);
    if (text == NULL) return nr_fail_memory(err);
    const char *order = find_key(text, "'fortran_order'");
    h->by_columns = order != NULL && strncmp(order, "True", 4) == 0;
    nearer_status status = read_type(h, find_key(text, "'descr'"), path, err);
    const char *shape = find_key(text, "'shape'");
    if (shape == NULL) shape = "";
    if (status == NEARER_OK && !read_shape(h, shape))
        status = nr_fail(err, NEARER_VALUE,
                         "%s: its shape is '%.*s', a matrix of two dimensions was expected", path,
                         (int)strcspn(shape, ")}") + (strchr(shape, ')') != NULL), shape);
    nr_free(text);
    if (status != NEARER_OK) return status;
    h->data = b + before + n;
    h->left = length - before - n;
    if (h->rows == 0 || h->columns == 0) h->rows = h->columns = 0; /* no cells, of any shape */
    if (h->columns != 0 && h->rows > h->left / h->size / h->columns)
        return nr_fail(err, NEARER_SYNTAX, "%s: it ends before its %zu x %zu numbers do", path,
                       h->rows, h->columns);
    if (h->left > h->rows * h->columns * h->size)
        return nr_fail(err, NEARER_SYNTAX, "%s: more bytes than its %zu x %zu numbers take", path,
                       h->rows, h->columns);
    return NEARER_OK;
}

static double read_number(const header *h, const unsigned char *p)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < h->size; i++)
        bits |= (uint64_t)p[h->big_endian ? h->size - 1 - i : i] << (8 * i);
    if (h->kind == 'u') return (double)bits;
    if (h->kind == 'i') {
        uint64_t sign = (uint64_t)1 << (8 * h->size - 1);
        return (bits & sign) == 0 ? (double)bits : -(double)((~bits & (sign - 1)) + 1);
    }
    if (h->size == 4) {
        uint32_t half = (uint32_t)bits;
        float value;
        memcpy(&value, &half, sizeof value);
        return (double)value;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static nearer_status read_npy(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err)
{
    (void)how;
    char *bytes = NULL;
    size_t length;
    header h = {0};
    NR_TRY(nr_file_read(&bytes, &length, path, err));
    nearer_status status = read_header(&h, bytes, length, path, err);
    double *cells = NULL;
    if (status == NEARER_OK) {
        cells = nr_alloc(h.rows, h.columns * sizeof *cells);
        if (cells == NULL) status = nr_fail_memory(err);
    }
    for (size_t i = 0; status == NEARER_OK && i < h.rows; i++)
        for (size_t j = 0; j < h.columns; j++) {
            size_t at = h.by_columns ? j * h.rows + i : i * h.columns + j;
            cells[i * h.columns + j] = read_number(&h, h.data + at * h.size);
        }
    nr_free(bytes);
    const nr_cells matrix = {"value", cells};
    if (status == NEARER_OK)
        status = nr_matrix_table(out, path, &matrix, 1, h.rows, h.columns, NULL, err);
    nr_free(cells);
    return status;
}

/* ---- writing ---- */

static void add_little_endian(nr_text *out, uint64_t bits, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++) bytes[i] = (char)(bits >> (8 * i) & 0xFF);
    nr_text_add(out, bytes, size);
}

static void add_number(nr_text *out, double value, bool float32)
{
    uint64_t bits = 0;
    uint32_t half = 0;
    float small = (float)value;
    memcpy(&half, &small, sizeof half);
    memcpy(&bits, &value, sizeof bits);
    add_little_endian(out, float32 ? half : bits, float32 ? 4 : 8);
}

static void add_header(nr_text *out, size_t rows, size_t columns, bool float32)
{
    char head[160];
    int n = snprintf(head, sizeof head,
                     "{'descr': '<f%d', 'fortran_order': False, 'shape': (%zu, %zu), }",
                     float32 ? 4 : 8, rows, columns);
    size_t padded = (10 + (size_t)n + 1 + ALIGNED - 1) / ALIGNED * ALIGNED - 10;
    memset(head + n, ' ', padded - (size_t)n);
    head[padded - 1] = '\n';
    nr_text_add(out, magic, MAGIC);
    nr_text_add(out, "\x01\x00", 2);
    add_little_endian(out, padded, 2);
    nr_text_add(out, head, padded);
}

static nearer_status write_npy(nr_output *output, const nearer_table *table, nearer_error *err)
{
    nr_matrix m;
    NR_TRY(nr_matrix_begin(&m, table, err));
    double *cells = nr_alloc(m.n, m.n * sizeof *cells);
    nearer_status status =
        cells == NULL ? nr_fail_memory(err) : nr_matrix_fill(cells, &m, m.columns[0], err);
    if (status == NEARER_OK) {
        nr_text *out = nr_output_add(output, "");
        add_header(out, m.n, m.n, output->float32);
        for (size_t k = 0; k < m.n * m.n; k++) add_number(out, cells[k], output->float32);
    }
    nr_free(cells);
    nr_matrix_clear(&m);
    return status;
}

/* ---- writing row by row ---- */

enum { AT_ONCE = 8192 };

static nearer_status begin(nr_stream *s, nearer_error *err)
{
    nr_text head = {0};
    add_header(&head, s->spec.rows, s->spec.columns, s->spec.float32);
    nearer_status status =
        head.failed ? nr_fail_memory(err) : nr_stream_write(s, head.bytes, head.length, err);
    nr_text_clear(&head);
    return status;
}

static bool is_little_endian(void)
{
    const uint16_t one = 1;
    char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static void turn_bytes(char *bytes, size_t count, size_t size)
{
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < size / 2; i++) {
            char *a = &bytes[k * size + i], *b = &bytes[k * size + size - 1 - i], was = *a;
            *a = *b;
            *b = was;
        }
}

static nearer_status put(nr_stream *s, const nr_ticks *block, size_t rows, nearer_error *err)
{
    size_t all = rows * s->spec.columns;
    double wide[AT_ONCE];
    float narrow[AT_ONCE];
    for (size_t first = 0; first < all; first += AT_ONCE) {
        size_t n = all - first < AT_ONCE ? all - first : AT_ONCE;
        for (size_t k = 0; k < n; k++) wide[k] = nr_ticks_value(block[first + k], s->spec.per_unit);
        for (size_t k = 0; s->spec.float32 && k < n; k++) narrow[k] = (float)wide[k];
        void *bytes = s->spec.float32 ? (void *)narrow : (void *)wide;
        size_t size = s->spec.float32 ? sizeof *narrow : sizeof *wide;
        if (!is_little_endian()) turn_bytes(bytes, n, size);
        NR_TRY(nr_stream_write(s, bytes, n * size, err));
    }
    return NEARER_OK;
}

static const nr_streaming streaming = {.begin = begin, .put = put};

const nr_format nr_format_npy = {
    .id = "npy",
    .title = "matrix of NumPy, rows and columns in the places' order",
    .endings = ".npy",
    .read = read_npy,
    .write = write_npy,
    .stream = &streaming,
};
