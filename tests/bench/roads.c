/* A made-up road graph for tests/bench/matrix.sh: a grid of streets, some missing, every tenth a
 * main road and every hundredth a motorway; all ways both ways. DIMACS on stdout, tenths of
 * seconds. bench_roads ACROSS > roads.gr */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 1;

static unsigned below(unsigned n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((state >> 33) % n);
}

/* Minutes fall on better roads; 62 in 100 streets are there, main roads all. */
static unsigned weight(unsigned line)
{
    if (line % 100 == 0) return 20 + below(10);
    if (line % 10 == 0) return 50 + below(40);
    return below(100) < 58 ? 120 + below(200) : 0;
}

static void pass(unsigned across, FILE *out, unsigned long *arcs)
{
    state = 1;
    for (unsigned y = 0; y < across; y++)
        for (unsigned x = 0; x < across; x++) {
            unsigned long here = (unsigned long)y * across + x + 1;
            unsigned east = x + 1 < across ? weight(y) : 0, south = y + 1 < across ? weight(x) : 0;
            *arcs += (east > 0 ? 2u : 0u) + (south > 0 ? 2u : 0u);
            if (out == NULL) continue;
            if (east > 0)
                fprintf(out, "a %lu %lu %u\na %lu %lu %u\n", here, here + 1, east, here + 1, here,
                        east);
            if (south > 0)
                fprintf(out, "a %lu %lu %u\na %lu %lu %u\n", here, here + across, south,
                        here + across, here, south);
        }
}

int main(int argc, char **argv)
{
    unsigned across = argc > 1 ? (unsigned)atoi(argv[1]) : 1000;
    unsigned long arcs = 0;
    pass(across, NULL, &arcs);
    printf("p sp %lu %lu\n", (unsigned long)across * across, arcs);
    pass(across, stdout, &arcs);
    return 0;
}
