/* formats/keys: reads a JSON object into a struct by a table of its keys, so that the table is all
 * there is to say about an object: unknown keys, wrong kinds and numbers out of range are refused
 * in one place. */
#ifndef NR_FORMATS_KEYS_H
#define NR_FORMATS_KEYS_H
#include <cJSON.h>

#include "base/error.h"
#include "base/memory.h"

typedef enum nr_key_kind {
    NR_KEY_TEXT,   /* const char * */
    NR_KEY_NUMBER, /* double within low..high */
    NR_KEY_BOOL,   /* bool */
    NR_KEY_OWN     /* handed to `read` */
} nr_key_kind;

typedef struct nr_reader {
    const char *path; /* of the file, for messages */
    nr_arena *arena;
    nearer_error *err;
} nr_reader;

typedef struct nr_key {
    const char *name; /* NULL ends the table */
    nr_key_kind kind;
    bool required;
    size_t offset; /* of the member in the struct */
    double low, high;
    nearer_status (*read)(void *member, const cJSON *json, const char *where, const nr_reader *r);
} nr_key;

/* Reads `json`, standing at `where` ("modes.rail"; "" for the whole file), into `out`. */
nearer_status nr_keys_read(void *out, const cJSON *json, const nr_key *keys, const char *where,
                           const nr_reader *r);
/* The text, copied to the arena. */
nearer_status nr_keys_text(const char **out, const cJSON *json, const char *where,
                           const nr_reader *r);
/* A list of texts into an nr_text_list, for NR_KEY_OWN. */
nearer_status nr_keys_texts(void *list, const cJSON *json, const char *where, const nr_reader *r);
/* For members that other programs write and that say nothing here. */
nearer_status nr_keys_pass_over(void *member, const cJSON *json, const char *where,
                                const nr_reader *r);
enum { NR_KEY_WHERE = 160 };
/* "where.name", or "name" at the top. */
const char *nr_keys_where(const char *where, const char *name, char buffer[NR_KEY_WHERE]);
/* Fails unless `json` is an object whose names all differ or, for `list`, an array; `what` says
 * what it should hold. */
nearer_status nr_keys_expect(const cJSON *json, bool list, const char *where, const char *what,
                             const nr_reader *r);

/* Reads each item of a list (or, with `id_offset`, of an object whose names become the items' ids)
 * into an array of structs that start as `blank`. */
typedef struct nr_item_kind {
    size_t size, id_offset;
    const void *blank;
    const nr_key *keys;
    const char *what;
} nr_item_kind;
#define NR_NO_ID ((size_t)-1)
nearer_status nr_keys_items(void *items, size_t *count, const cJSON *json, const char *where,
                            const nr_item_kind *kind, const nr_reader *r);

/* Reads a whole file: reader->path. Fails with IO, SYNTAX, and as nr_keys_read. */
nearer_status nr_keys_file(void *out, const nr_key *keys, const nr_reader *r);

/* ---- rows of a table of keys, for members that bear the key's name ---- */

#define TEXT(type, member)                                              \
    {                                                                   \
#member, NR_KEY_TEXT, false, offsetof(type, member), 0, 0, NULL \
    }
#define MUST(type, member)                                             \
    {                                                                  \
#member, NR_KEY_TEXT, true, offsetof(type, member), 0, 0, NULL \
    }
#define NUMBER(type, member, low, high)                                        \
    {                                                                          \
#member, NR_KEY_NUMBER, false, offsetof(type, member), low, high, NULL \
    }
#define OWN(name, must, type, member, read)                        \
    {                                                              \
        name, NR_KEY_OWN, must, offsetof(type, member), 0, 0, read \
    }
/* What a file does not say itself, for a spec with a member `how`. */
#define READING(type)                                                               \
    {"format", NR_KEY_TEXT, false, offsetof(type, how.format), 0, 0, NULL},         \
        {"encoding", NR_KEY_TEXT, false, offsetof(type, how.encoding), 0, 0, NULL}, \
    {                                                                               \
        "crs", NR_KEY_TEXT, false, offsetof(type, how.crs), 0, 0, NULL              \
    }
#define END                                     \
    {                                           \
        NULL, NR_KEY_TEXT, false, 0, 0, 0, NULL \
    }
#endif
