#include "study/line_state.h"

#include <math.h>
#include <string.h>

#include "graph/times.h"

enum { PARTS = 3 }; /* beside the scores: mean times, their ranks, links */

static nearer_status find_minutes(nr_line_state *s, const nearer_query *query, nearer_error *err)
{
    nearer_times *times = NULL;
    NR_TRY(nearer_times_compute(&times, s->study->network, query, err));
    s->minutes = nr_alloc(s->n, s->n * sizeof *s->minutes);
    if (s->minutes != NULL)
        memcpy(s->minutes, nr_times_matrix(times), s->n * s->n * sizeof *s->minutes);
    nearer_times_free(times);
    return s->minutes == NULL ? nr_fail_memory(err) : NEARER_OK;
}

/* An end at a node that is the place's own, by its name or as its station. */
static void count_end(double *links, const nearer_network *network, uint32_t node)
{
    const nr_node *n = &network->nodes[node];
    uint32_t place = n->place != NR_NO_INDEX ? n->place : n->station_of;
    if (place != NR_NO_INDEX) links[place]++;
}

static nearer_status count_links(double *links, const nearer_network *network,
                                 const nearer_query *query, nearer_error *err)
{
    unsigned wanted = 0;
    NR_TRY(nr_network_modes(&wanted, network, query->modes, err));
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if ((wanted & 1u << link->mode) == 0 || link->transfer || !nr_link_open(link, query->date))
            continue;
        count_end(links, network, link->from);
        count_end(links, network, link->to);
    }
    return NEARER_OK;
}

nearer_status nr_line_state_find(nr_line_state *s, const nearer_study *study,
                                 const nearer_query *query, const nearer_measure_spec *specs,
                                 size_t spec_count, nearer_error *err)
{
    size_t n = study->network->place_count;
    const nearer_measure_spec mean_time = {
        .measure = "mean_time", .mass = specs[0].mass, .cutoff_min = NAN, .own_min = NAN};
    *s = (nr_line_state){
        .study = study, .n = n, .room = nr_alloc(PARTS + spec_count, n * sizeof(double))};
    if (s->room == NULL) return nr_fail_memory(err);
    double **parts[PARTS] = {&s->mean, &s->mean_rank, &s->links};
    for (size_t k = 0; k < PARTS; k++) *parts[k] = s->room + k * n;
    s->scores = s->room + PARTS * n;
    NR_TRY(find_minutes(s, query, err));
    NR_TRY(nr_study_score(s->mean, study, query->date, query, &mean_time, s->minutes, err));
    NR_TRY(nr_rank(s->mean_rank, s->mean, n, true, err));
    for (size_t k = 0; k < spec_count; k++)
        NR_TRY(nr_study_score(s->scores + k * n, study, query->date, query, &specs[k], s->minutes,
                              err));
    return count_links(s->links, study->network, query, err);
}

void nr_line_state_clear(nr_line_state *s)
{
    nr_free(s->minutes);
    nr_free(s->room);
    *s = (nr_line_state){0};
}

double nr_line_mean(const nr_line_state *s, const nr_line_state *other, const double *mass)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (!isfinite(s->mean[i]) || !isfinite(other->mean[i]) || isnan(mass[i])) continue;
        sum += mass[i] * s->mean[i];
        weight += mass[i];
    }
    return weight > 0 ? sum / weight : NAN;
}
