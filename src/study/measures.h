/* study/measures: what measures need of a study, brought together. */
#ifndef NR_STUDY_MEASURES_H
#define NR_STUDY_MEASURES_H
#include "access/scores.h"
#include "study/study.h"

typedef struct nr_asked {
    const nearer_measure_spec *specs;
    size_t count, n;             /* measures, places */
    const nr_measure **measures; /* of each spec */
    nr_measure_input *inputs;
    const double **masses; /* as the study has them, NAN missing */
    double *room;          /* what inputs point to: mass, demand and own minutes of each */
    nr_lonlat *at;         /* the same, of all that know it */
    double *lengths_km;
    double **known; /* of each, what it alone knows: passing, or minutes over modes */
} nr_asked;

/* Of places on the day of the query. Fails with USAGE, NAME, VALUE, and as nr_graph_build; clear
 * with nr_asked_clear, also then. */
nearer_status nr_asked_init(nr_asked *out, const nearer_study *study, const nearer_query *query,
                            const nearer_measure_spec *specs, size_t count, nearer_error *err);
void nr_asked_clear(nr_asked *measures);
/* Scores of one measure, its first column, over minutes that are there: those of the query on
 * another day. Fails as nr_asked_init. */
nearer_status nr_study_score(double *scores, const nearer_study *study, nearer_date date,
                             const nearer_query *query, const nearer_measure_spec *spec,
                             const double *minutes, nearer_error *err);
/* The same with the minutes of the query's own day, row by row where that will do. */
nearer_status nr_study_scores(double *scores, const nearer_study *study, const nearer_query *query,
                              const nearer_measure_spec *spec, nearer_error *err);
#endif
