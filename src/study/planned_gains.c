/* Access with the lines of each arrangement in the network. */
#include <math.h>
#include <string.h>

#include "base/progress.h"
#include "base/threads.h"
#include "study/planned.h"

/* Arrangements at a time: their minutes are held, 256 MB at the most, but of one always. */
enum { MOST_AT_ONCE = 16 };

static size_t at_once(size_t n)
{
    size_t room = 256000000 / (n * n * sizeof(double));
    return room == 0 ? 1 : room < MOST_AT_ONCE ? room : MOST_AT_ONCE;
}

/* ---- networks ---- */

typedef struct worker {
    nr_stop_times times; /* grows */
    nr_insertion insertion;
    nr_ticks *ride;
    uint32_t *stops;
    uint32_t *wanted; /* of each stop of the times: lines still to be opened that call there */
} worker;

typedef struct building {
    const nr_planned *p;
    worker *workers;
    const bool *open; /* of the block */
    size_t block;
    double *minutes; /* block x n x n */
    nearer_status *status;
} building;

static nearer_status worker_init(worker *w, const nr_planned *p, nearer_error *err)
{
    w->ride = nr_alloc((size_t)NR_MOST_STOPS * NR_MOST_STOPS, sizeof *w->ride);
    w->stops = nr_alloc(NR_MOST_STOPS, sizeof *w->stops);
    w->wanted = nr_alloc(p->candidates.stop_count, sizeof *w->wanted);
    if (w->ride == NULL || w->stops == NULL || w->wanted == NULL) return nr_fail_memory(err);
    NR_TRY(nr_stop_times_copy(&w->times, &p->candidates.times, err));
    return nr_insertion_init(&w->insertion, &w->times, err);
}

static void worker_clear(worker *w)
{
    nr_insertion_clear(&w->insertion);
    nr_stop_times_clear(&w->times);
    nr_free(w->ride);
    nr_free(w->stops);
    nr_free(w->wanted);
}

/* A pair that could not be travelled before stays out, so that gains are over the same pairs. */
static void read_minutes(double *minutes, const nr_stop_times *t, const nr_stop_times *before)
{
    for (size_t i = 0; i < t->n; i++)
        for (size_t j = 0; j < t->n; j++) {
            size_t k = i * t->stride + j;
            minutes[t->place[i] * t->n + t->place[j]] =
                before->between[k] == NR_NO_WAY
                    ? INFINITY
                    : nr_ticks_value(t->between[k], NR_TICKS_PER_MINUTE);
        }
}

static void want_stops(worker *w, const nr_planned *p, size_t k, bool more)
{
    const nr_candidate *line = &p->candidates.items[p->line[k]];
    for (size_t h = line->first; h < line->first + line->count; h++) {
        uint32_t *wanted = &w->wanted[p->candidates.halts[h].stop];
        *wanted += more ? 1 : UINT32_MAX; /* less one */
    }
}

static nearer_status open_lines(worker *w, const nr_planned *p, const bool *open)
{
    nr_stop_times_set(&w->times, &p->candidates.times);
    memset(w->wanted, 0, p->candidates.stop_count * sizeof *w->wanted);
    for (size_t k = 0; k < p->count; k++)
        if (open[k]) want_stops(w, p, k, true);
    for (size_t k = 0; k < p->count; k++) {
        if (!open[k]) continue;
        const nr_new_line line = nr_candidate_line(w->ride, w->stops, &p->candidates, p->line[k]);
        nr_insertion_begin(&w->insertion, &line);
        want_stops(w, p, k, false);
        NR_TRY(nr_insertion_apply(&w->times, &w->insertion, w->wanted, NULL));
    }
    return NEARER_OK;
}

static void build_one(void *context, size_t i, size_t worker_number)
{
    building *b = context;
    worker *w = &b->workers[worker_number];
    b->status[i] = open_lines(w, b->p, b->open + i * b->p->count);
    read_minutes(b->minutes + i * b->p->n * b->p->n, &w->times, &b->p->candidates.times);
}

/* ---- access ---- */

typedef struct scorer {
    nr_planned *p;
    const nearer_measure_spec *measure;
    bool low_is_good;
    double *before, *after; /* n each */
} scorer;

