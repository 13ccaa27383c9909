/* How long it takes to try every possible new line of a study, exactly, beside one run of igraph
 * with one line added.  bench_lines STUDY YEAR [CLASS KMH MASS] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/clock.h"
#include "base/memory.h"
#include "graph/times.h"
#include "study/line_gains.h"

static void stop(const nearer_error *err)
{
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}
#define DO(call) \
    if ((call) != NEARER_OK) stop(&err)

static void use_threads(int count)
{
#ifdef _OPENMP
    omp_set_num_threads(count);
#else
    (void)count;
#endif
}

/* The best of three: others may use the machine. */
static double try_all(nr_gains *gains, nr_gain *tried)
{
    nearer_error err;
    double best = INFINITY;
    for (int k = 0; k < 3; k++) {
        double begin = nr_clock();
        DO(nr_gains_try(tried, gains, NULL, gains->candidates->count, false, &err));
        best = fmin(best, nr_clock() - begin);
    }
    return best;
}

static double insert_all(nr_insertion *insertion, nr_candidates *c, const nr_gains *gains)
{
    static nr_ticks ride[NR_MOST_STOPS * NR_MOST_STOPS];
    uint32_t stops[NR_MOST_STOPS];
    double begin = nr_clock(), sum = 0;
    for (size_t k = 0; k < c->count; k++) {
        const nr_new_line line = nr_candidate_line(ride, stops, c, k);
        nr_insertion_begin(insertion, &line);
        nr_insertion_saved(&sum, NULL, insertion, gains->from, gains->to, 0, gains->n);
    }
    return sum >= 0 ? nr_clock() - begin : NAN;
}

/* Lines of ten stops: each from a stop to the nearest that it has not called at, at first in a
 * direction. */
static void make_long_lines(nr_candidates *c, size_t stops)
{
    size_t n = c->stop_count, count = 1000;
    nr_candidate *items = nr_alloc(count, sizeof *items);
    nr_halt *halts = nr_alloc(count * stops, sizeof *halts);
    bool *seen = nr_alloc(n, sizeof *seen);
    if (items == NULL || halts == NULL || seen == NULL) exit(1);
    for (size_t k = 0; k < count; k++) {
        uint32_t at = (uint32_t)(k * 7919 % n);
        items[k] = (nr_candidate){.name = "long",
                                  .first = k * stops,
                                  .count = stops,
                                  .dwell = (nr_ticks)(2 * NR_TICKS_PER_MINUTE)};
        memset(seen, 0, n * sizeof *seen);
        for (size_t s = 0; s < stops; s++) {
            double least = INFINITY;
            uint32_t next = at;
            seen[at] = true;
            for (uint32_t b = 0; b < n; b++) {
                double km = nr_geodesic_km(c->network->nodes[c->nodes[at]].at,
                                           c->network->nodes[c->nodes[b]].at);
                if (seen[b] || km < 80 || km >= least) continue;
                least = km;
                next = b;
            }
            halts[k * stops + s] =
                (nr_halt){at, (nr_ticks)(least * 1.2 / 300 * 60 * NR_TICKS_PER_MINUTE)};
            at = next;
        }
    }
    nr_free(seen);
    nr_free(c->items);
    nr_free(c->halts);
    c->items = items;
    c->halts = halts;
    c->count = count;
    c->halt_count = count * stops;
}

int main(int argc, char **argv)
{
    nearer_error err;
    nearer_study *study = NULL;
    if (argc < 3) return 2;
    DO(nearer_study_read(&study, argv[1], &err));
    nearer_query query = {.date = nearer_date_year_end(atoi(argv[2]))};
    const nearer_lines_spec spec = {.class_id = argc > 3 && argv[3][0] != 0 ? argv[3] : NULL,
                                    .speed_kmh = argc > 4 ? atof(argv[4]) : 300,
                                    .detour = NAN};
    const nearer_measure_spec mean_time = {.measure = "mean_time",
                                           .mass = argc > 5 ? argv[5] : NULL,
                                           .cutoff_min = NAN,
                                           .own_min = NAN};
    nr_candidates candidates;
    nr_gains gains;
    nr_insertion insertion;
    double begin = nr_clock();
    DO(nr_candidates_find(&candidates, study, &query, &spec, &err));
    double found = nr_clock();
    DO(nr_gains_init(&gains, study, &query, &mean_time, &candidates, &err));
    DO(nr_insertion_init(&insertion, &candidates.times, &err));
    nr_gain *tried = nr_alloc(candidates.count, sizeof *tried);
    if (tried == NULL) return 1;
    printf("%zu places, %zu candidates; found with all times to their stops in %.0f ms\n", gains.n,
           candidates.count, 1e3 * (found - begin));

    use_threads(1);
    double one = insert_all(&insertion, &candidates, &gains);
    for (int k = 0; k < 4; k++) one = fmin(one, insert_all(&insertion, &candidates, &gains));
    double with_gini = try_all(&gains, tried);
    use_threads(2);
    double two = try_all(&gains, tried);
    printf(
        "gain of each, one thread: %.3f s, %.0f a second (with the Gini index of mean times %.3f "
        "s)\n",
        one, (double)candidates.count / one, with_gini);
    printf("with the index, two threads: %.3f s, %.2f x\n", two, with_gini / two);

    use_threads(1);
    query.engine = "igraph";
    double igraph = INFINITY;
    for (int k = 0; k < 3; k++) {
        nearer_times *times = NULL;
        begin = nr_clock();
        DO(nearer_times_compute(&times, nearer_study_network(study), &query, &err));
        igraph = fmin(igraph, nr_clock() - begin);
        nearer_times_free(times);
    }
    printf("igraph, all times once: %.1f ms, as long as %.0f candidates\n", 1e3 * igraph,
           igraph / (one / (double)candidates.count));

    make_long_lines(&candidates, 10);
    double ten = insert_all(&insertion, &candidates, &gains);
    for (int k = 0; k < 4; k++) ten = fmin(ten, insert_all(&insertion, &candidates, &gains));
    printf("lines of ten stops: %.1f us each, %.0f in one run of igraph\n",
           1e6 * ten / (double)candidates.count, igraph / (ten / (double)candidates.count));
    return 0;
}
