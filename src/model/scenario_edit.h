/* model/scenario_edit: what the parts of a scenario share while a network is changed by it. */
#ifndef NR_MODEL_SCENARIO_EDIT_H
#define NR_MODEL_SCENARIO_EDIT_H
#include "model/network.h"

typedef struct nr_edit {
    nearer_network *network;
    const nr_scenario *scenario;
    char where[120]; /* the member being done */
    size_t there;    /* links before anything is built */
    nearer_error *err;
} nr_edit;

/* All fail with NAME or VALUE; the message names file and member. */
nearer_status nr_edit_find_mode(size_t *out, const char *id, nr_edit *edit);
/* By id, or by a name a place answers to. */
nearer_status nr_edit_find_node(uint32_t *out, const char *id, nr_edit *edit);
/* One that is there, or that is made where it has a position. */
nearer_status nr_edit_find_stop(uint32_t *out, const nr_stop_spec *stop, nr_edit *edit);
/* Nodes by number: where a mode stops. They live as long as the network. */
typedef struct nr_mode_stops {
    bool *stops;
    size_t count; /* of nodes there were */
} nr_mode_stops;
/* NR_MODE_COUNT: any mode. Fails with MEMORY. */
nearer_status nr_edit_mark_stops(nr_mode_stops *out, size_t mode, nr_edit *edit);
/* The nearest node within the distance where the mode stops, else the nearest place; NR_NO_INDEX:
 * neither. */
uint32_t nr_edit_find_near(const nr_mode_stops *marked, nr_lonlat at, double within_km,
                           const nr_edit *edit);
nearer_status nr_edit_add_link(nr_edit *edit, nr_link link);
/* Minutes of `count` sections: none, or that many above 0; `stops`: between which they lie. */
nearer_status nr_edit_check_minutes(const double *minutes, size_t given, size_t count,
                                    const char *stops, nr_edit *edit);
/* The name a link has among `names` is the one wanted; NULL: any. */
bool nr_edit_is_named(const nr_names *names, uint32_t index, const char *wanted);

/* A stop on a line to be built. */
typedef struct nr_found_stop {
    uint32_t node;
    double along_km; /* from where the drawing begins; NAN: it is not drawn */
} nr_found_stop;
/* The stops of a line that is drawn, in order; they live as long as the network. */
nearer_status nr_edit_read_drawing(nr_found_stop **out, size_t *count, const nr_built_line *line,
                                   size_t mode, nr_edit *edit);
nearer_status nr_edit_build(const nr_built_line *line, nr_edit *edit);
nearer_status nr_edit_extend(const nr_added_stop *added, nr_edit *edit);
#endif