static nearer_status score(double *out, const scorer *s, const double *minutes, nearer_error *err)
{
    const nr_planned *p = s->p;
    return nr_study_score(out, p->study, p->query.date, &p->query, s->measure, minutes, err);
}

static nearer_status gain_of(double *out, const scorer *s, const double *minutes, nearer_error *err)
{
    NR_TRY(score(s->after, s, minutes, err));
    for (size_t i = 0; i < s->p->n; i++)
        out[i] = log(s->after[i] / s->before[i]) * (s->low_is_good ? -1 : 1);
    return NEARER_OK;
}

static nearer_status build_block(building *b, const bool *open, size_t count, nearer_error *err)
{
    b->open = open;
    nr_parallel_for(count, build_one, b);
    for (size_t i = 0; i < count; i++)
        if (b->status[i] != NEARER_OK) return nr_fail_memory(err);
    return NEARER_OK;
}

static nearer_status score_all(const scorer *s, building *b, nearer_error *err)
{
    nr_planned *p = s->p;
    size_t pairs = p->n * p->n;
    bool *rest = nr_alloc(p->count, sizeof *rest);
    if (rest == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < p->count; k++) rest[k] = !p->open[k];
    nearer_status status = build_block(b, rest, 1, err);
    nr_free(rest);
    if (status == NEARER_OK) status = gain_of(p->all_planned, s, b->minutes, err);
    for (size_t d = 0; status == NEARER_OK && d < p->draws; d += b->block) {
        size_t count = p->draws - d < b->block ? p->draws - d : b->block;
        status = build_block(b, p->open + d * p->count, count, err);
        for (size_t i = 0; status == NEARER_OK && i < count; i++)
            status = gain_of(p->gain + (d + i) * p->n, s, b->minutes + i * pairs, err);
        nr_progress("networks", d + count, p->draws);
    }
    return status;
}

static nearer_status find_gains(scorer *s, building *b, nearer_error *err)
{
    nr_planned *p = s->p;
    const nr_measure *kind;
    size_t workers = nr_workers();
    p->gain = nr_alloc(p->draws, p->n * sizeof *p->gain);
    p->all_planned = nr_alloc(p->n, sizeof *p->all_planned);
    p->expected = nr_alloc(p->n, sizeof *p->expected);
    s->before = nr_alloc(p->n, sizeof *s->before);
    s->after = nr_alloc(p->n, sizeof *s->after);
    b->block = at_once(p->n);
    b->minutes = nr_alloc(b->block, p->n * p->n * sizeof *b->minutes);
    b->status = nr_alloc(b->block, sizeof *b->status);
    b->workers = nr_alloc(workers, sizeof *b->workers);
    if (!p->gain || !p->all_planned || !p->expected || !s->before || !s->after || !b->minutes ||
        !b->status || !b->workers)
        return nr_fail_memory(err);
    for (size_t k = 0; k < workers; k++) NR_TRY(worker_init(&b->workers[k], p, err));
    NR_TRY(nr_measure_find(&kind, s->measure->measure, err));
    s->low_is_good = kind->low_is_good;
    read_minutes(b->minutes, &p->candidates.times, &p->candidates.times);
    NR_TRY(score(s->before, s, b->minutes, err));
    NR_TRY(score_all(s, b, err));
    bool varies = false;
    for (size_t i = 0; i < p->n; i++) {
        double sum = 0;
        for (size_t d = 0; d < p->draws; d++) {
            sum += p->gain[d * p->n + i];
            varies = varies || p->gain[d * p->n + i] != p->gain[i];
        }
        p->expected[i] = sum / (double)p->draws;
    }
    if (varies) return NEARER_OK;
    return nr_fail(
        err, NEARER_NODATA,
        "%s: which of the planned lines open makes no difference to the access of any place",
        p->path);
}

nearer_status nr_planned_score(nr_planned *p, const nearer_measure_spec *measure, nearer_error *err)
{
    scorer s = {.p = p, .measure = measure};
    building b = {.p = p};
    nearer_status status = find_gains(&s, &b, err);
    for (size_t k = 0; b.workers != NULL && k < nr_workers(); k++) worker_clear(&b.workers[k]);
    nr_free(b.workers);
    nr_free(b.minutes);
    nr_free(b.status);
    nr_free(s.before);
    nr_free(s.after);
    return status;
}
