/* base/names: gives each different text a number, 0, 1, 2 ... in order of first sight. */
#ifndef NR_BASE_NAMES_H
#define NR_BASE_NAMES_H
#include "base/memory.h"

#define NR_NO_NAME ((size_t)-1)

/* {0} is an empty set. */
typedef struct nr_names {
    nr_arena arena;
    const char **texts;
    size_t count, capacity;
    size_t *slots; /* open addressing; 0 = free, else index + 1 */
    size_t slot_count;
} nr_names;

/* The text's number, given now if it is new; NR_NO_NAME when there is no memory. */
size_t nr_names_add(nr_names *names, const char *text);
/* The text's number, or NR_NO_NAME. */
size_t nr_names_find(const nr_names *names, const char *text);
/* For nr_fail_unknown: the i-th text, NULL at the end. */
const char *nr_names_known(const void *names, size_t i);
void nr_names_clear(nr_names *names);
#endif
