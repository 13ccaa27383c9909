#define _POSIX_C_SOURCE 200809L /* opendir */
#include "formats/part.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"

/* What a part begins with; then its texts, each ended by a 0 (key, column, unit, the rows' ids, the
 * columns'), its rows, and a hash of them. Another machine's order of bytes does not read back. */
typedef struct head {
    char magic[16];
    uint32_t order, same;
    uint64_t part, parts, all_rows, first, rows, columns, text_bytes;
    double per_unit;
} head;

static const head blank = {.magic = "nearer part 1", .order = 0x01020304};

static char *name_of(const char *path, size_t part, size_t parts)
{
    nr_text name = {0};
    nr_text_print(&name, "%s.%zuof%zu", path, part, parts);
    return nr_text_take(&name);
}

/* ---- writing ---- */

typedef struct state {
    nr_part_spec part;
    nr_hash hash;
} state;

static void clear(nr_stream *s)
{
    nr_free(s->state);
}

static nearer_status begin(nr_stream *s, nearer_error *err)
{
    const nr_stream_spec *spec = &s->spec;
    const nr_part_spec *part = &((state *)s->state)->part;
    nr_text texts = {0};
    head top = blank;
    const char *words[] = {part->key, spec->column, spec->unit == NULL ? "" : spec->unit};
    for (size_t i = 0; i < 3; i++) nr_text_add(&texts, words[i], strlen(words[i]) + 1);
    for (size_t i = 0; i < spec->rows; i++)
        nr_text_add(&texts, spec->row_ids[i], strlen(spec->row_ids[i]) + 1);
    for (size_t i = 0; i < spec->columns; i++)
        nr_text_add(&texts, spec->column_ids[i], strlen(spec->column_ids[i]) + 1);
    top.part = part->part;
    top.parts = part->parts;
    top.all_rows = part->all_rows;
    top.first = spec->first;
    top.rows = spec->rows;
    top.columns = spec->columns;
    top.text_bytes = texts.length;
    top.per_unit = spec->per_unit;
    top.same = spec->same;
    nearer_status status = texts.failed ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_stream_write(s, &top, sizeof top, err);
    if (status == NEARER_OK) status = nr_stream_write(s, texts.bytes, texts.length, err);
    nr_text_clear(&texts);
    return status;
}

static nearer_status put(nr_stream *s, const nr_ticks *block, size_t rows, nearer_error *err)
{
    size_t a_row = s->spec.columns * sizeof *block;
    for (size_t i = 0; i < rows; i++)
        nr_hash_add(&((state *)s->state)->hash, block + i * s->spec.columns, a_row);
    return nr_stream_write(s, block, rows * a_row, err);
}

static nearer_status end(nr_stream *s, nearer_error *err)
{
    return nr_stream_write(s, &((state *)s->state)->hash, sizeof(nr_hash), err);
}

static const nr_streaming streaming = {.begin = begin, .put = put, .end = end, .clear = clear};

nearer_status nr_part_open(nr_stream **out, const char *path, const nr_stream_spec *spec,
                           const nr_part_spec *part, nearer_error *err)
{
    const nr_format *format = NULL;
    NR_TRY(nr_format_find(&format, path, NULL, NR_WRITE_TABLE, err)); /* before the long work */
    if (format->stream == NULL)
        return nr_fail(err, NEARER_NAME, "%s: a matrix is joined as .npy, .omx, .csv or .tsv",
                       path);
    char *name = name_of(path, part->part, part->parts);
    state *own = nr_alloc(1, sizeof *own);
    if (name == NULL || own == NULL) {
        nr_free(name);
        nr_free(own);
        return nr_fail_memory(err);
    }
    own->part = *part;
    nearer_status status = nr_stream_open_as(out, name, &streaming, own, spec, err);
    nr_free(name);
    return status;
}

/* ---- finding ---- */

/* The N of a name BASE.IofN, 0 when it is none. */
static size_t parts_of(const char *name, const char *base)
{
    size_t n = strlen(base);
    if (strncmp(name, base, n) != 0 || name[n] != '.') return 0;
    const char *at = name + n + 1;
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || strncmp(at + digits, "of", 2) != 0) return 0;
    at += digits + 2;
    digits = strspn(at, "0123456789");
    return digits > 0 && digits < 8 && at[digits] == 0 ? strtoul(at, NULL, 10) : 0;
}

nearer_status nr_part_count(size_t *out, const char *path, nearer_error *err)
{
    const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
    char *folder =
        slash == NULL ? nr_copy_text(".", 1) : nr_copy_text(path, (size_t)(slash - path) + 1);
    if (folder == NULL) return nr_fail_memory(err);
    DIR *dir = opendir(folder);
    nr_free(folder);
    if (dir == NULL) return nr_fail(err, NEARER_IO, "%s: %s", path, strerror(errno));
    size_t found = 0, other = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        size_t parts = parts_of(entry->d_name, base);
        if (parts == 0 || parts == found) continue;
        if (found != 0) other = parts;
        found = found == 0 ? parts : found;
    }
    closedir(dir);
    if (found == 0)
        return nr_fail(err, NEARER_NODATA, "%s: there are no parts of it (%s.1of2 ...)", path,
                       base);
    if (other != 0)
        return nr_fail(err, NEARER_VALUE,
                       "%s: there are parts of %zu and of %zu; remove those that do not belong",
                       path, found < other ? found : other, found < other ? other : found);
    *out = found;
    return NEARER_OK;
}

