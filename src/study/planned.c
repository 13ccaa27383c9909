#include "study/planned.h"

#include <math.h>
#include <string.h>

#include "stats/random.h"

/* ---- what opened ---- */

static nearer_status read_lines(nr_planned *p, nearer_error *err)
{
    const nr_candidates *c = &p->candidates;
    nearer_date from = p->study->spec.from, to = p->study->spec.to;
    p->line = nr_alloc(c->count, sizeof *p->line);
    p->stratum = nr_alloc(c->count, sizeof *p->stratum);
    p->strata = nr_alloc(c->count, sizeof *p->strata);
    if (p->line == NULL || p->stratum == NULL || p->strata == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < c->count; k++) {
        nearer_date opened = c->items[k].opened;
        if (opened != NR_ALWAYS_OPEN && opened <= from) {
            p->opened_before++;
            continue;
        }
        p->opened += opened != NR_ALWAYS_OPEN && opened <= to ? 1 : 0;
        p->line[p->count++] = (uint32_t)k;
    }
    if (p->opened > 0 && p->opened < p->count) return NEARER_OK;
    return nr_fail(err, NEARER_NODATA,
                   "%s: %zu of %zu planned lines opened between the study's dates, and %zu before: "
                   "some that did and some that did not were expected",
                   p->path, p->opened, p->count + p->opened_before, p->opened_before);
}

static bool did_open(const nr_planned *p, size_t k)
{
    nearer_date opened = p->candidates.items[p->line[k]].opened;
    return opened != NR_ALWAYS_OPEN && opened <= p->study->spec.to;
}

static size_t links_of(const nr_planned *p, size_t k)
{
    return p->candidates.items[p->line[k]].count - 1;
}

/* ---- strata ---- */

static double choose(size_t n, size_t k)
{
    double all = 1;
    for (size_t i = 1; i <= k; i++) all = all * (double)(n - k + i) / (double)i;
    return floor(all + 0.5);
}

/* The band a line's links lie in; beyond the last all are one. */
static size_t band_of(const nearer_growth_spec *what, size_t links)
{
    size_t band = 0;
    if (what->band_count == 0) return links;
    while (band < what->band_count && links > what->bands[band]) band++;
    return band;
}

static bool alike(const nr_planned *p, size_t a, size_t b, const nearer_growth_spec *what)
{
    const char *one = p->candidates.items[p->line[a]].stratum,
               *other = p->candidates.items[p->line[b]].stratum;
    if (band_of(what, links_of(p, a)) != band_of(what, links_of(p, b))) return false;
    return !what->strata || strcmp(one == NULL ? "" : one, other == NULL ? "" : other) == 0;
}

static void add_stratum(nr_planned *p, size_t first, const nearer_growth_spec *what)
{
    nr_stratum s = {.name = what->strata ? p->candidates.items[p->line[first]].stratum : NULL,
                    .least = NR_MOST_STOPS};
    for (size_t k = 0; k < p->count; k++) {
        size_t links = links_of(p, k);
        if (!alike(p, first, k, what)) continue;
        p->stratum[k] = p->strata_count;
        s.planned++;
        s.opened += did_open(p, k) ? 1 : 0;
        s.least = links < s.least ? links : s.least;
        s.most = links > s.most ? links : s.most;
    }
    s.arrangements = choose(s.planned, s.opened);
    p->arrangements *= s.arrangements;
    p->strata[p->strata_count++] = s;
}

/* In the order of links, then of the file. */
static void find_strata(nr_planned *p, const nearer_growth_spec *what)
{
    for (size_t k = 0; k < p->count; k++) p->stratum[k] = NR_NO_NAME;
    for (size_t links = 1; links < NR_MOST_STOPS; links++)
        for (size_t first = 0; first < p->count; first++)
            if (links_of(p, first) == links && p->stratum[first] == NR_NO_NAME)
                add_stratum(p, first, what);
}
/* ---- arrangements ---- */

/* The next choice of as many lines of a stratum in the order of their numbers; false: it was the
 * last, and is the first again. */
static bool next_of_stratum(bool *open, const nr_planned *p, size_t stratum)
{
    size_t passed = 0, members[2] = {0}; /* an open line before a closed one, the last such */
    bool found = false;
    size_t before = SIZE_MAX;
    for (size_t k = 0; k < p->count; k++) {
        if (p->stratum[k] != stratum) continue;
        if (before != SIZE_MAX && open[before] && !open[k]) {
            members[0] = before;
            members[1] = k;
            found = true;
        }
        before = k;
    }
    for (size_t k = 0; k < p->count; k++)
        if (p->stratum[k] == stratum && (!found || k > members[1])) passed += open[k] ? 1 : 0;
    if (found) {
        open[members[0]] = false;
        open[members[1]] = true;
    }
    for (size_t k = 0; k < p->count; k++) { /* those behind come first again */
        if (p->stratum[k] != stratum || (found && k <= members[1])) continue;
        open[k] = passed > 0;
        passed -= passed > 0 ? 1 : 0;
    }
    return found;
}

