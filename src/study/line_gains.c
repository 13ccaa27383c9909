#include "study/line_gains.h"

#include <math.h>
#include <string.h>

#include "access/inequality.h"
#include "base/progress.h"
#include "base/ranks.h"
#include "base/threads.h"

/* ---- as it is ---- */

static void read_minutes(double *minutes, const nr_stop_times *t)
{
    for (size_t i = 0; i < t->n; i++)
        for (size_t j = 0; j < t->n; j++) {
            nr_ticks ticks = t->between[i * t->stride + j];
            minutes[t->place[i] * t->n + t->place[j]] =
                nr_ticks_value(ticks == NR_NO_WAY ? NR_NEVER : ticks, NR_TICKS_PER_MINUTE);
        }
}

/* A place's weight among those that have a mean time. */
static void weigh(nr_gains *g, const double *means)
{
    const nr_stop_times *t = &g->candidates->times;
    double all = 0;
    g->mean_min = 0;
    for (size_t i = 0; i < g->n; i++) {
        double mass = g->mass[t->place[i]], mean = means[t->place[i]];
        g->to[i] = isnan(mass) ? 0 : mass;
        g->mean[i] = isfinite(mean) ? mean : NAN;
        if (isnan(g->mean[i]) || isnan(mass)) continue;
        all += mass;
        g->mean_min += mass * mean;
    }
    g->mean_min /= all;
    for (size_t i = 0; i < g->n; i++) {
        for (size_t j = 0; j < g->n; j++)
            if (j != i && t->between[i * t->stride + j] < NR_NO_WAY) g->reached[i] += g->to[j];
        g->from[i] = isnan(g->mean[i]) || !(g->reached[i] > 0)
                         ? 0
                         : g->to[i] / all / g->reached[i] / NR_TICKS_PER_MINUTE;
    }
}

static nearer_status order_means(nr_gains *g, nearer_error *err)
{
    NR_TRY(nr_sample_order(g->order, g->mean, g->n, err));
    g->known = 0;
    for (size_t k = 0; k < g->n; k++)
        if (!isnan(g->mean[g->order[k]])) g->order[g->known++] = g->order[k];
    return NEARER_OK;
}

/* Of values that were in order before a few fell: they are put back one by one. */
static void put_in_order(double *x, size_t n)
{
    for (size_t k = 1; k < n; k++) {
        double value = x[k];
        size_t at = k;
        for (; at > 0 && x[at - 1] > value; at--) x[at] = x[at - 1];
        x[at] = value;
    }
}

static double gini_with(const nr_gains *g, const double *saved, double *room)
{
    for (size_t k = 0; k < g->known; k++) {
        size_t i = g->order[k];
        room[k] = g->mean[i] - (saved == NULL || !(g->reached[i] > 0)
                                    ? 0
                                    : saved[i] / g->reached[i] / NR_TICKS_PER_MINUTE);
    }
    put_in_order(room, g->known);
    return nr_gini_ascending(room, g->known);
}

static nearer_status find_base(nr_gains *g, nearer_error *err)
{
    double *minutes = nr_alloc(g->n, g->n * sizeof *minutes),
           *means = nr_alloc(g->n, sizeof *means);
    const nearer_measure_spec mean_time = {
        .measure = "mean_time", .mass = g->spec->mass, .cutoff_min = NAN, .own_min = NAN};
    nearer_status status = minutes == NULL || means == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) read_minutes(minutes, &g->candidates->times);
    if (status == NEARER_OK)
        status =
            nr_study_score(means, g->study, g->query.date, &g->query, &mean_time, minutes, err);
    if (status == NEARER_OK)
        status =
            nr_study_score(g->scores, g->study, g->query.date, &g->query, g->spec, minutes, err);
    if (status == NEARER_OK) weigh(g, means);
    if (status == NEARER_OK && isnan(g->mean_min))
        status = nr_fail(err, NEARER_NODATA,
                         "no place has a mean time and a mass above 0: nothing can be weighed");
    if (status == NEARER_OK) status = order_means(g, err);
    if (status == NEARER_OK) g->gini = gini_with(g, NULL, means);
    nr_free(minutes);
    nr_free(means);
    return status;
}

