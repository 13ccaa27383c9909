/* access/measure: minutes and masses into scores. A measure never hears of modes or years. */
#ifndef NR_ACCESS_MEASURE_H
#define NR_ACCESS_MEASURE_H
#include "access/decay.h"
#include "access/minutes.h"
#include "base/geodesy.h"

/* What a spec may say, as bits. */
#define NR_SETTING(name, option, words) NR_SETTING_NUMBER_##name,
typedef enum nr_setting_number {
#include "access/settings.def"
    NR_SETTINGS
} nr_setting_number;
#undef NR_SETTING
#define NR_SETTING(name, option, words) NR_##name = 1u << NR_SETTING_NUMBER_##name,
typedef enum nr_setting {
#include "access/settings.def"
} nr_setting;
#undef NR_SETTING

/* What a measure needs to know of the network, beside the minutes. */
typedef enum nr_knowledge {
    NR_KNOWS_POSITIONS = 1,
    NR_KNOWS_LENGTHS = 2,
    NR_KNOWS_PASSING = 4,
    NR_KNOWS_MODES = 8
} nr_knowledge;

typedef enum nr_constraint { NR_TOTAL, NR_SINGLY, NR_DOUBLY, NR_CONSTRAINTS } nr_constraint;
extern const char *const nr_setting_options[NR_SETTINGS]; /* on a command line */
extern const char *const nr_constraint_words[];           /* NULL behind the last */

typedef struct nr_measure_input {
    size_t n;                    /* places */
    const double *mass, *demand; /* n; a missing one is 0. demand: NULL unless taken */
    double all_mass;             /* of all places */
    const double *own;        /* n: minutes at which a place's own mass counts; NAN: it does not */
    const nr_lonlat *at;      /* n; NULL unless known */
    const double *lengths_km; /* n x n along the fastest paths; NULL unless known */
    const double *passing;    /* n: what passes a place; NULL unless known */
    const double *over_modes; /* n x n minutes over all modes; NULL unless known */
    bool to;                  /* towards the places */
    nr_decay decay;           /* kind NULL unless given */
    double cutoff_min;        /* these are NAN unless given */
    double amount, share, alpha, theta, scale_min, speed_kmh, step_min;
    const double *limits_min; /* rising */
    size_t limits;
    nr_constraint constraint;
    bool median, full, r_convention;
} nr_measure_input;

/* Matrices that stand behind the scores of a measure. */
typedef struct nr_detail {
    const char *const *columns; /* NULL behind the last */
    /* values[k * n * n + i * n + j] of column k, NAN where there is nothing. Fails with MEMORY. */
    nearer_status (*fill)(double *values, const nr_measure_input *input, const nr_minutes *minutes,
                          nearer_error *err);
} nr_detail;

typedef struct nr_measure {
    const char *id, *title, *formula;
    const char *unit; /* NULL: the unit of the mass */
    bool (*in_demand)(
        const nr_measure_input *input); /* scores are in the unit of the demand; NULL */
    unsigned needs, takes;              /* settings: must be given, may be given */
    unsigned needs_one;                 /* one of these must be given */
    unsigned knows;                     /* knowledge */
    bool low_is_good;
    bool own;  /* a place's own mass counts when the times say at which minutes */
    bool adds; /* scores are sums over places: each has a share */
    int decimals;
    /* Scores a place; NULL: 1. Their names are the measure's with these behind (NULL: none). */
    size_t (*columns)(const nr_measure_input *input);
    const char *(*column)(char out[64], const nr_measure_input *input, size_t column);
    size_t extra; /* numbers a place kept behind its scores, for `finish` */
    /* Those of place i. minutes[n]: to each place (by nr_minutes_row: its own are input->own, NAN
     * counts as absent, INFINITY as unreachable); room[2 * n]. Rows come in any order, side by
     * side.
     */
    void (*row)(double *out, const nr_measure_input *input, size_t i, const double *minutes,
                double *room);
    /* What can be said only when all rows are there; NULL: nothing. */
    void (*finish)(double *numbers, const nr_measure_input *input);
    /* In place of rows, all at once: what a place gets depends on what others do. Fails with MEMORY
     * and VALUE. Of a measure that has both, `is_whole` says which. */
    nearer_status (*whole)(double *numbers, const nr_measure_input *input,
                           const nr_minutes *minutes, nearer_error *err);
    bool (*is_whole)(const nr_measure_input *input);
    const nr_detail *detail; /* NULL: none */
} nr_measure;

#define NR_MEASURE(id) extern const nr_measure nr_measure_##id;
#include "access/measures.def"
#undef NR_MEASURE

/* All measures, NULL behind the last. */
extern const nr_measure *const nr_measures[];
/* Fails with NAME and a suggestion. */
nearer_status nr_measure_find(const nr_measure **out, const char *id, nearer_error *err);
/* Checks that the spec gives what the measure needs and nothing that it does not take, and fills
 * what it says into the input. A decay that is there already stays. Fails with USAGE, VALUE, NAME.
 */
nearer_status nr_measure_prepare(const nr_measure **out, nr_measure_input *input,
                                 const nearer_measure_spec *spec, nearer_error *err);
size_t nr_measure_columns(const nr_measure *measure, const nr_measure_input *input);
size_t nr_measure_kept(const nr_measure *measure, const nr_measure_input *input);
bool nr_measure_is_whole(const nr_measure *measure, const nr_measure_input *input);

/* Adds up mass x decay over the places in reach. */
double nr_measure_sum(const nr_measure_input *input, const nr_decay *decay, const double *minutes);
/* Mean over the places that are reached, weighted by mass; NAN when none of them has a mass,
 * INFINITY when none is reached. */
double nr_measure_mean(const nr_measure_input *input, size_t i, const double *minutes);
/* The least minutes within which there is `amount` of mass (strictly: more than it); INFINITY:
 * never. room[2 * n]. O(n) on average. */
double nr_measure_until(const nr_measure_input *input, const double *minutes, double amount,
                        bool strictly, double *room);

/* Ranks 1.. of n scores, equal scores sharing the better rank; NAN where the score is NAN or
 * infinite. */
nearer_status nr_rank(double *ranks, const double *scores, size_t n, bool low_is_good,
                      nearer_error *err);
/* The indices of n ranks in order of rank, those without one behind, equal ones as they came. */
nearer_status nr_rank_order(size_t *order, const double *ranks, size_t n, nearer_error *err);
#endif
