#include "graph/contract.h"

#include "base/progress.h"
#include "base/threads.h"
#include "graph/witness.h"

enum { STALE = 1, CHOSEN = 2, CHUNK = 1024, LONG_WORK = 100000 };

/* Vertices looked at in search of a witness, when a vertex is rated and when it is taken out. */
enum { EFFORT_RATING = 50, EFFORT_TAKING = 200 };
/* Ways looked at a vertex after which there is little hope: the roads of New York take 1,012, a
 * made-up grid of a million nodes 319 (tests/bench/matrix.sh). */
enum { EFFORT_A_VERTEX = 20000 };
/* Of a priority: a level, and a way more than it was before. Chosen on the roads of New York
 * (docs/performance.md). */
enum { PER_LEVEL = 1000, PER_WAY = 500, PRIORITY_MIDDLE = 1 << 30 };

/* What taking a vertex out of a round left behind: a slice of its worker's `found`. */
typedef struct slice {
    size_t worker, first, count;
} slice;

typedef struct contraction {
    nr_stars *stars;
    uint32_t *level, *priority;
    uint8_t *state, *barred;    /* barred: taken out in this round */
    uint32_t *left, left_count; /* vertices not yet taken out */
    uint32_t *round, round_count;
    slice *slices;         /* of the round's */
    nr_witness *witnesses; /* one a worker */
} contraction;

/* Mixes a vertex's number, so that equal priorities are broken all over the graph at once. */
static uint32_t mixed(uint32_t v)
{
    v *= 0x9E3779B1u;
    v ^= v >> 15;
    return v * 0x85EBCA77u;
}

static bool before(const contraction *c, uint32_t a, uint32_t b)
{
    if (c->priority[a] != c->priority[b]) return c->priority[a] < c->priority[b];
    uint32_t x = mixed(a), y = mixed(b);
    return x != y ? x < y : a < b;
}

static bool is_least(const contraction *c, uint32_t v)
{
    const nr_star *star = &c->stars->of[v];
    for (uint32_t i = 0; i < star->count; i++)
        if (before(c, star->rays[i].to, v)) return false;
    return true;
}

/* ---- priorities ---- */

static void rate(void *context, size_t i, size_t worker)
{
    contraction *c = context;
    nr_witness *w = &c->witnesses[worker];
    uint32_t v = c->round[i];
    const nr_star *star = &c->stars->of[v];
    w->found_count = 0;
    nr_witness_find(w, c->stars, v, c->barred, EFFORT_RATING);
    int64_t more = (int64_t)w->found_count;
    for (uint32_t k = 0; k < star->count; k++)
        more -= (star->rays[k].out != NR_NEVER) + (star->rays[k].in != NR_NEVER);
    int64_t priority = PRIORITY_MIDDLE + PER_WAY * more + PER_LEVEL * (int64_t)c->level[v];
    c->priority[v] = priority > UINT32_MAX ? UINT32_MAX : (uint32_t)priority;
    c->state[v] = 0;
}

/* ---- a round ---- */

static void mark_least(void *context, size_t chunk, size_t worker)
{
    contraction *c = context;
    (void)worker;
    for (size_t i = chunk * CHUNK; i < c->left_count && i < (chunk + 1) * CHUNK; i++) {
        uint32_t v = c->left[i];
        if (is_least(c, v)) c->state[v] |= CHOSEN;
    }
}

static void choose(contraction *c)
{
    nr_parallel_for((c->left_count + CHUNK - 1) / CHUNK, mark_least, c);
    c->round_count = 0;
    for (uint32_t i = 0; i < c->left_count; i++) {
        uint32_t v = c->left[i];
        if ((c->state[v] & CHOSEN) == 0) continue;
        c->state[v] &= (uint8_t)~CHOSEN;
        c->round[c->round_count++] = v;
    }
}

/* Rates those of the round whose priority may have changed, and keeps those that are least still.
 */
static void confirm(contraction *c)
{
    uint32_t chosen = c->round_count, stale = 0, kept = 0;
    for (uint32_t i = 0; i < chosen; i++) { /* stale ones first */
        uint32_t v = c->round[i];
        if ((c->state[v] & STALE) == 0) continue;
        c->round[i] = c->round[stale];
        c->round[stale++] = v;
    }
    nr_parallel_for(stale, rate, c);
    for (uint32_t i = 0; i < chosen; i++)
        if (is_least(c, c->round[i])) c->round[kept++] = c->round[i];
    c->round_count = kept;
}

