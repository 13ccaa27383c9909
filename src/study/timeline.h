/* study/timeline: the parts of a timeline that have files of their own. */
#ifndef NR_STUDY_TIMELINE_H
#define NR_STUDY_TIMELINE_H
#include "study/study.h"

/* ---- what changed in a year ---- */

/* A table with a row a year, event, mode and class: links, their length, their lines. */
nearer_status nr_events_new(nearer_table **out, nearer_error *err);
/* Adds what opened, closed and changed its minutes in a year, of these modes. */
nearer_status nr_events_put(nearer_table *table, const nearer_network *network, unsigned modes,
                            int year, nearer_error *err);

/* ---- the states of a year ---- */

/* A stretch of days without change: the network of `date` held for `share` of the time. */
typedef struct nr_state {
    nearer_date date;
    double share;
} nr_state;
/* The states of a year in order, their shares sum to 1; free *out with nr_free. */
nearer_status nr_year_states(nr_state **out, size_t *count, const nearer_network *network,
                             unsigned modes, int year, nearer_error *err);

/* ---- pairs ---- */

typedef struct nr_curves nr_curves;
/* Curves of pairs over years; `pairs` is borrowed. */
nearer_status nr_curves_new(nr_curves **out, const nearer_network *network,
                            const nearer_pair *pairs, size_t count, int from, int to,
                            nearer_error *err);
/* Adds a state's minutes (n x n) to a year. */
void nr_curves_add(nr_curves *curves, int year, const double *minutes, double share);
/* Adds the tables "curve" and "convergence" to a report. */
nearer_status nr_curves_put(nearer_report *report, const nr_curves *curves, nearer_error *err);
void nr_curves_free(nr_curves *curves);
#endif
