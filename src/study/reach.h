/* study/reach: what one place reaches, or is reached from. */
#ifndef NR_STUDY_REACH_H
#define NR_STUDY_REACH_H
#include "graph/tree.h"
#include "study/study.h"

typedef struct nr_reach {
    const nearer_study *study;
    size_t place;
    bool to_it;
    double *minutes;       /* of each place; INFINITY where there is no way */
    double *sums[NR_SUMS]; /* the same along the fastest way; NULL of times that were given */
    double *ranks;
    size_t *order;    /* of places, the nearest first; equal ones as they came */
    double *node_min; /* of each node; NULL unless asked for */
} nr_reach;

/* Fails as nr_graph_build, and with USAGE for nodes of times that were given. Clear with
 * nr_reach_clear, which takes {0}. */
nearer_status nr_reach_find(nr_reach *out, const nearer_study *study, const nearer_query *query,
                            size_t place, bool to_it, bool nodes, nearer_error *err);
void nr_reach_clear(nr_reach *reach);

/* Bands of minutes: up to each of these, which rise. */
typedef struct nr_bands {
    const double *within_min;
    size_t count;
} nr_bands;
/* The band these minutes are in, bands->count beyond the last. */
size_t nr_band_find(const nr_bands *bands, double minutes);
/* "60-120", of one beyond the last "". */
const char *nr_band_label(char out[64], const nr_bands *bands, size_t band);
/* Places and their minutes, the nearest first; with bands (NULL: none) those within them and the
 * band of each. */
nearer_status nr_reach_table(nearer_table **out, const nr_reach *reach, const nr_bands *bands,
                             nearer_error *err);
#endif