static void list_all(nr_planned *p)
{
    bool *happened = p->open, *next = p->open + p->count, *at = next;
    size_t left = p->draws - 1;
    memcpy(at, happened, p->count * sizeof *at);
    while (left > 0) {
        for (size_t s = 0; s < p->strata_count && !next_of_stratum(at, p, s); s++) {
        }
        if (memcmp(at, happened, p->count * sizeof *at) == 0) break;
        if (--left > 0) memcpy(at + p->count, at, p->count * sizeof *at);
        at += p->count;
    }
}

/* As many of each stratum, each choice as likely. */
static void draw(bool *open, const nr_planned *p, nr_random *random)
{
    memset(open, 0, p->count * sizeof *open);
    for (size_t s = 0; s < p->strata_count; s++) {
        size_t wanted = p->strata[s].opened, left = p->strata[s].planned;
        for (size_t k = 0; k < p->count; k++) {
            if (p->stratum[k] != s) continue;
            open[k] = nr_random_below(random, left--) < wanted;
            wanted -= open[k] ? 1 : 0;
        }
    }
}

static nearer_status find_arrangements(nr_planned *p, const nearer_growth_spec *what,
                                       nearer_error *err)
{
    nr_random *random = NULL;
    p->arrangements = 1;
    find_strata(p, what);
    p->all = p->arrangements <= (double)what->draws + 1;
    p->draws = p->all ? (size_t)p->arrangements : what->draws + 1;
    if (p->draws < 2)
        return nr_fail(
            err, NEARER_NODATA,
            "%s: in no stratum some lines opened and some did not: nothing can be exchanged",
            p->path);
    p->open = nr_alloc(p->draws, p->count * sizeof *p->open);
    if (p->open == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < p->count; k++) p->open[k] = did_open(p, k);
    if (p->all) {
        list_all(p);
        return NEARER_OK;
    }
    NR_TRY(nr_random_new(&random, what->seed, err));
    for (size_t d = 1; d < p->draws; d++) draw(p->open + d * p->count, p, random);
    nr_random_free(random);
    return NEARER_OK;
}

static nearer_status check_measure(const nearer_measure_spec *spec, nearer_error *err)
{
    const nr_measure *measure;
    NR_TRY(nr_measure_find(&measure, spec->measure, err));
    if ((measure->knows & (NR_KNOWS_LENGTHS | NR_KNOWS_PASSING | NR_KNOWS_MODES)) == 0)
        return NEARER_OK;
    return nr_fail(err, NEARER_USAGE,
                   "measure '%s' needs more than minutes, which is all that is known of networks "
                   "with planned lines (without these: --planned none)",
                   measure->id);
}

nearer_status nr_planned_find(nr_planned *p, const nearer_study *study, const nearer_query *query,
                              const nearer_measure_spec *measure, const nearer_growth_spec *what,
                              nearer_error *err)
{
    const nearer_lines_spec lines = {.candidates = what->planned, .detour = NAN};
    *p = (nr_planned){.study = study,
                      .path = what->planned->spec.scenarios->path,
                      .query = *query,
                      .n = study->network->place_count};
    p->query.date = study->spec.from;
    NR_TRY(check_measure(measure, err));
    nearer_error why;
    nearer_status status = nr_candidates_find(&p->candidates, study, &p->query, &lines, &why);
    if (status == NEARER_USAGE)
        return nr_fail(err, status, "%s: %.800s (without planned lines: --planned none)", p->path,
                       why.message);
    if (status != NEARER_OK) return nr_fail(err, status, "%s", why.message);
    NR_TRY(read_lines(p, err));
    NR_TRY(find_arrangements(p, what, err));
    return nr_planned_score(p, measure, err);
}

void nr_planned_clear(nr_planned *p)
{
    nr_candidates_clear(&p->candidates);
    nr_free(p->line);
    nr_free(p->stratum);
    nr_free(p->strata);
    nr_free(p->open);
    nr_free(p->gain);
    nr_free(p->all_planned);
    nr_free(p->expected);
    *p = (nr_planned){0};
}
