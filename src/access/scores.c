#include "access/scores.h"

#include <math.h>

#include "base/memory.h"
#include "base/threads.h"

nearer_status nr_scoring_init(nr_scoring *out, const nr_measure *const *measures,
                              const nr_measure_input *inputs, size_t count, nearer_error *err)
{
    *out = (nr_scoring){measures, inputs, count, count == 0 ? 0 : inputs->n, NULL, NULL};
    out->numbers = nr_alloc(count, sizeof *out->numbers);
    out->own_share = nr_alloc(out->n, sizeof *out->own_share);
    if (out->numbers == NULL || out->own_share == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < count; k++) {
        out->numbers[k] =
            nr_alloc(out->n, nr_measure_kept(measures[k], &inputs[k]) * sizeof(double));
        if (out->numbers[k] == NULL) return nr_fail_memory(err);
    }
    return NEARER_OK;
}

void nr_scoring_clear(nr_scoring *s)
{
    for (size_t k = 0; s->numbers != NULL && k < s->count; k++) nr_free(s->numbers[k]);
    nr_free(s->numbers);
    nr_free(s->own_share);
    *s = (nr_scoring){0};
}

bool nr_scoring_needs_all(const nr_scoring *s)
{
    bool all = false;
    for (size_t k = 0; k < s->count; k++)
        all = all || nr_measure_is_whole(s->measures[k], &s->inputs[k]);
    return all;
}

/* What of the first score is the place's own mass, by leaving it out. */
static void find_own_share(nr_scoring *s, size_t i, double *minutes, double *room)
{
    const nr_measure *measure = s->measures[0];
    double own = minutes[i], with = s->numbers[0][i * nr_measure_kept(measure, s->inputs)], without;
    if (!measure->adds || isnan(own) || nr_measure_kept(measure, s->inputs) != 1) return;
    minutes[i] = NAN;
    measure->row(&without, s->inputs, i, minutes, room);
    minutes[i] = own;
    s->own_share[i] = with > 0 ? (with - without) / with : 0;
}

void nr_scoring_row(nr_scoring *s, size_t i, double *minutes, double *room)
{
    for (size_t k = 0; k < s->count; k++) {
        const nr_measure *measure = s->measures[k];
        double *out = s->numbers[k] + i * nr_measure_kept(measure, &s->inputs[k]);
        if (nr_measure_is_whole(measure, &s->inputs[k])) continue;
        minutes[i] = s->inputs[k].own[i];
        measure->row(out, &s->inputs[k], i, minutes, room);
        if (k == 0) find_own_share(s, i, minutes, room);
    }
}

void nr_scoring_finish(nr_scoring *s)
{
    for (size_t k = 0; k < s->count; k++)
        if (s->measures[k]->finish != NULL && !nr_measure_is_whole(s->measures[k], &s->inputs[k]))
            s->measures[k]->finish(s->numbers[k], &s->inputs[k]);
}

void nr_scoring_read(double *scores, const nr_scoring *s, size_t which, size_t column)
{
    size_t kept = nr_measure_kept(s->measures[which], &s->inputs[which]);
    for (size_t i = 0; i < s->n; i++) scores[i] = s->numbers[which][i * kept + column];
}

nearer_status nr_scoring_whole(nr_scoring *s, const nr_minutes *minutes, nearer_error *err)
{
    for (size_t k = 0; k < s->count; k++) {
        nr_minutes own = *minutes;
        own.own = s->inputs[k].own;
        if (nr_measure_is_whole(s->measures[k], &s->inputs[k]))
            NR_TRY(s->measures[k]->whole(s->numbers[k], &s->inputs[k], &own, err));
    }
    return NEARER_OK;
}

typedef struct run {
    nr_scoring *scoring;
    const nr_minutes *minutes;
    double *rooms; /* of each worker: a row, and room */
} run;

static void score_row(void *context, size_t i, size_t worker)
{
    run *r = context;
    double *row = r->rooms + 3 * worker * r->minutes->n;
    nr_minutes_row(row, r->minutes, i);
    nr_scoring_row(r->scoring, i, row, row + r->minutes->n);
}

nearer_status nr_scoring_run(nr_scoring *s, const nr_minutes *minutes, nearer_error *err)
{
    run r = {s, minutes, nr_alloc(nr_workers(), 3 * minutes->n * sizeof(double))};
    if (r.rooms == NULL) return nr_fail_memory(err);
    nr_parallel_for(minutes->n, score_row, &r);
    nr_free(r.rooms);
    nr_scoring_finish(s);
    return nr_scoring_whole(s, minutes, err);
}

/* A missing mass is none, and all places' own masses count at the same minutes. */
static void fill_input(nr_measure_input *input, double *mass, double *own, const double *given,
                       double own_min)
{
    for (size_t i = 0; i < input->n; i++) {
        mass[i] = isnan(given[i]) ? 0 : given[i];
        input->all_mass += mass[i];
        own[i] = own_min;
    }
    input->mass = mass;
    input->own = own;
}

nearer_status nearer_scores(double *scores, const double *minutes, const double *mass, size_t n,
                            const nearer_measure_spec *spec, nearer_error *err)
{
    nr_measure_input input = {.n = n};
    const nr_measure *measure = NULL;
    nr_scoring scoring = {0};
    NR_TRY(nr_measure_prepare(&measure, &input, spec, err));
    if (measure->knows != 0 || spec->demand != NULL)
        return nr_fail(err, NEARER_USAGE, "measure '%s' needs a study, minutes do not say all",
                       measure->id);
    double *room = nr_alloc(2 * n, sizeof *room);
    nearer_status status = room == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        fill_input(&input, room, room + n, mass, spec->own_min);
        status = nr_scoring_init(&scoring, &measure, &input, 1, err);
    }
    const nr_minutes view = {minutes, input.own, n, spec->to};
    if (status == NEARER_OK) status = nr_scoring_run(&scoring, &view, err);
    if (status == NEARER_OK) nr_scoring_read(scores, &scoring, 0, 0);
    nr_scoring_clear(&scoring);
    nr_free(room);
    return status;
}
