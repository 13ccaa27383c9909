#define _DEFAULT_SOURCE /* madvise */
#include "base/memory.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static long allowed_allocations = -1;

void nr_fail_allocation_after(long allowed)
{
    allowed_allocations = allowed;
}

static bool refuse(size_t n, size_t size)
{
    if (allowed_allocations >= 0 && allowed_allocations-- == 0) return true;
    return size != 0 && n > (SIZE_MAX - 1) / size;
}

/* Asks for pages of 2 MB under large blocks, where the system has them: a matrix or a file's bytes
 * are then not brought in 4 KB at a time. */
static void *with_large_pages(void *block, size_t bytes)
{
    enum { LARGE = 1 << 21 };
#ifdef MADV_HUGEPAGE
    if (block == NULL || bytes < 8 * (size_t)LARGE) return block;
    char *first = (char *)(((uintptr_t)block + LARGE - 1) / LARGE * LARGE);
    size_t whole = (bytes - (size_t)(first - (char *)block)) / LARGE * LARGE;
    madvise(first, whole, MADV_HUGEPAGE); /* refused: nothing is lost */
#endif
    return block;
}

void *nr_alloc(size_t n, size_t size)
{
    if (refuse(n, size)) return NULL;
    return with_large_pages(calloc(n == 0 ? 1 : n, size), n * size);
}

void *nr_realloc(void *old, size_t n, size_t size)
{
    if (refuse(n, size)) return NULL;
    return with_large_pages(realloc(old, n == 0 ? size : n * size), n * size);
}

void *nr_alloc_aligned(size_t n, size_t size)
{
    enum { LINE = 64 };
    if (refuse(n, size) || n * size > SIZE_MAX - LINE) return NULL;
    size_t bytes = (n * size + LINE - 1) / LINE * LINE;
    return with_large_pages(aligned_alloc(LINE, bytes == 0 ? LINE : bytes), bytes);
}

void nr_free(void *memory)
{
    free(memory);
}

char *nr_copy_text(const char *text, size_t n)
{
    char *copy = nr_alloc(n + 1, 1);
    if (copy != NULL && n > 0) memcpy(copy, text, n);
    return copy;
}

bool nr_grow(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) return true;
    size_t larger = *capacity == 0 ? 16 : *capacity * 2;
    void *moved = nr_realloc(*items, larger, size);
    if (moved == NULL) return false;
    *items = moved;
    *capacity = larger;
    return true;
}

struct nr_arena_block {
    struct nr_arena_block *before;
    size_t used, size;
    max_align_t bytes[];
};

void *nr_arena_alloc(nr_arena *arena, size_t n, size_t size)
{
    enum { BLOCK = 1 << 14, ALIGN = sizeof(max_align_t) };
    if (size != 0 && n > (SIZE_MAX - BLOCK) / size) return NULL;
    size_t wanted = (n * size + ALIGN - 1) / ALIGN * ALIGN;
    struct nr_arena_block *block = arena->last;
    if (block == NULL || block->size - block->used < wanted) {
        size_t room = wanted > BLOCK ? wanted : BLOCK;
        block = nr_alloc(1, sizeof *block + room);
        if (block == NULL) return NULL;
        *block = (struct nr_arena_block){arena->last, 0, room};
        arena->last = block;
    }
    void *memory = (char *)block->bytes + block->used;
    block->used += wanted;
    return memory;
}

char *nr_arena_text(nr_arena *arena, const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = nr_arena_alloc(arena, n, 1);
    if (copy != NULL) memcpy(copy, text, n);
    return copy;
}

void nr_arena_clear(nr_arena *arena)
{
    while (arena->last != NULL) {
        struct nr_arena_block *before = arena->last->before;
        nr_free(arena->last);
        arena->last = before;
    }
}
