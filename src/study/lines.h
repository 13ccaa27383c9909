/* study/lines: a search for the best new line, shared by the files that answer it. */
#ifndef NR_STUDY_LINES_H
#define NR_STUDY_LINES_H
#include "study/line_gains.h"

struct nr_lines;
typedef struct nr_ranking {
    const char *word;
    double (*value)(const struct nr_lines *lines, size_t candidate);
} nr_ranking;

typedef struct nr_lines {
    const nearer_study *study;
    const nearer_query *query;
    const nearer_measure_spec *measure;
    const nearer_lines_spec *spec;
    const nr_ranking *by;
    nr_candidates candidates;
    nr_gains gains;
    nr_gain *tried;        /* of each candidate */
    size_t *order, listed; /* those that bring something, the best first */
    bool *on_front;        /* of each candidate */
    bool by_cost, scored;  /* costs are known; a measure other than mean time is asked for */
    char unit[64];         /* of the measure */
} nr_lines;

/* Table "best": the first thirty under other decays and masses. */
nearer_status nr_lines_put_best(nearer_report *report, nr_lines *lines, nearer_error *err);
/* Table "package": several lines together. It builds them: the times are no longer as they were. */
nearer_status nr_lines_put_package(nearer_report *report, nr_lines *lines, nearer_error *err);
#endif