static nearer_status check_measure(const nr_measure *measure, nearer_error *err)
{
    unsigned of_ways = NR_KNOWS_LENGTHS | NR_KNOWS_PASSING | NR_KNOWS_MODES;
    if ((measure->knows & of_ways) != 0)
        return nr_fail(err, NEARER_USAGE,
                       "measure '%s' needs more than minutes, which is all that is known of a line "
                       "that is tried; nearer line computes it for one",
                       measure->id);
    if (measure->columns == NULL) return NEARER_OK;
    return nr_fail(err, NEARER_USAGE, "measure '%s' gives several scores; lines are ranked by one",
                   measure->id);
}

nearer_status nr_gains_init(nr_gains *g, const nearer_study *study, const nearer_query *query,
                            const nearer_measure_spec *spec, nr_candidates *candidates,
                            nearer_error *err)
{
    size_t n = study->network->place_count;
    *g = (nr_gains){.study = study,
                    .query = *query,
                    .spec = spec,
                    .candidates = candidates,
                    .n = n,
                    .from = nr_alloc(n, sizeof(double)),
                    .to = nr_alloc(candidates->times.stride, sizeof(double)),
                    .mean = nr_alloc(n, sizeof(double)),
                    .reached = nr_alloc(n, sizeof(double)),
                    .scores = nr_alloc(n, sizeof(double)),
                    .order = nr_alloc(n, sizeof(size_t))};
    if (!g->from || !g->to || !g->mean || !g->reached || !g->scores || !g->order)
        return nr_fail_memory(err);
    NR_TRY(nr_measure_find(&g->measure, spec->measure, err));
    NR_TRY(check_measure(g->measure, err));
    NR_TRY(nr_study_mass(&g->mass, study, spec->mass, err));
    return find_base(g, err);
}

void nr_gains_clear(nr_gains *g)
{
    nr_free(g->from);
    nr_free(g->to);
    nr_free(g->mean);
    nr_free(g->reached);
    nr_free(g->scores);
    nr_free(g->order);
    *g = (nr_gains){0};
}

/* ---- one line after the other ---- */

/* Lines are tried in chunks, which go round the processes, and chunks in blocks. Lines of a chunk
 * take turns at a few rows of the times, so that these are fetched once for all. */
enum { CHUNK = 32, BLOCK = 64, ABREAST = 8, ROWS = 32 };

typedef struct worker {
    nr_insertion insertion[ABREAST];
    double *saved[ABREAST], *room; /* n each */
    nr_ticks *ride[ABREAST];
    uint32_t *stops[ABREAST];
} worker;

typedef struct trial {
    nr_gain *out;
    nr_gains *gains;
    const size_t *which;
    size_t count, first_chunk; /* of the block */
    worker *workers;
} trial;

static nearer_status worker_init(worker *w, const nr_gains *g, nearer_error *err)
{
    *w = (worker){.room = nr_alloc(g->n, sizeof(double))};
    if (w->room == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < ABREAST; k++) {
        w->saved[k] = nr_alloc(g->n, sizeof(double));
        w->ride[k] = nr_alloc((size_t)NR_MOST_STOPS * NR_MOST_STOPS, sizeof(nr_ticks));
        w->stops[k] = nr_alloc(NR_MOST_STOPS, sizeof(uint32_t));
        if (!w->saved[k] || !w->ride[k] || !w->stops[k]) return nr_fail_memory(err);
        NR_TRY(nr_insertion_init(&w->insertion[k], &g->candidates->times, err));
    }
    return NEARER_OK;
}

