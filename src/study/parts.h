/* study/parts: what was built between two days, in parts. */
#ifndef NR_STUDY_PARTS_H
#define NR_STUDY_PARTS_H
#include "study/study.h"

typedef struct nr_parts {
    nearer_network network; /* borrows all but its links: those of either day, open on both */
    uint32_t *of_link; /* part of each; NR_NO_INDEX: there from the first day on, or on neither */
    size_t count;
    nr_names names; /* of each, behind a letter that tells lines of different modes apart */
    uint32_t *mode; /* NR_MODE_COUNT: of several */
    size_t *links;
    size_t withdrawn; /* links that were there on the first day only */
} nr_parts;

/* Fails with NAME (by, group, mode), USAGE, VALUE, NODATA; see nearer_ask_attribute. Clear with
 * nr_parts_clear, also then. */
nearer_status nr_parts_find(nr_parts *out, const nearer_study *study, const nearer_query *query,
                            const nearer_attribution *what, nearer_error *err);
void nr_parts_clear(nr_parts *parts);
#endif
