/* formats/json_scan: where the values in a JSON text begin and end, without reading them, so that a
 * large file can be parsed piece by piece. What stands within a piece is checked by its parser. */
#ifndef NR_FORMATS_JSON_SCAN_H
#define NR_FORMATS_JSON_SCAN_H
#include <stdbool.h>
#include <stddef.h>

/* Texts end in a 0. {0}: none. */
typedef struct nr_json_part {
    const char *begin, *end;
} nr_json_part;

/* Behind blanks. */
const char *nr_json_blank(const char *at);
/* The value at `at`, blanks before it left out; NULL, or where it goes wrong. */
const char *nr_json_value(nr_json_part *out, const char *at);
/* The part is these characters ("\"type\""). */
bool nr_json_is(const nr_json_part *part, const char *text);
/* Lines of places in a text, counted on from the place asked for before. {bytes}: from the start.
 */
typedef struct nr_json_lines {
    const char *bytes, *at;
    size_t line; /* of `at`, less 1 */
} nr_json_lines;
size_t nr_json_line(nr_json_lines *lines, const char *at);

/* The items of a list, or the members of an object, from its opening bracket on. */
typedef struct nr_json_items {
    const char *at;    /* at the end: the closing bracket */
    const char *wrong; /* where it is no JSON, NULL: nowhere yet */
    bool begun;
} nr_json_items;
nr_json_items nr_json_begin(const char *bracket);
/* The next; `name` is NULL for lists. false at the end and where it goes wrong. */
bool nr_json_next(nr_json_items *items, nr_json_part *name, nr_json_part *value);
/* The value of an object's member, from the object's opening bracket on: the first by this name
 * (with its quotes, as it stands there), or, with NULL, the one of this number, from 0. false:
 * none. */
bool nr_json_member(nr_json_part *value, const char *bracket, const char *name, size_t number);
#endif
