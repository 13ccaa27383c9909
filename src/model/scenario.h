/* model/scenario: what would be different: lines built, links closed or slowed, modes changed. */
#ifndef NR_MODEL_SCENARIO_H
#define NR_MODEL_SCENARIO_H
#include "base/geodesy.h"
#include "model/mode.h"
#include "nearer.h"

struct nearer_network;

/* A place or node by its id or a place's name; or a new node where there is a position. */
typedef struct nr_stop_spec {
    const char *id, *name; /* name: of a new one, or NULL */
    double lon, lat;       /* NAN: it is there already */
} nr_stop_spec;

typedef struct nr_built_line {
    const char *line, *mode, *class_id, *service; /* service NULL: one of its own */
    nr_stop_spec *stops;
    size_t stop_count;
    double *minutes; /* of each section; none: by speed */
    size_t minute_count;
    double speed_kmh; /* NAN: by class or mode */
    bool oneway;
    nearer_date opened; /* NR_ALWAYS_OPEN: always */
} nr_built_line;

/* Links that agree in all that is said; a node: with an end there. */
typedef struct nr_link_choice {
    const char *mode, *layer, *line, *class_id, *service, *from, *to, *node;
    const char *line_has; /* a part of its line's name */
    double factor;        /* of their minutes, for those slowed */
} nr_link_choice;

typedef struct nr_scenario {
    const char *path, *title;
    nr_built_line *build;
    size_t build_count;
    nr_link_choice *close, *slow;
    size_t close_count, slow_count;
    bool has_modes;
    nr_mode modes[NR_MODE_COUNT]; /* all of them, as they then are */
    double cost;                  /* in the scenario's own unit; NAN: not known */
    const char *cost_unit;
} nr_scenario;

/* Changes a network whose places, nodes and links are there and which is not yet attached. Fails
 * with NAME (stop, mode, a choice that no link agrees with), VALUE; the message names the member.
 */
nearer_status nr_scenario_apply(struct nearer_network *network, const nr_scenario *scenario,
                                nearer_error *err);
#endif
