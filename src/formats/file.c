/* Files: read whole, written beside and renamed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "formats/format.h"

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
    char buffer[1 << 16];
    size_t n;
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0) nr_text_add(&text, buffer, n);
    bool bad = ferror(file) != 0;
    fclose(file);
    *length = text.length;
    char *bytes = nr_text_take(&text);
    if (bad) {
        nr_free(bytes);
        return nr_fail(err, NEARER_IO, "%s: cannot be read to its end", path);
    }
    if (bytes == NULL) return nr_fail_memory(err);
    *out = bytes;
    return NEARER_OK;
}

nearer_status nr_file_read_text(char **out, size_t *length, const char *path, nearer_error *err)
{
    char *bytes = NULL;
    NR_TRY(nr_file_read(&bytes, length, path, err));
    const char *zero = memchr(bytes, 0, *length);
    size_t good = nr_utf8_length(bytes, zero == NULL ? *length : (size_t)(zero - bytes)), line = 1;
    if (good == *length) {
        *out = bytes;
        return NEARER_OK;
    }
    for (size_t i = 0; i < good; i++) line += bytes[i] == '\n';
    bool is_zero = bytes[good] == 0;
    nr_free(bytes);
    return is_zero
               ? nr_fail(err, NEARER_SYNTAX, "%s:%zu: a zero byte, text was expected", path, line)
               : nr_fail(err, NEARER_SYNTAX, "%s:%zu: text that is not UTF-8; save it as UTF-8",
                         path, line);
}

nearer_status nearer_text_write(const char *path, const char *text, nearer_error *err)
{
    nr_text name = {0};
    nr_text_print(&name, "%s.part", path);
    char *part = nr_text_take(&name);
    if (part == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    size_t n = strlen(text);
    FILE *file = fopen(part, "wb");
    if (file == NULL) {
        status = nr_fail(err, NEARER_IO, "%s: cannot be written: %s", path, strerror(errno));
    } else {
        bool good = fwrite(text, 1, n, file) == n;
        good = fclose(file) == 0 && good;
        good = good && rename(part, path) == 0;
        if (!good) {
            status = nr_fail(err, NEARER_IO, "%s: cannot be written: %s", path, strerror(errno));
            remove(part);
        }
    }
    nr_free(part);
    return status;
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

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
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
        if (mkdir(part, 0777) != 0 && !is_folder(part))
            status =
                nr_fail(err, NEARER_IO, "%s: the folder cannot be made: %s", part, strerror(errno));
        part[i] = path[i];
    }
    nr_free(part);
    return status;
}
