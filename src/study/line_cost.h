/* study/line_cost: what a kilometre of new line costs, one price or one a class of terrain. */
#ifndef NR_STUDY_LINE_COST_H
#define NR_STUDY_LINE_COST_H
#include "study/study.h"

enum { NR_TERRAINS = 16 };

typedef struct nr_line_cost {
    size_t count; /* 0: not known */
    char classes[NR_TERRAINS][64];
    double per_km[NR_TERRAINS]; /* one without a class: everywhere */
    size_t column;              /* of the places table */
    const nearer_study *study;
} nr_line_cost;

/* Reads "130", or "plain=100,hill=150" with the column of the places that says which class each is
 * in. Fails with VALUE, NAME (column), USAGE (classes without a column). */
nearer_status nr_line_cost_read(nr_line_cost *out, const nearer_study *study, const char *per_km,
                                const char *terrain, nearer_error *err);
/* Of a section between two nodes: the mean of the prices at both; at a node that is no place that
 * of the place it is a station of. NAN where a class is not known. */
double nr_line_cost_of(const nr_line_cost *cost, const nr_node *from, const nr_node *to, double km);
#endif