static void worker_clear(worker *w)
{
    for (size_t k = 0; k < ABREAST; k++) {
        nr_insertion_clear(&w->insertion[k]);
        nr_free(w->saved[k]);
        nr_free(w->ride[k]);
        nr_free(w->stops[k]);
    }
    nr_free(w->room);
}

static void begin(worker *w, size_t k, const nr_gains *g, size_t candidate)
{
    const nr_new_line line = nr_candidate_line(w->ride[k], w->stops[k], g->candidates, candidate);
    nr_insertion_begin(&w->insertion[k], &line);
}

static void try_rows(nr_gain *out, worker *w, size_t k, const nr_gains *g, size_t row, size_t end)
{
    nr_insertion *x = &w->insertion[k];
    nr_insertion_saved(&out->saved_min, w->saved[k], x, g->from, g->to, row, end);
    if (g->candidates->times.unreachable > 0)
        nr_insertion_count(&out->faster, &out->connected, x, row, end);
}

/* The lines tried as number first .. first + count - 1. */
static void try_abreast(trial *t, worker *w, size_t first, size_t count)
{
    const nr_gains *g = t->gains;
    for (size_t k = 0; k < count; k++)
        begin(w, k, g, t->which == NULL ? first + k : t->which[first + k]);
    for (size_t row = 0; row < g->n; row += ROWS)
        for (size_t k = 0; k < count; k++)
            try_rows(&t->out[first + k], w, k, g, row, row + ROWS < g->n ? row + ROWS : g->n);
    for (size_t k = 0; k < count; k++) t->out[first + k].gini = gini_with(g, w->saved[k], w->room);
}

static void try_chunk(void *context, size_t i, size_t worker_number)
{
    trial *t = context;
    worker *w = &t->workers[worker_number];
    size_t chunk = t->first_chunk + i, first = chunk * CHUNK;
    if (chunk % nr_ranks() != nr_ranks_own()) return;
    size_t end = first + CHUNK < t->count ? first + CHUNK : t->count;
    for (size_t k = first; k < end; k += ABREAST)
        try_abreast(t, w, k, end - k < ABREAST ? end - k : ABREAST);
}

static void try_all(trial *t)
{
    size_t chunks = (t->count + CHUNK - 1) / CHUNK;
    for (t->first_chunk = 0; t->first_chunk < chunks; t->first_chunk += BLOCK) {
        size_t left = chunks - t->first_chunk;
        nr_parallel_for(left < BLOCK ? left : BLOCK, try_chunk, t);
        nr_progress("lines", t->first_chunk + (left < BLOCK ? left : BLOCK), chunks);
    }
}

static nearer_status change_of(double *out, const nr_gains *g, const nearer_measure_spec *spec,
                               const double *before, const double *after, nearer_error *err)
{
    const nr_measure *measure = NULL;
    const double *mass;
    double sum = 0, weight = 0;
    NR_TRY(nr_measure_find(&measure, spec->measure, err));
    NR_TRY(nr_study_mass(&mass, g->study, spec->mass, err));
    for (size_t i = 0; i < g->n; i++) {
        if (!isfinite(before[i]) || !isfinite(after[i]) || isnan(mass[i])) continue;
        sum += mass[i] * (measure->low_is_good ? before[i] - after[i] : after[i] - before[i]);
        weight += mass[i];
    }
    *out = weight > 0 ? sum / weight : NAN;
    return NEARER_OK;
}

static nearer_status score_with(double *out, const nr_gains *g, worker *w, double *minutes,
                                const nearer_measure_spec *spec, const double *scores,
                                size_t candidate, nearer_error *err)
{
    begin(w, 0, g, candidate);
    nr_insertion_minutes(minutes, &w->insertion[0]);
    NR_TRY(nr_study_score(w->saved[0], g->study, g->query.date, &g->query, spec, minutes, err));
    return change_of(out, g, spec, scores, w->saved[0], err);
}

