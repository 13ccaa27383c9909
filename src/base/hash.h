/* base/hash: a number that stands for some bytes, to know them again. 128 bits; against accidents,
 * not against malice. */
#ifndef NR_BASE_HASH_H
#define NR_BASE_HASH_H
#include <stddef.h>
#include <stdint.h>

typedef struct nr_hash {
    uint64_t a, b;
} nr_hash;

/* The hash of nothing is {0}; bytes are added in one go or in parts of the same sizes. */
void nr_hash_add(nr_hash *hash, const void *bytes, size_t length);
/* As 32 hexadecimal digits; returns `out`. */
const char *nr_hash_text(nr_hash hash, char out[33]);
#endif
