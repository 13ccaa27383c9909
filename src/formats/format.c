#include "formats/format.h"

#include <string.h>

#include "base/memory.h"
#include "base/unknown.h"

const nr_format *const nr_formats[] = {
#define NR_FORMAT(id) &nr_format_##id,
#include "formats/formats.def"
#undef NR_FORMAT
    NULL};

static const char *known_format(const void *unused, size_t i)
{
    (void)unused;
    return nr_formats[i] == NULL ? NULL : nr_formats[i]->id;
}

static bool has_ending(const char *path, const char *endings)
{
    size_t n = strlen(path);
    for (const char *p = endings; *p != 0;) {
        size_t m = strcspn(p, " ");
        char ending[16];
        memcpy(ending, p, m);
        ending[m] = 0;
        if (n > m && nr_same_word(path + n - m, ending)) return true;
        p += m + strspn(p + m, " ");
    }
    return false;
}

static nearer_status find_format(const nr_format **out, const char *path, const char *format_id,
                                 bool to_read, nearer_error *err)
{
    const nr_format *found = NULL;
    for (size_t i = 0; nr_formats[i] != NULL && found == NULL; i++)
        if (format_id != NULL ? strcmp(format_id, nr_formats[i]->id) == 0
                              : has_ending(path, nr_formats[i]->endings))
            found = nr_formats[i];
    if (found == NULL && format_id != NULL)
        return nr_fail_unknown(err, format_id, known_format, NULL, "%s: unknown format '%s'", path,
                               format_id);
    if (found == NULL || (to_read ? found->read == NULL : found->write == NULL)) {
        nr_text known = {0};
        for (size_t i = 0; nr_formats[i] != NULL; i++)
            if (to_read ? nr_formats[i]->read != NULL : nr_formats[i]->write != NULL)
                nr_text_print(&known, "%s%s", known.length > 0 ? ", " : "", nr_formats[i]->endings);
        nr_fail(err, NEARER_NAME, "%s: files of this ending are not %s; known: %s", path,
                to_read ? "read" : "written", known.bytes == NULL ? "" : known.bytes);
        nr_text_clear(&known);
        return NEARER_NAME;
    }
    *out = found;
    return NEARER_OK;
}

nearer_status nr_table_read_as(nearer_table **out, const char *path, const char *format_id,
                               nearer_error *err)
{
    const nr_format *format = NULL;
    NR_TRY(find_format(&format, path, format_id, true, err));
    return format->read(out, path, err);
}

nearer_status nearer_table_read(nearer_table **out, const char *path, nearer_error *err)
{
    return nr_table_read_as(out, path, NULL, err);
}

nearer_status nearer_table_write(const nearer_table *table, const char *path, nearer_error *err)
{
    const nr_format *format = NULL;
    NR_TRY(find_format(&format, path, NULL, false, err));
    nr_text text = {0};
    nearer_error why;
    nearer_status status = format->write(&text, table, &why);
    if (status != NEARER_OK) nr_fail(err, status, "%s: %s", path, why.message);
    char *bytes = nr_text_take(&text);
    if (status == NEARER_OK)
        status = bytes == NULL ? nr_fail_memory(err) : nearer_text_write(path, bytes, err);
    nr_free(bytes);
    return status;
}
