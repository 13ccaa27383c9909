/* Files: read whole, written beside and renamed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/ranks.h"
#include "formats/encoding.h"
#include "formats/format.h"
#include "formats/unfinished.h"

enum { PATH_ROOM = 4096 };

/* All of a gzipped file, or of any other as it is. */
static nearer_status read_gzip(nr_text *out, const char *path, nearer_error *err)
{
    char buffer[1 << 16];
    int n = 0, code = 0;
    gzFile file = gzopen(path, "rb");
    if (file == NULL) return nr_fail(err, NEARER_IO, "%s: cannot be read", path);
    while ((n = gzread(file, buffer, sizeof buffer)) > 0) nr_text_add(out, buffer, (size_t)n);
    const char *why = gzerror(file, &code);
    nearer_status status = NEARER_OK;
    if (n < 0 || code != Z_OK)
        status = nr_fail(err, NEARER_SYNTAX, "%s: cannot be unpacked: %s", path, why);
    gzclose_r(file);
    return status;
}

static nearer_status read_plain(nr_text *out, FILE *file, size_t size, const char *path,
                                nearer_error *err)
{
    char *room = nr_alloc(size + 1, 1); /* one allocation, where the size is known */
    if (room == NULL) return nr_fail_memory(err);
    *out = (nr_text){.bytes = room, .capacity = size + 1};
    out->length = fread(room, 1, size, file);
    char buffer[1 << 12];
    size_t n;
    while (out->length >= size && (n = fread(buffer, 1, sizeof buffer, file)) > 0)
        nr_text_add(out, buffer, n); /* a pipe has no size, a file may grow */
    if (ferror(file) != 0) return nr_fail(err, NEARER_IO, "%s: cannot be read to its end", path);
    return NEARER_OK;
}

nearer_status nr_file_read(char **out, size_t *length, const char *path, nearer_error *err)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &about) != 0 || S_ISDIR(about.st_mode)) {
        const char *why = file == NULL ? strerror(errno) : "it is a folder";
        if (file != NULL) fclose(file);
        return nr_fail(err, NEARER_IO, "%s: cannot be read: %s", path, why);
    }
    nr_text text = {0};
    bool regular = S_ISREG(about.st_mode);
    int first = regular ? fgetc(file) : 0, second = regular ? fgetc(file) : 0;
    if (regular) rewind(file);
    nearer_status status =
        first == 0x1F && second == 0x8B
            ? read_gzip(&text, path, err)
            : read_plain(&text, file, regular ? (size_t)about.st_size : 0, path, err);
    fclose(file);
    size_t read = text.length;
    char *bytes = nr_text_take(&text);
    if (status == NEARER_OK && bytes == NULL) status = nr_fail_memory(err);
    if (status != NEARER_OK) {
        nr_free(bytes);
        return status;
    }
    *length = read;
    *out = bytes;
    return NEARER_OK;
}

static size_t line_of(const char *bytes, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) line += bytes[i] == '\n';
    return line;
}

nearer_status nr_bytes_to_text(char **bytes, size_t *length, const char *name, const char *encoding,
                               nearer_error *err)
{
    size_t wrong = 0;
    nearer_error why;
    nearer_status status = nr_to_utf8(bytes, length, &wrong, encoding, &why);
    if (status == NEARER_OK) return NEARER_OK;
    if (status != NEARER_SYNTAX) return nr_fail(err, status, "%s: %.900s", name, why.message);
    size_t line = line_of(*bytes, wrong);
    if ((*bytes)[wrong] == 0)
        return nr_fail(err, status, "%s:%zu: a zero byte, text was expected", name, line);
    if (encoding != NULL)
        return nr_fail(err, status, "%s:%zu: text that is not %s", name, line, encoding);
    return nr_fail(err, status,
                   "%s:%zu: text that is not UTF-8; say its encoding (GBK, ISO-8859-1, CP1251 "
                   "...) or save it as UTF-8",
                   name, line);
}

nearer_status nr_file_read_text(char **out, size_t *length, const char *path, const char *encoding,
                                nearer_error *err)
{
    char *bytes = NULL;
    NR_TRY(nr_file_read(&bytes, length, path, err));
    nearer_status status = nr_bytes_to_text(&bytes, length, path, encoding, err);
    if (status == NEARER_OK)
        *out = bytes;
    else
        nr_free(bytes);
    return status;
}

static bool write_bytes(const char *path, const char *bytes, size_t n, int *unfinished)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL;
    *unfinished = good ? nr_unfinished_add(path) : -1;
    if (good) {
        good = fwrite(bytes, 1, n, file) == n;
        good = fclose(file) == 0 && good;
        if (!good) remove(path);
    }
    return good;
}

