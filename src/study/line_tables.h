/* study/line_tables: the tables that say what scenarios would change, one file each. */
#ifndef NR_STUDY_LINE_TABLES_H
#define NR_STUDY_LINE_TABLES_H
#include "study/line_state.h"

typedef struct nr_line_question {
    const nearer_query *query;
    const nearer_measure_spec *specs;
    size_t spec_count;
    const nr_measure **measures; /* of each spec */
    char (*units)[64];           /* of their scores */
    const double *mass;          /* of the first spec */
    char mass_unit[64];
    nr_line_state before, *after; /* after: of each scenario */
    size_t count, n;              /* scenarios, places */
    double *saved;                /* of each scenario: mean time less than before */
    nr_grouping grouping;         /* of the study's first group, if any */
} nr_line_question;

/* A place or pair by how much it gains; `compare` for qsort, equal ones as they came. */
typedef struct nr_line_gain {
    double gain;
    size_t item;
} nr_line_gain;
int nr_line_most_first(const void *x, const void *y);

/* The spec has columns of its own: mean time is there in any case. */
bool nr_line_shows(const nr_line_question *q, size_t spec);
/* The scenario's name; of several together their number. */
const char *nr_line_title(char out[200], const nr_line_state *state);

/* All fail with MEMORY, and as their figures do. */
nearer_status nr_line_put_scenarios(nearer_report *report, const nr_line_question *q,
                                    nearer_error *err);
/* "places" and "losers". */
nearer_status nr_line_put_places(nearer_report *report, const nr_line_question *q,
                                 const nr_line_state *after, nearer_error *err);
nearer_status nr_line_put_pairs(nearer_report *report, const nr_line_question *q,
                                const nr_line_state *after, nearer_error *err);
nearer_status nr_line_put_built(nearer_report *report, const nr_line_question *q,
                                const nr_line_state *after, nearer_error *err);
#endif
