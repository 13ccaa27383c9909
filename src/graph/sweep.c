#include "graph/sweep.h"

#include <string.h>

nearer_status nr_sweep_make(nr_sweep *out, const nr_hierarchy *h, const uint32_t *targets,
                            size_t target_count, nearer_error *err)
{
    uint32_t n = h->vertices, ways = 0;
    nr_sweep s = {.hierarchy = h, .target_count = target_count, .kernels = nr_kernels_known()[0]};
    s.part_of = nr_alloc(n, sizeof *s.part_of);
    s.targets = nr_alloc(target_count, sizeof *s.targets);
    bool good = s.part_of != NULL && s.targets != NULL;
    for (size_t t = 0; good && t < target_count; t++) s.part_of[h->position[targets[t]]] = 1;
    for (uint32_t p = n; good && p-- > 0;) { /* what leads to the part is of the part */
        if (s.part_of[p] == 0) continue;
        s.count++;
        ways += h->down.first[p + 1] - h->down.first[p];
        for (uint32_t k = h->down.first[p]; k < h->down.first[p + 1]; k++)
            s.part_of[h->down.ways[k].at] = 1;
    }
    s.down.first = nr_alloc((size_t)s.count + 1, sizeof *s.down.first);
    s.down.ways = nr_alloc((size_t)ways + NR_AHEAD, sizeof *s.down.ways);
    good = good && s.down.first != NULL && s.down.ways != NULL;
    uint32_t number = 0, filled = 0;
    for (uint32_t p = 0; good && p < n; p++) {
        if (s.part_of[p] == 0) {
            s.part_of[p] = NR_NOT_IN_PART;
            continue;
        }
        s.part_of[p] = number++;
        for (uint32_t k = h->down.first[p]; k < h->down.first[p + 1]; k++)
            s.down.ways[filled++] = (nr_way){s.part_of[h->down.ways[k].at], h->down.ways[k].ticks};
        s.down.first[number] = filled;
    }
    for (size_t t = 0; good && t < target_count; t++)
        s.targets[t] = s.part_of[h->position[targets[t]]];
    if (good) {
        *out = s;
        return NEARER_OK;
    }
    nr_sweep_clear(&s);
    return nr_fail_memory(err);
}

void nr_sweep_clear(nr_sweep *s)
{
    nr_free(s->part_of);
    nr_free(s->targets);
    nr_free(s->down.first);
    nr_free(s->down.ways);
    *s = (nr_sweep){0};
}

bool nr_lanes_init(nr_lanes *lanes, const nr_sweep *sweep)
{
    size_t n = sweep->hierarchy->vertices;
    *lanes = (nr_lanes){.down = nr_alloc_aligned(sweep->count, NR_LANES * sizeof *lanes->down),
                        .slot = nr_alloc(n, sizeof *lanes->slot),
                        .marks = nr_alloc(n / 64 + 1, sizeof *lanes->marks),
                        .start = nr_alloc(sweep->count, sizeof *lanes->start)};
    return lanes->down != NULL && lanes->slot != NULL && lanes->marks != NULL &&
           lanes->start != NULL;
}

void nr_lanes_clear(nr_lanes *lanes)
{
    nr_free(lanes->up);
    nr_free(lanes->down);
    nr_free(lanes->seen);
    nr_free(lanes->slot);
    nr_free(lanes->marks);
    nr_free(lanes->start);
}

static bool see(nr_lanes *l, uint32_t position)
{
    uint64_t bit = (uint64_t)1 << position % 64;
    if (l->marks[position / 64] & bit) return true;
    l->marks[position / 64] |= bit;
    if (l->seen_count == l->seen_capacity) {
        uint32_t larger = l->seen_capacity == 0 ? 1024 : 2 * l->seen_capacity;
        uint32_t *seen = nr_realloc(l->seen, larger, sizeof *seen);
        if (seen != NULL) l->seen = seen;
        nr_free(l->up); /* nothing is in it yet */
        l->up = nr_alloc_aligned((size_t)larger + 1, NR_LANES * sizeof *l->up);
        if (seen == NULL || l->up == NULL) return false;
        l->seen_capacity = larger;
    }
    l->seen[l->seen_count++] = position;
    return true;
}

