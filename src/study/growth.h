/* study/growth: the change in access held against growth. */
#ifndef NR_STUDY_GROWTH_H
#define NR_STUDY_GROWTH_H
#include "stats/spatial_models.h"
#include "study/measures.h"
#include "study/planned.h"

/* Of each place of the study what models are made of; NAN: not known. */
typedef struct nr_growth {
    const nearer_study *study;
    const nearer_query *query;
    const nearer_measure_spec *measure;
    const nearer_growth_spec *what;
    const nr_measure *kind;
    size_t n;
    nr_two_days days;
    double *before, *after; /* scores of the measure */
    double *gain;           /* ln of after / before, turned so that more is better */
    double *growth;         /* % a year */
    double *income;         /* ln of initial income; NULL: not given */
    bool *incomplete;       /* some of these is not known */
    bool *alone;            /* it is its cluster's only place; NULL: there are no clusters */
    nr_planned planned;     /* count 0: not asked */
    double *recentred;      /* gain by what opened less what was to be expected; NULL: not asked */
} nr_growth;

/* ln(after / before) of a measure between two days whose minutes are there. */
nearer_status nr_growth_gain(double *gain, const nr_growth *g, const nearer_measure_spec *measure,
                             const nr_two_days *days, nearer_date from, nearer_date to,
                             nearer_error *err);

/* ---- samples: places that have every value ---- */

/* Values by place, which a sample is taken of; NULL: not asked. */
typedef struct nr_growth_values {
    const double *y, *x; /* growth, gain */
    const double *held[2];
    const double *instrument;
    const bool *without; /* places to leave out */
} nr_growth_values;

typedef struct nr_growth_sample {
    size_t n, *place;
    size_t held;               /* columns held besides the constant */
    double *y, *x, *columns;   /* n, n, n x (1 + held): the constant and what is held */
    double *instrument;        /* n */
    double *lon, *lat;         /* n; NULL: the places have no positions */
    size_t *cluster, clusters; /* n; NULL: none */
    double *memory;
} nr_growth_sample;
/* Fails with NODATA below 5 places or no more than there are coefficients. Clear with
 * nr_growth_sample_clear, also then. */
nearer_status nr_growth_sample_take(nr_growth_sample *out, const nr_growth *g,
                                    const nr_growth_values *values, nearer_error *err);
void nr_growth_sample_clear(nr_growth_sample *sample);

/* ---- models ---- */

enum { NR_SLOPE_ERRORS = 4, NR_MOST_SLOPES = 4 };
extern const char *const nr_slope_errors[NR_SLOPE_ERRORS]; /* names of columns */

/* y by a constant, what is held, and x, which is the last coefficient. */
typedef struct nr_slopes {
    size_t n, k;
    nr_fit *fit; /* of two stages where there is an instrument */
    nr_iv *iv;
    double error[NR_MOST_SLOPES][NR_SLOPE_ERRORS]; /* NAN: it has none */
    nr_estimate main[NR_MOST_SLOPES];              /* by clusters where there are some, else HC1 */
    double detectable[NR_MOST_SLOPES];
    nr_spatial_test moran; /* of the residuals among the six nearest; NAN: not known */
} nr_slopes;
/* Fails as nr_fit_new. Clear with nr_slopes_clear, also then. */
nearer_status nr_slopes_find(nr_slopes *out, const nr_growth_sample *sample, nearer_error *err);
void nr_slopes_clear(nr_slopes *slopes);
/* Of x. */
nr_estimate nr_slopes_gain(const nr_slopes *slopes);

/* Of x alone; all NAN where there are too few places or they do not differ. */
typedef struct nr_growth_slope {
    nr_estimate gain;
    double detectable;
    size_t n;
} nr_growth_slope;
nearer_status nr_growth_slope_find(nr_growth_slope *out, const nr_growth *g,
                                   const nr_growth_values *values, nearer_error *err);

/* The models asked for, the last with an instrument where lines were planned. */
enum { NR_MOST_GROWTH_MODELS = 4 };
typedef struct nr_growth_model {
    const char *title;
    nr_growth_values values;
} nr_growth_model;
size_t nr_growth_models(nr_growth_model out[NR_MOST_GROWTH_MODELS], const nr_growth *g);
/* What is held in all of them. */
nr_growth_values nr_growth_plain(const nr_growth *g);

/* ---- parts of the answer, one file each ---- */

/* Tables "growth", "fit", "correlations", "influence". */
nearer_status nr_growth_put_models(nearer_report *report, const nr_growth *g, nearer_error *err);
/* Table "places". */
nearer_status nr_growth_put_places(nearer_report *report, const nr_growth *g, nearer_error *err);
/* Table "limits", and what it all says in sentences. */
nearer_status nr_growth_put_words(nearer_report *report, const nr_growth *g, nearer_error *err);
/* Tables "recentred" and "design"; nothing without planned lines. */
nearer_status nr_growth_put_recentred(nearer_report *report, const nr_growth *g, nearer_error *err);
/* Table "sensitivity": the slope under other measures, masses and samples. */
nearer_status nr_growth_put_sensitivity(nearer_report *report, const nr_growth *g,
                                        nearer_error *err);
/* Table "placebos": what should not be found; nothing where there are none. */
nearer_status nr_growth_put_placebos(nearer_report *report, const nr_growth *g, nearer_error *err);
/* Tables "groups" and "theil", of all groupings of the study; nothing where there are none. */
nearer_status nr_growth_put_groups(nearer_report *report, const nr_growth *g, nearer_error *err);
#endif
