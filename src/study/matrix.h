/* study/matrix: distances from many to many, written as a file or as a table. */
#ifndef NR_STUDY_MATRIX_H
#define NR_STUDY_MATRIX_H
#include "graph/matrix.h"
#include "model/report.h"

typedef struct nr_matrix_job {
    nr_task task;
    const char *const *row_ids, *const *column_ids; /* of sources and targets */
    double per_unit;                                /* ticks */
    const char *unit;                               /* "min"; NULL: not known */
    bool same; /* source i and target i are one place: their pair says nothing */
} nr_matrix_job;

/* A report of what was written. */
nearer_status nr_matrix_write(nearer_report **out, const nr_matrix_job *job,
                              const nearer_query *query, const nearer_matrix_file *file,
                              nearer_error *err);
/* The long table from_id, to_id, travel_time, with a note that counts what is unreachable. */
nearer_status nr_matrix_ask(nearer_report **out, const nr_matrix_job *job,
                            const nearer_query *query, nearer_error *err);
#endif
