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
enum { NR_KEY_WHERE = 160 };
/* "where.name", or "name" at the top. */
const char *nr_keys_where(const char *where, const char *name, char buffer[NR_KEY_WHERE]);
/* Fails unless `json` is an object whose names all differ or, for `list`, an array; `what` says
 * what it should hold. */
nearer_status nr_keys_expect(const cJSON *json, bool list, const char *where, const char *what,
                             const nr_reader *r);
#endif