/* ---- reading ---- */

static nearer_status fail_damaged(const nr_part *p, nearer_error *err)
{
    return nr_fail(err, NEARER_SYNTAX, "%s: it is no part of a matrix, or it is cut off or damaged",
                   p->path);
}

/* Points into the texts; false when there are fewer than there should be. */
static bool share_texts(nr_part *p, const head *top)
{
    const char *at = p->texts, *end = p->texts + top->text_bytes;
    size_t ids = p->spec.rows + p->spec.columns;
    const char *words[3];
    for (size_t i = 0; i < 3 + ids; i++) {
        if (at >= end) return false;
        if (i < 3)
            words[i] = at;
        else
            p->ids[i - 3] = at;
        at += strlen(at) + 1;
    }
    p->part.key = words[0];
    p->spec.column = words[1];
    p->spec.unit = words[2][0] == 0 ? NULL : words[2];
    p->spec.row_ids = p->ids;
    p->spec.column_ids = p->ids + p->spec.rows;
    return true;
}

static nearer_status read_head(nr_part *p, nearer_error *err)
{
    head top;
    size_t most = (size_t)1 << 40;
    if (fread(&top, sizeof top, 1, p->file) != 1 ||
        memcmp(top.magic, blank.magic, sizeof top.magic) != 0 || top.order != blank.order ||
        top.rows > most || top.columns > most || top.text_bytes > most || top.text_bytes == 0)
        return fail_damaged(p, err);
    p->part = (nr_part_spec){.part = top.part, .parts = top.parts, .all_rows = top.all_rows};
    p->spec = (nr_stream_spec){.rows = top.rows,
                               .columns = top.columns,
                               .first = top.first,
                               .per_unit = top.per_unit,
                               .same = top.same != 0};
    long now = ftell(p->file);
    if (now < 0 || fseek(p->file, 0, SEEK_END) != 0) return fail_damaged(p, err);
    double size = (double)ftell(p->file), needed = (double)top.rows * (double)top.columns * 4;
    if (size != (double)now + (double)top.text_bytes + needed + sizeof(nr_hash) ||
        fseek(p->file, now, SEEK_SET) != 0)
        return fail_damaged(p, err);
    p->texts = nr_alloc(top.text_bytes + 1, 1);
    p->ids = nr_alloc(top.rows + top.columns, sizeof *p->ids);
    if (p->texts == NULL || p->ids == NULL) return nr_fail_memory(err);
    if (fread(p->texts, 1, top.text_bytes, p->file) != top.text_bytes || !share_texts(p, &top))
        return fail_damaged(p, err);
    return NEARER_OK;
}

nearer_status nr_part_read(nr_part *out, const char *path, size_t part, size_t parts,
                           nearer_error *err)
{
    nr_part p = {.path = name_of(path, part, parts)};
    if (p.path == NULL) return nr_fail_memory(err);
    p.file = fopen(p.path, "rb");
    nearer_status status = p.file == NULL ? nr_fail(err, NEARER_IO, "%s: the part is missing: %s",
                                                    p.path, strerror(errno))
                                          : read_head(&p, err);
    if (status == NEARER_OK && (p.part.part != part || p.part.parts != parts))
        status = nr_fail(err, NEARER_VALUE, "%s: it holds part %zu of %zu", p.path, p.part.part,
                         p.part.parts);
    if (status == NEARER_OK)
        *out = p;
    else
        nr_part_clear(&p);
    return status;
}

nearer_status nr_part_rows(nr_part *p, nr_ticks *rows, size_t count, nearer_error *err)
{
    size_t a_row = p->spec.columns;
    nr_hash said;
    if (fread(rows, sizeof *rows, count * a_row, p->file) != count * a_row)
        return fail_damaged(p, err);
    for (size_t i = 0; i < count; i++)
        nr_hash_add(&p->hash, rows + i * a_row, a_row * sizeof *rows);
    p->done += count;
    if (p->done < p->spec.rows) return NEARER_OK;
    if (fread(&said, sizeof said, 1, p->file) != 1 || said.a != p->hash.a || said.b != p->hash.b)
        return fail_damaged(p, err);
    return NEARER_OK;
}

void nr_part_clear(nr_part *p)
{
    if (p->file != NULL) fclose(p->file);
    nr_free(p->path);
    nr_free(p->texts);
    nr_free(p->ids);
    *p = (nr_part){0};
}
