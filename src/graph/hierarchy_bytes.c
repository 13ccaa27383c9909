/* A hierarchy as bytes: a head, its arrays one after the other as they lie in memory, and a hash of
 * all before it. */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "graph/hierarchy.h"

/* Another machine's order of bytes does not read back as `order`. */
typedef struct head {
    char magic[24];
    uint32_t order, vertices, up, down;
} head;

static const head blank = {.magic = "nearer hierarchy 1", .order = 0x01020304};

static void add(nr_text *out, const void *items, size_t count, size_t size)
{
    nr_text_add(out, items, count * size);
}

void nr_hierarchy_write(nr_text *out, const nr_hierarchy *h)
{
    head top = blank;
    nr_hash hash = {0};
    size_t n = h->vertices;
    top.vertices = h->vertices;
    top.up = h->up.first[n];
    top.down = h->down.first[n];
    add(out, &top, 1, sizeof top);
    add(out, h->position, n, sizeof *h->position);
    add(out, h->walk, n, sizeof *h->walk);
    add(out, h->up.first, n + 1, sizeof *h->up.first);
    add(out, h->up.ways, top.up, sizeof *h->up.ways);
    add(out, h->down.first, n + 1, sizeof *h->down.first);
    add(out, h->down.ways, top.down, sizeof *h->down.ways);
    if (out->failed) return;
    nr_hash_add(&hash, out->bytes, out->length);
    add(out, &hash, 1, sizeof hash);
}

/* The next `count` items, copied to memory of their own. */
static void *take(const char **at, size_t count, size_t size)
{
    void *items = nr_alloc(count, size);
    if (items != NULL) memcpy(items, *at, count * size);
    *at += count * size;
    return items;
}

static bool is_whole(const char *bytes, size_t length, head *top, uint32_t vertices)
{
    nr_hash hash = {0}, said;
    if (length < sizeof *top + sizeof said) return false;
    memcpy(top, bytes, sizeof *top);
    if (memcmp(top->magic, blank.magic, sizeof top->magic) != 0 || top->order != blank.order ||
        top->vertices != vertices)
        return false;
    size_t n = vertices;
    if (length != sizeof *top + sizeof said + (2 * n + 2 * (n + 1)) * sizeof(uint32_t) +
                      ((size_t)top->up + top->down) * sizeof(nr_way))
        return false;
    nr_hash_add(&hash, bytes, length - sizeof said);
    memcpy(&said, bytes + length - sizeof said, sizeof said);
    return said.a == hash.a && said.b == hash.b;
}

/* A sweep trusts these: rows that follow each other, ways that lead to lower positions. */
static bool is_sound(const nr_ways *ways, uint32_t vertices, uint32_t count)
{
    if (ways->first[0] != 0 || ways->first[vertices] != count) return false;
    for (uint32_t p = 0; p < vertices; p++) {
        if (ways->first[p] > ways->first[p + 1]) return false;
        for (uint32_t k = ways->first[p]; k < ways->first[p + 1]; k++)
            if (ways->ways[k].at >= p || ways->ways[k].ticks > NR_FAR) return false;
    }
    return true;
}

static bool are_below(const uint32_t *numbers, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (numbers[i] >= n) return false;
    return true;
}

bool nr_hierarchy_read(nr_hierarchy *out, const char *bytes, size_t length, uint32_t vertices)
{
    head top;
    if (!is_whole(bytes, length, &top, vertices)) return false;
    const char *at = bytes + sizeof top;
    size_t n = vertices;
    nr_hierarchy h = {.vertices = vertices};
    h.position = take(&at, n, sizeof *h.position);
    h.walk = take(&at, n, sizeof *h.walk);
    h.up.first = take(&at, n + 1, sizeof *h.up.first);
    h.up.ways = take(&at, top.up, sizeof *h.up.ways);
    h.down.first = take(&at, n + 1, sizeof *h.down.first);
    h.down.ways = take(&at, top.down, sizeof *h.down.ways);
    bool good = h.position != NULL && h.walk != NULL && h.up.first != NULL && h.up.ways != NULL &&
                h.down.first != NULL && h.down.ways != NULL;
    good = good && are_below(h.position, vertices) && is_sound(&h.up, vertices, top.up) &&
           is_sound(&h.down, vertices, top.down);
    if (good)
        *out = h;
    else
        nr_hierarchy_clear(&h);
    return good;
}