/* All that can be reached upwards, then its positions in descending order: the way up. */
static bool find_way_up(nr_lanes *l, const nr_hierarchy *h, const nr_lane_row *rows, size_t count)
{
    l->seen_count = 0;
    bool good = true;
    uint32_t lowest = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t p = h->position[rows[i].source];
        good = good && see(l, p);
        lowest = p > lowest ? p : lowest;
    }
    for (uint32_t i = 0; good && i < l->seen_count; i++)
        for (uint32_t k = h->up.first[l->seen[i]]; good && k < h->up.first[l->seen[i] + 1]; k++)
            good = see(l, h->up.ways[k].at);
    uint32_t found = 0;
    for (size_t word = (size_t)lowest / 64 + 1; word-- > 0;)
        while (l->marks[word] != 0) {
            int bit = nr_highest_bit(l->marks[word]);
            l->marks[word] &= ~((uint64_t)1 << bit);
            uint32_t p = (uint32_t)word * 64 + (uint32_t)bit;
            l->seen[found++] = p;
            l->slot[p] = found; /* from 1: the lane before them all has no way */
        }
    return good;
}

static void go_up(const nr_sweep *s, nr_lanes *l, const nr_lane_row *rows, size_t count)
{
    const nr_hierarchy *h = s->hierarchy;
    for (size_t i = 0; i < ((size_t)l->seen_count + 1) * NR_LANES; i++) l->up[i] = NR_NOT_YET;
    for (size_t i = 0; i < count; i++)
        l->up[(size_t)l->slot[h->position[rows[i].source]] * NR_LANES + i] = 0;
    s->kernels->up(l->up, l->seen, l->seen_count, l->slot, &h->up);
}

/* Where the part is entered from the way up; afterwards nowhere again. */
static void set_starts(const nr_sweep *s, nr_lanes *l, bool entered)
{
    for (uint32_t i = 0; i < l->seen_count; i++) {
        uint32_t number = s->part_of[l->seen[i]];
        if (number != NR_NOT_IN_PART) l->start[number] = entered ? i + 1 : 0;
    }
}

/* Lanes into rows, a square of them at a time; the rest by hand. */
static void put_out(const nr_sweep *s, const nr_lanes *l, const nr_lane_row *rows, size_t count)
{
    nr_ticks unused[NR_LANES], *out[NR_LANES];
    const nr_ticks *from[NR_LANES];
    size_t first = 0;
    for (; first + NR_LANES <= s->target_count; first += NR_LANES) {
        for (size_t t = 0; t < NR_LANES; t++)
            from[t] = &l->down[(size_t)s->targets[first + t] * NR_LANES];
        for (size_t i = 0; i < NR_LANES; i++) out[i] = i < count ? rows[i].out + first : unused;
        s->kernels->turn(out, from);
    }
    for (size_t t = first; t < s->target_count; t++) {
        from[0] = &l->down[(size_t)s->targets[t] * NR_LANES];
        for (size_t i = 0; i < count; i++)
            rows[i].out[t] = from[0][i] >= NR_NOT_YET ? NR_NEVER : from[0][i];
    }
}

bool nr_sweep_run(bool *far, const nr_sweep *s, nr_lanes *l, const nr_lane_row *rows, size_t count)
{
    if (!find_way_up(l, s->hierarchy, rows, count)) return false;
    go_up(s, l, rows, count);
    set_starts(s, l, true);
    *far = s->kernels->down(l->down, s->count, l->up, l->start, &s->down);
    put_out(s, l, rows, count);
    set_starts(s, l, false);
    return true;
}