/* The path of one of an output's files, with `more` behind it. */
static char *output_path(const char *path, const char *name, const char *more)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    nr_text full = {0};
    size_t n = strlen(path);
    if (name[0] == '.' && dot != NULL && (slash == NULL || dot > slash)) n = (size_t)(dot - path);
    if (name[0] == '/')
        while (n > 1 && path[n - 1] == '/') n--;
    nr_text_add(&full, path, n);
    nr_text_add_word(&full, name);
    nr_text_add_word(&full, more);
    return nr_text_take(&full);
}

char *nr_path_ending(const char *path, const char *ending)
{
    return output_path(path, ending, "");
}

/* Writes (or, with `rename_them`, renames) all files of an output; `done` counts them. */
static nearer_status place_files(nr_output *output, const char *path, bool rename_them,
                                 size_t *done, int *unfinished, nearer_error *err)
{
    nearer_status status = NEARER_OK;
    for (*done = 0; status == NEARER_OK && *done < output->count; ++*done) {
        char *part = output_path(path, output->files[*done].name, ".part");
        char *whole = output_path(path, output->files[*done].name, "");
        const nr_text *bytes = &output->files[*done].bytes;
        if (part == NULL || whole == NULL || bytes->failed)
            status = nr_fail_memory(err);
        else if (rename_them ? rename(part, whole) != 0
                             : !write_bytes(part, bytes->bytes, bytes->length, &unfinished[*done]))
            status = nr_fail(err, NEARER_IO, "%s: cannot be written: %s", whole, strerror(errno));
        nr_free(part);
        nr_free(whole);
        if (status != NEARER_OK) break;
    }
    return status;
}

nearer_status nr_output_write(nr_output *output, const char *path, nearer_error *err)
{
    size_t written = 0, renamed = 0;
    int unfinished[NR_OUTPUT_FILES] = {-1, -1, -1, -1, -1};
    nearer_status status = NEARER_OK;
    if (nr_ranks_own() != 0) { /* the first process writes for all */
        nr_output_clear(output);
        return NEARER_OK;
    }
    if (output->count > 0 && output->files[0].name[0] == '/')
        status = nearer_folder_make(path, err);
    if (status == NEARER_OK) status = place_files(output, path, false, &written, unfinished, err);
    if (status == NEARER_OK) status = place_files(output, path, true, &renamed, unfinished, err);
    for (size_t i = renamed; status != NEARER_OK && i < written; i++) {
        char *part = output_path(path, output->files[i].name, ".part");
        if (part != NULL) remove(part);
        nr_free(part);
    }
    for (size_t i = 0; i < NR_OUTPUT_FILES; i++)
        if (unfinished[i] >= 0) nr_unfinished_done(unfinished[i]);
    nr_output_clear(output);
    return status;
}

nearer_status nearer_text_write(const char *path, const char *text, nearer_error *err)
{
    nr_output output = {0};
    nr_text_add_word(nr_output_add(&output, ""), text);
    return nr_output_write(&output, path, err);
}

char *nr_path_beside(const char *base_path, const char *path)
{
    const char *slash = strrchr(base_path, '/');
    nr_text joined = {0};
    if (path[0] != '/' && slash != NULL)
        nr_text_add(&joined, base_path, (size_t)(slash - base_path) + 1);
    nr_text_add_word(&joined, path);
    return nr_text_take(&joined);
}

nearer_status nr_file_check_place(const char *path, nearer_error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? nr_copy_text(".", 1)
                   : slash == path ? nr_copy_text("/", 1)
                                   : nr_copy_text(path, (size_t)(slash - path));
    if (folder == NULL) return nr_fail_memory(err);
    int why = path[0] == 0                       ? ENOENT
              : nr_folder_exists(path)           ? EISDIR
              : access(folder, F_OK) != 0        ? errno
              : !nr_folder_exists(folder)        ? ENOTDIR
              : access(folder, W_OK | X_OK) != 0 ? errno
                                                 : 0;
    nr_free(folder);
    return why == 0 ? NEARER_OK
                    : nr_fail(err, NEARER_IO, "%s: cannot be written: %s", path, strerror(why));
}

bool nr_folder_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool nr_file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

bool nr_folder_holds(const char *folder, const char *name)
{
    char path[PATH_ROOM]; /* longer ones no system opens */
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    return n > 0 && (size_t)n < sizeof path && nr_file_exists(path);
}

bool nearer_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

nearer_status nearer_folder_make(const char *path, nearer_error *err)
{
    size_t n = strlen(path);
    if (n == 0) return nr_fail(err, NEARER_IO, "a folder with no name cannot be made");
    char *part = nr_copy_text(path, n);
    if (part == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    for (size_t i = 1; i <= n && status == NEARER_OK; i++) {
        if (path[i] != '/' && path[i] != 0) continue;
        part[i] = 0; /* each folder on the way */
        if (mkdir(part, 0777) != 0 && !nr_folder_exists(part))
            status =
                nr_fail(err, NEARER_IO, "%s: the folder cannot be made: %s", part, strerror(errno));
        part[i] = path[i];
    }
    nr_free(part);
    return status;
}
