#include "base/hash.h"

#include <stdio.h>
#include <string.h>

/* The finalizer of splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t mixed(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void add_word(nr_hash *h, uint64_t word)
{
    h->a = mixed(h->a + word + 0x9E3779B97F4A7C15u);
    h->b = (h->b ^ word) * 0xD6E8FEB86659FD93u;
    h->b ^= h->b >> 32;
}

void nr_hash_add(nr_hash *hash, const void *bytes, size_t length)
{
    const char *at = bytes;
    uint64_t word;
    add_word(hash, length);
    for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        add_word(hash, word);
    }
    word = 0;
    memcpy(&word, at, length);
    add_word(hash, word);
}

const char *nr_hash_text(nr_hash hash, char out[33])
{
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)hash.a, (unsigned long long)hash.b);
    return out;
}