static void find_shortcuts(void *context, size_t i, size_t worker)
{
    contraction *c = context;
    nr_witness *w = &c->witnesses[worker];
    size_t first = w->found_count;
    nr_witness_find(w, c->stars, c->round[i], c->barred, EFFORT_TAKING);
    c->slices[i] = (slice){worker, first, w->found_count - first};
}

/* Its neighbours are to be rated again and stand above it. */
static void raise_neighbours(contraction *c, uint32_t v)
{
    const nr_star *star = &c->stars->of[v];
    for (uint32_t i = 0; i < star->count; i++) {
        uint32_t u = star->rays[i].to;
        uint32_t rise = c->level[u] > c->level[v] ? 0 : c->level[v] + 1 - c->level[u];
        c->level[u] += rise;
        c->state[u] |= STALE;
        c->priority[u] += PER_LEVEL * rise;
    }
}

static bool take_out(contraction *c)
{
    bool good = true;
    for (uint32_t i = 0; i < c->round_count; i++) c->barred[c->round[i]] = 1;
    for (size_t t = 0; t < nr_workers(); t++) c->witnesses[t].found_count = 0;
    nr_parallel_for(c->round_count, find_shortcuts, c);
    for (size_t t = 0; t < nr_workers(); t++) good = good && !c->witnesses[t].starved;
    for (uint32_t i = 0; good && i < c->round_count; i++) {
        const slice *s = &c->slices[i];
        const nr_shortcut *way = c->witnesses[s->worker].found + s->first;
        nr_stars_take(c->stars, c->round[i]);
        for (size_t k = 0; good && k < s->count; k++)
            good = nr_stars_join(c->stars, way[k].from, way[k].to, way[k].ticks);
        raise_neighbours(c, c->round[i]);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->left_count; i++)
        if (!c->barred[c->left[i]]) c->left[kept++] = c->left[i];
    c->left_count = kept;
    return good;
}

static void rate_all(contraction *c)
{
    for (uint32_t v = 0; v < c->stars->n; v++) c->left[v] = c->round[v] = v;
    c->left_count = c->round_count = c->stars->n;
    nr_parallel_for(c->round_count, rate, c);
}

static uint64_t effort_of(const contraction *c)
{
    uint64_t effort = 0;
    for (size_t t = 0; t < nr_workers(); t++) effort += c->witnesses[t].effort;
    return effort;
}

static nearer_status contract_all(contraction *c, uint64_t most_effort, nearer_error *err)
{
    uint32_t n = c->stars->n;
    rate_all(c);
    while (c->left_count > 0) {
        choose(c);
        confirm(c);
        if (!take_out(c)) return nr_fail_memory(err);
        if (n >= LONG_WORK) nr_progress("vertices ordered", n - c->left_count, n);
        if (effort_of(c) > most_effort)
            return nr_fail(err, NEARER_NODATA, "the graph has no hierarchy to speak of");
    }
    return NEARER_OK;
}

nearer_status nr_contract(nr_stars *stars, uint32_t *level, bool patient, nearer_error *err)
{
    size_t n = stars->n, workers = nr_workers();
    uint64_t most_effort = patient ? UINT64_MAX : (uint64_t)EFFORT_A_VERTEX * n;
    contraction c = {.stars = stars,
                     .level = level,
                     .priority = nr_alloc(n, sizeof *c.priority),
                     .state = nr_alloc(n, sizeof *c.state),
                     .barred = nr_alloc(n, sizeof *c.barred),
                     .left = nr_alloc(n, sizeof *c.left),
                     .round = nr_alloc(n, sizeof *c.round),
                     .slices = nr_alloc(n, sizeof *c.slices),
                     .witnesses = nr_alloc(workers, sizeof *c.witnesses)};
    bool good = c.priority != NULL && c.state != NULL && c.barred != NULL && c.left != NULL &&
                c.round != NULL && c.slices != NULL && c.witnesses != NULL;
    for (size_t t = 0; good && t < workers; t++)
        good = nr_witness_init(&c.witnesses[t], (uint32_t)n);
    nearer_status status = good ? contract_all(&c, most_effort, err) : nr_fail_memory(err);
    for (size_t t = 0; c.witnesses != NULL && t < workers; t++) nr_witness_clear(&c.witnesses[t]);
    nr_free(c.priority);
    nr_free(c.state);
    nr_free(c.barred);
    nr_free(c.left);
    nr_free(c.round);
    nr_free(c.slices);
    nr_free(c.witnesses);
    return status;
}
