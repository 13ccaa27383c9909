/* The kernels of graph/lanes.h, written once: lanes.c includes this for each kind of registers,
 * with NAME(x), TARGET, vec (NR_LANES numbers) and the functions load, store, lower, cut and falls.
 */

TARGET static void NAME(up)(nr_ticks *lanes, const uint32_t *seen, uint32_t count,
                            const uint32_t *slot, const nr_ways *ways)
{
    bool far = false;
    for (size_t s = 0; s < count; s++) {
        vec from = NAME(cut)(NAME(load)(&lanes[(s + 1) * NR_LANES]), &far);
        for (uint32_t k = ways->first[seen[s]]; k < ways->first[seen[s] + 1]; k++) {
            nr_ticks *to = &lanes[(size_t)slot[ways->ways[k].at] * NR_LANES];
            NAME(store)(to, NAME(lower)(NAME(load)(to), from, ways->ways[k].ticks));
        }
        NAME(store)(&lanes[(s + 1) * NR_LANES], from);
    }
}

TARGET static bool NAME(down)(nr_ticks *lanes, uint32_t count, const nr_ticks *up,
                              const uint32_t *start, const nr_ways *ways)
{
    bool far = false;
    for (size_t v = 0; v < count; v++) {
        vec best = NAME(load)(&up[(size_t)start[v] * NR_LANES]);
        for (uint32_t k = ways->first[v]; k < ways->first[v + 1]; k++) {
            SOON(&lanes[(size_t)ways->ways[k + NR_AHEAD].at * NR_LANES]);
            best = NAME(lower)(best, NAME(load)(&lanes[(size_t)ways->ways[k].at * NR_LANES]),
                               ways->ways[k].ticks);
        }
        NAME(store)(&lanes[v * NR_LANES], NAME(cut)(best, &far));
    }
    return far;
}

TARGET static bool NAME(settle)(nr_ticks *lanes, uint32_t count, uint64_t *marks,
                                const nr_ways *ways)
{
    bool far = false, again = true;
    while (again) {
        again = false;
        for (size_t word = 0; word <= count / 64; word++)
            while (marks[word] != 0) {
                uint32_t v = (uint32_t)(word * 64) + (uint32_t)nr_lowest_bit(marks[word]);
                marks[word] &= marks[word] - 1;
                vec from = NAME(cut)(NAME(load)(&lanes[(size_t)v * NR_LANES]), &far);
                NAME(store)(&lanes[(size_t)v * NR_LANES], from);
                for (uint32_t k = ways->first[v]; k < ways->first[v + 1]; k++) {
                    uint32_t at = ways->ways[k].at;
                    vec before = NAME(load)(&lanes[(size_t)at * NR_LANES]);
                    vec after = NAME(lower)(before, from, ways->ways[k].ticks);
                    if (!NAME(falls)(after, before)) continue;
                    NAME(store)(&lanes[(size_t)at * NR_LANES], after);
                    marks[at / 64] |= (uint64_t)1 << at % 64;
                    again = true;
                }
            }
    }
    return far;
}

#undef NAME
#undef TARGET
#undef vec
