/* stats/panel: what follows a treatment that comes to units one after the other (Callaway and
 * Sant'Anna 2021), without covariates. */
#ifndef NR_STATS_PANEL_H
#define NR_STATS_PANEL_H
#include "stats/estimate.h"

typedef struct nr_panel {
    size_t units, periods;
    const double *time;         /* periods, ascending */
    const double *y;            /* units x periods, row by row */
    const double *treated_from; /* units, in the unit of time; INFINITY or after the last period:
                                   never */
} nr_panel;

/* With whom the treated are compared: those never treated, or those not yet treated in either of
 * the two periods compared. */
typedef enum nr_control { NR_NEVER_TREATED, NR_NOT_YET_TREATED } nr_control;
/* From when change counts before treatment: from the period before (varying), or from the last one
 * before treatment (universal), as after treatment in both. */
typedef enum nr_base { NR_VARYING_BASE, NR_UNIVERSAL_BASE } nr_base;

/* The mean change of those treated from `group` on, less that of the controls. The universal base
 * itself is a cell of 0 without a standard error. */
typedef struct nr_att {
    double group, time;
    size_t treated, controls;
    nr_estimate att; /* NAN but for the value where either has 1 unit only */
} nr_att;

typedef struct nr_att_table {
    size_t count;
    nr_att *cell;        /* by group, then time */
    size_t units;        /* used: all values finite */
    size_t incomplete;   /* left out for a value that is not finite */
    size_t always;       /* left out as treated in the first period already */
    size_t uncontrolled; /* cells left out for want of controls */
    size_t *group_size;  /* count: units of the cell's group */
    size_t *onset;       /* units: index of the first treated period; `periods` for never */
    size_t *group;       /* count: the same of the cell */
    double *influence;   /* count x units: what a unit adds to the error of a cell */
    nr_test pre_trend;   /* Wald, chi squared: whether all cells before treatment are 0; NAN where
                            there are none or they depend on each other */
} nr_att_table;
/* Standard errors from influence functions, clustered by unit; intervals (normal) are of each cell,
 * not of all at once. treated_from is a time: a date between two periods counts from the later one.
 * Free with nr_att_table_free, which takes NULL. Fails with NODATA below 2 periods, without treated
 * units or without any cell, VALUE when times do not ascend or treated_from is NAN, MEMORY. */
nearer_status nr_att_table_new(nr_att_table **out, const nr_panel *panel, nr_control control,
                               nr_base base, nearer_error *err);
void nr_att_table_free(nr_att_table *table);

/* Cells drawn together by time since treatment, by group (after treatment), or by time (likewise);
 * groups weigh by their units, and that these are a sample is part of the standard error. */
typedef enum nr_att_by { NR_ATT_BY_EVENT, NR_ATT_BY_GROUP, NR_ATT_BY_TIME } nr_att_by;
typedef struct nr_att_part {
    double key; /* time since treatment, group, time */
    size_t cells;
    nr_estimate att;
} nr_att_part;
typedef struct nr_att_summary {
    size_t count;
    nr_att_part *part;   /* ascending */
    nr_estimate overall; /* of parts after treatment: their mean; groups weighed by their units */
} nr_att_summary;
/* Free with nr_att_summary_free, which takes NULL. Fails with NODATA without a cell after
 * treatment, MEMORY. */
nearer_status nr_att_summary_new(nr_att_summary **out, const nr_att_table *table, nr_att_by by,
                                 nearer_error *err);
void nr_att_summary_free(nr_att_summary *summary);
#endif
