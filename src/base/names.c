#include "base/names.h"

#include <stdint.h>
#include <string.h>

/* FNV-1a */
static size_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    for (; *text != 0; text++) h = (h ^ (unsigned char)*text) * 1099511628211u;
    return (size_t)(h ^ (h >> 32));
}

static size_t slot_of(const nr_names *names, const char *text)
{
    size_t mask = names->slot_count - 1, s = hash(text) & mask;
    while (names->slots[s] != 0 && strcmp(names->texts[names->slots[s] - 1], text) != 0)
        s = (s + 1) & mask;
    return s;
}

static bool make_room(nr_names *names)
{
    if (!nr_grow((void **)&names->texts, names->count, &names->capacity, sizeof *names->texts))
        return false;
    if ((names->count + 1) * 2 <= names->slot_count) return true;
    size_t larger = names->slot_count == 0 ? 64 : names->slot_count * 2;
    size_t *slots = nr_alloc(larger, sizeof *slots);
    if (slots == NULL) return false;
    nr_free(names->slots);
    names->slots = slots;
    names->slot_count = larger;
    for (size_t i = 0; i < names->count; i++) slots[slot_of(names, names->texts[i])] = i + 1;
    return true;
}

size_t nr_names_add(nr_names *names, const char *text)
{
    if (!make_room(names)) return NR_NO_NAME;
    size_t s = slot_of(names, text);
    if (names->slots[s] != 0) return names->slots[s] - 1;
    const char *copy = nr_arena_text(&names->arena, text);
    if (copy == NULL) return NR_NO_NAME;
    names->texts[names->count] = copy;
    names->slots[s] = ++names->count;
    return names->count - 1;
}

size_t nr_names_find(const nr_names *names, const char *text)
{
    if (names->slot_count == 0) return NR_NO_NAME;
    size_t s = slot_of(names, text);
    return names->slots[s] == 0 ? NR_NO_NAME : names->slots[s] - 1;
}

const char *nr_names_known(const void *names, size_t i)
{
    const nr_names *set = names;
    return i < set->count ? set->texts[i] : NULL;
}

void nr_names_clear(nr_names *names)
{
    nr_arena_clear(&names->arena);
    nr_free(names->texts);
    nr_free(names->slots);
    *names = (nr_names){0};
}
