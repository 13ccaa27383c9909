#include "formats/shape_files.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"

/* A file of shapelib's: one of these three. */
typedef struct stream {
    FILE *file;
    char *index;   /* the bytes of a made .shx */
    nr_text *text; /* of an output */
    size_t at, length;
} stream;

static nr_output *written;
static bool starved;

static stream *new_stream(void)
{
    stream *s = starved ? NULL : nr_alloc(1, sizeof *s);
    if (s == NULL) starved = true;
    return s;
}

static stream *as_stream(SAFile file)
{
    return (stream *)(void *)file;
}

static void say_nothing(const char *message)
{
    (void)message;
}

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void set_big_endian(char *p, uint32_t value)
{
    for (int i = 0; i < 4; i++) p[i] = (char)(value >> (24 - 8 * i) & 0xFF);
}

/* The index of a .shp: its header and each record's place and length in words of 2 bytes. */
static bool make_index(nr_text *out, FILE *shp)
{
    unsigned char head[100];
    if (fread(head, 1, sizeof head, shp) != sizeof head) return false;
    nr_text_add(out, (const char *)head, sizeof head);
    uint64_t at = sizeof head;
    while (fread(head, 1, 8, shp) == 8) {
        uint32_t words = big_endian(head + 4);
        char entry[8];
        set_big_endian(entry, (uint32_t)(at / 2));
        set_big_endian(entry + 4, words);
        nr_text_add(out, entry, sizeof entry);
        at += 8 + 2 * (uint64_t)words;
        if (words > INT32_MAX || fseek(shp, (long)at, SEEK_SET) != 0) break;
    }
    if (!out->failed) set_big_endian(out->bytes + 24, (uint32_t)(out->length / 2));
    return !out->failed;
}

static SAFile open_index(const char *path)
{
    static const char *const endings[] = {".shp", ".SHP"};
    FILE *shp = NULL;
    for (size_t i = 0; i < 2 && shp == NULL; i++) {
        char *name = nr_path_ending(path, endings[i]);
        if (name != NULL)
            shp = fopen(name, "rb");
        else
            starved = true;
        nr_free(name);
    }
    stream *s = shp == NULL ? NULL : new_stream();
    nr_text bytes = {0};
    if (s != NULL && make_index(&bytes, shp)) {
        s->length = bytes.length;
        s->index = nr_text_take(&bytes);
    }
    if (shp != NULL) fclose(shp);
    starved = starved || bytes.failed;
    nr_text_clear(&bytes);
    if (s != NULL && s->index == NULL) {
        nr_free(s);
        s = NULL;
    }
    return (SAFile)(void *)s;
}

static bool ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcmp(path + n - m, ending) == 0;
}

static SAFile open_reading(const char *path, const char *access)
{
    FILE *file = nr_file_exists(path) ? fopen(path, access) : NULL;
    /* shapelib asks for .shx, then for .SHX */
    if (file == NULL) return ends_in(path, ".SHX") ? open_index(path) : NULL;
    stream *s = new_stream();
    if (s == NULL) {
        fclose(file);
        return NULL;
    }
    s->file = file;
    return (SAFile)(void *)s;
}

static SAFile open_writing(const char *path, const char *access)
{
    (void)access;
    for (size_t i = 0; written != NULL && i < written->count; i++) {
        if (!ends_in(path, written->files[i].name)) continue;
        stream *s = new_stream();
        if (s == NULL) return NULL;
        s->text = &written->files[i].bytes;
        return (SAFile)(void *)s;
    }
    return NULL; /* a .cpg: ours is written by us */
}

static SAOffset read_stream(void *to, SAOffset size, SAOffset n, SAFile file)
{
    stream *s = as_stream(file);
    if (s->file != NULL) return fread(to, size, n, s->file);
    const char *bytes = s->index != NULL ? s->index : s->text->bytes;
    size_t length = s->index != NULL ? s->length : s->text->length;
    size_t left = s->at < length ? length - s->at : 0;
    if (size == 0) return 0;
    if (n > left / size) n = left / size;
    if (n > 0) memcpy(to, bytes + s->at, n * size);
    s->at += n * size;
    return n;
}

static SAOffset write_stream(void *from, SAOffset size, SAOffset n, SAFile file)
{
    stream *s = as_stream(file);
    if (s->text == NULL) return 0;
    size_t end = s->at + size * n, over = s->text->length > s->at ? s->text->length - s->at : 0;
    static const char zero[64];
    while (!s->text->failed && s->text->length < s->at) {
        size_t gap = s->at - s->text->length;
        nr_text_add(s->text, zero, gap < sizeof zero ? gap : sizeof zero);
    }
    if (s->text->failed) return 0;
    if (over > size * n) over = size * n;
    if (over > 0) memcpy(s->text->bytes + s->at, from, over);
    nr_text_add(s->text, (const char *)from + over, size * n - over);
    s->at = end;
    return s->text->failed ? 0 : n;
}

static SAOffset seek_stream(SAFile file, SAOffset offset, int whence)
{
    stream *s = as_stream(file);
    if (s->file != NULL) return (SAOffset)fseek(s->file, (long)offset, whence);
    size_t length = s->index != NULL ? s->length : s->text->length;
    s->at = (whence == SEEK_SET ? 0 : whence == SEEK_CUR ? s->at : length) + offset;
    return 0;
}

static SAOffset tell_stream(SAFile file)
{
    stream *s = as_stream(file);
    return s->file != NULL ? (SAOffset)ftell(s->file) : s->at;
}

static int flush_stream(SAFile file)
{
    (void)file;
    return 0;
}

static int close_stream(SAFile file)
{
    stream *s = as_stream(file);
    if (s->file != NULL) fclose(s->file);
    nr_free(s->index);
    nr_free(s);
    return 0;
}

/* shapelib removes a .cpg when it is told no encoding. */
static int remove_nothing(const char *path)
{
    (void)path;
    return 0;
}

static SAHooks hooks(SAFile (*open)(const char *path, const char *access))
{
    SAHooks made;
    SASetupDefaultHooks(&made);
    made.FOpen = open;
    made.FRead = read_stream;
    made.FWrite = write_stream;
    made.FSeek = seek_stream;
    made.FTell = tell_stream;
    made.FFlush = flush_stream;
    made.FClose = close_stream;
    made.Remove = remove_nothing;
    made.Error = say_nothing;
    starved = false;
    return made;
}

SAHooks nr_shape_reading(void)
{
    return hooks(open_reading);
}

bool nr_shape_starved(void)
{
    return starved;
}

SAHooks nr_shape_writing(nr_output *output)
{
    written = output;
    return hooks(open_writing);
}
