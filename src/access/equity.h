/* access/equity: indexes of how access is shared out, one descriptor each, listed in
 * access/indexes.def. */
#ifndef NR_ACCESS_EQUITY_H
#define NR_ACCESS_EQUITY_H
#include <stdbool.h>

#include "access/inequality.h"

/* Rows that have all that is asked for. */
typedef struct nr_equity_input {
    nr_sample sample;     /* scores of 0 or more, and people */
    const double *income; /* NAN: not known; NULL unless there */
    const size_t *group;  /* or NR_NO_GROUP; NULL unless there */
    size_t groups;
    const char *const *group_names;
    double line, epsilon; /* poverty line, NAN: none; Atkinson's aversion */
    bool r_convention;
} nr_equity_input;

/* Takes one figure of an index: "total", "between", a group's name ... */
typedef nearer_status nr_take_figure(void *context, const char *component, double value);

typedef struct nr_index {
    const char *id, *title, *formula;
    bool needs_income, needs_line;
    /* Fails with MEMORY, and as `take`. */
    nearer_status (*compute)(const nr_equity_input *input, nr_take_figure *take, void *context,
                             nearer_error *err);
} nr_index;

#define NR_INDEX(id) extern const nr_index nr_index_##id;
#include "access/indexes.def"
#undef NR_INDEX

/* All indexes, NULL behind the last. */
extern const nr_index *const nr_indexes[];
/* Fails with NAME and a suggestion. */
nearer_status nr_index_find(const nr_index **out, const char *id, nearer_error *err);

/* One figure of the whole and, where there are groups, one of each. */
typedef nearer_status nr_figure(double *out, const nr_equity_input *input, nearer_error *err);
nearer_status nr_whole_and_groups(nr_figure *figure, const nr_equity_input *input,
                                  nr_take_figure *take, void *context, nearer_error *err);
#endif
