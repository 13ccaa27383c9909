/* study/planned: lines that were planned, which of them opened, and what access would be had others
 * of them opened in their place. */
#ifndef NR_STUDY_PLANNED_H
#define NR_STUDY_PLANNED_H
#include "study/candidates.h"
#include "study/measures.h"

/* Lines that are held to be alike: which of them opened is taken as chance. */
typedef struct nr_stratum {
    const char *name;       /* as the file says; NULL: not asked, or not said */
    size_t least, most;     /* links of its lines */
    size_t planned, opened; /* lines */
    double arrangements;    /* in which as many open */
} nr_stratum;

typedef struct nr_planned {
    const nearer_study *study;
    const char *path;   /* of the lines' file */
    nearer_query query; /* of the first day */
    nr_candidates candidates;
    size_t n, opened_before; /* places; lines left out as they opened by the first day */
    uint32_t *line;          /* of each planned line its candidate */
    size_t count, opened;
    size_t *stratum;
    nr_stratum *strata;
    size_t strata_count;
    double arrangements; /* of all strata together */
    size_t draws;        /* arrangements looked at, the first being what opened */
    bool all;            /* these are all there are */
    bool *open;          /* draws x count */
    double *gain;        /* draws x n: ln of access with them over access without; NAN: unknown */
    double *all_planned; /* n: that of all that did not open, together */
    double *expected;    /* n: mean of the draws */
} nr_planned;

/* Adds the lines that open in an arrangement to the network of the first day, as it was, and scores
 * the measure: all arrangements where there are no more than draws + 1, else what opened and as
 * many others as draws, by chance. Fails as nr_candidates_find and with NODATA (all lines opened,
 * none did, or none can be exchanged). Clear with nr_planned_clear, also then. O(draws lines
 * places^2).
 */
nearer_status nr_planned_find(nr_planned *out, const nearer_study *study, const nearer_query *query,
                              const nearer_measure_spec *measure, const nearer_growth_spec *what,
                              nearer_error *err);
void nr_planned_clear(nr_planned *planned);

/* Its second half: gains of arrangements that are there. Fails with MEMORY, NODATA, and as
 * nearer_ask_access. */
nearer_status nr_planned_score(nr_planned *planned, const nearer_measure_spec *measure,
                               nearer_error *err);
#endif