static nearer_status score_all(trial *t, nearer_error *err)
{
    nr_gains *g = t->gains;
    double *minutes = nr_alloc(g->n, g->n * sizeof *minutes);
    nearer_status status = minutes == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t k = 0; status == NEARER_OK && k < t->count; k++) {
        t->out[k].score = 0;
        if (k / CHUNK % nr_ranks() == nr_ranks_own())
            status = score_with(&t->out[k].score, g, t->workers, minutes, g->spec, g->scores,
                                t->which == NULL ? k : t->which[k], err);
        nr_progress("lines", k + 1, t->count);
    }
    nr_free(minutes);
    return status;
}

/* Each process has tried some: all have all. */
static nearer_status share(nr_gain *tried, size_t count, bool scored, nearer_error *err)
{
    enum { PARTS = 5 };
    double *numbers = nr_alloc(count, PARTS * sizeof *numbers);
    if (numbers == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < count; k++) {
        const nr_gain *g = &tried[k];
        const double parts[PARTS] = {g->saved_min, g->gini, scored ? g->score : 0,
                                     (double)g->faster, (double)g->connected};
        memcpy(numbers + PARTS * k, parts, sizeof parts);
    }
    nr_ranks_sum(numbers, PARTS * count);
    for (size_t k = 0; k < count; k++) {
        const double *n = numbers + PARTS * k;
        tried[k] = (nr_gain){n[0], n[1], scored ? n[2] : (double)NAN, (size_t)n[3], (size_t)n[4]};
    }
    nr_free(numbers);
    return NEARER_OK;
}

nearer_status nr_gains_try(nr_gain *out, nr_gains *g, const size_t *which, size_t count,
                           bool scored, nearer_error *err)
{
    size_t workers = nr_workers();
    trial t = {.out = out, .gains = g, .which = which, .count = count};
    t.workers = nr_alloc(workers, sizeof *t.workers);
    nearer_status status = t.workers == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t k = 0; status == NEARER_OK && k < workers; k++)
        status = worker_init(&t.workers[k], g, err);
    for (size_t k = 0; k < count; k++) out[k] = (nr_gain){0, 0, NAN, 0, 0};
    if (status == NEARER_OK) try_all(&t);
    scored = scored && strcmp(g->measure->id, "mean_time") != 0;
    if (status == NEARER_OK && scored) status = score_all(&t, err);
    if (status == NEARER_OK && nr_ranks() > 1) status = share(out, count, scored, err);
    for (size_t k = 0; t.workers != NULL && k < workers; k++) worker_clear(&t.workers[k]);
    nr_free(t.workers);
    return status;
}

nearer_status nr_gains_score(nr_gain *out, nr_gains *g, const nearer_measure_spec *spec,
                             const size_t *which, size_t count, nearer_error *err)
{
    worker w;
    double *minutes = nr_alloc(g->n, g->n * sizeof *minutes),
           *scores = nr_alloc(g->n, sizeof *scores);
    nearer_status status = worker_init(&w, g, err);
    if (status == NEARER_OK && (minutes == NULL || scores == NULL)) status = nr_fail_memory(err);
    if (status == NEARER_OK) {
        read_minutes(minutes, &g->candidates->times);
        status = nr_study_score(scores, g->study, g->query.date, &g->query, spec, minutes, err);
    }
    for (size_t k = 0; status == NEARER_OK && k < count; k++) {
        status = score_with(&out[k].score, g, &w, minutes, spec, scores, which[k], err);
        out[k].faster = out[k].connected = 0;
        nr_insertion_count(&out[k].faster, &out[k].connected, w.insertion, 0, g->n);
    }
    worker_clear(&w);
    nr_free(minutes);
    nr_free(scores);
    return status;
}

nearer_status nr_gains_build(nr_gains *g, size_t candidate, nearer_error *err)
{
    worker w;
    nearer_status status = worker_init(&w, g, err);
    if (status == NEARER_OK) {
        begin(&w, 0, g, candidate);
        status = nr_insertion_apply(&g->candidates->times, w.insertion, NULL, err);
    }
    worker_clear(&w);
    return status;
}
