/* study/study: a study file and all it names, read and checked. */
#ifndef NR_STUDY_STUDY_H
#define NR_STUDY_STUDY_H
#include "access/measure.h"
#include "model/network.h"
#include "model/report.h"
#include "model/table.h"

typedef struct nr_mass {
    const nr_mass_spec *spec;
    double *values;   /* of each place, NAN = missing */
    size_t bad_row;   /* of places with ready times: the first that is no number, from 1; 0: none */
    size_t unmatched; /* rows of its table that are no place of the study */
} nr_mass;

struct nearer_study {
    nr_study_spec spec;
    nearer_table *places; /* the places table, with the columns of groups */
    nearer_network *network;
    nr_mass *masses;
    double *ones;               /* the mass of places that all weigh the same */
    const char *given_notes[2]; /* what given times, before and after, have that was left out */
};

/* The mass's values; NULL as `id` gives ones. Fails with NAME. */
nearer_status nr_study_mass(const double **out, const nearer_study *study, const char *id,
                            nearer_error *err);
/* The unit a measure's score has with this mass, as a column name takes it (100m_yuan). */
void nr_study_unit(char out[64], const nearer_study *study, const nr_measure *measure,
                   const char *mass);
/* Says what was left out of times that were given in place of a network. */
nearer_status nr_study_tell_given(nearer_report *report, const nearer_study *study,
                                  nearer_error *err);
/* Years between the study's dates, or those given with a growth series. */
double nr_study_years(const nearer_study *study);
/* "2020" for the last day of a year, else "2020-06-30". */
const char *nr_date_label(nearer_date date, char buffer[16]);

/* Which places are in which group: index of the group's value by place, NR_NO_NAME where empty. */
typedef struct nr_grouping {
    const nr_group_spec *spec;
    nr_names values;
    size_t *of_place;
} nr_grouping;
/* Fails with NAME when the places table lacks the column. Clear with nr_grouping_clear. */
nearer_status nr_grouping_read(nr_grouping *out, const nearer_study *study,
                               const nr_group_spec *spec, nearer_error *err);
nearer_status nr_grouping_find(nr_grouping *out, const nearer_study *study, const char *id,
                               nearer_error *err);
void nr_grouping_clear(nr_grouping *grouping);

/* Minutes on two days; a pair that cannot be travelled on both is INFINITY in both, so that
 * averages are over the same pairs. */
typedef struct nr_two_days {
    size_t n, dropped; /* ordered pairs reachable on just one of the days */
    double *before, *after;
} nr_two_days;
nearer_status nr_two_days_compute(nr_two_days *out, const nearer_study *study,
                                  const nearer_query *query, nearer_date before, nearer_date after,
                                  nearer_error *err);
void nr_two_days_clear(nr_two_days *days);

/* Ordered pairs to compress: from places first <= i < last, by their minutes before and after. */
typedef struct nr_compression_pairs {
    const double *before, *after; /* n x n */
    const double *origin_mass;    /* n, NAN = missing: weighs nothing; NULL: each weighs 1 */
    const double *mass;           /* n, of the places travelled to */
    size_t n, first, last;
    const bool *from, *to; /* which places count; NULL: all */
} nr_compression_pairs;
/* Geometric mean of after / before over the pairs of different places reachable in both, weighted
 * by the product of their masses; NAN when none has a weight. `pairs` (may be NULL) counts them. */
nearer_status nr_compression(double *out, size_t *pairs, const nr_compression_pairs *p,
                             nearer_error *err);

/* The links that opened, closed or got other minutes between two days, by these modes. */
nearer_status nr_link_changes(nearer_table **out, const nearer_network *network, unsigned modes,
                              nearer_date before, nearer_date after, nearer_error *err);
/* Hands a finished table to a report. */
nearer_status nr_study_put(nearer_report *report, const char *id, const char *title,
                           nearer_table *table, nearer_error *err);
#endif
