/* base/memory: the only room that calls malloc, so that a test can make any allocation fail. */
#ifndef NR_BASE_MEMORY_H
#define NR_BASE_MEMORY_H
#include <stdbool.h>
#include <stddef.h>

/* Like calloc, with n * size checked; NULL when there is none. n = 0 gives a valid pointer. */
void *nr_alloc(size_t n, size_t size);
/* Like realloc, with n * size checked; new bytes are not cleared. */
void *nr_realloc(void *old, size_t n, size_t size);
/* Memory that is not cleared, aligned to 64 bytes: a line of the processor's caches. */
void *nr_alloc_aligned(size_t n, size_t size);
void nr_free(void *memory);
/* A copy of n bytes with a 0 behind them. */
char *nr_copy_text(const char *text, size_t n);

/* Makes room for one more item in an array of *capacity items; false when there is none. */
bool nr_grow(void **items, size_t count, size_t *capacity, size_t size);

/* Memory that is given back all at once. {0} is an empty one. */
typedef struct nr_arena {
    struct nr_arena_block *last;
} nr_arena;
/* Cleared memory, aligned for any object; NULL when there is none. */
void *nr_arena_alloc(nr_arena *arena, size_t n, size_t size);
char *nr_arena_text(nr_arena *arena, const char *text);
void nr_arena_clear(nr_arena *arena);

/* For tests: the allocation after `allowed` more fails, once; a negative number turns it off. */
void nr_fail_allocation_after(long allowed);
#endif
