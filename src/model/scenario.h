/* model/scenario: what would be different: lines built, stops added, links closed or
 * slowed, modes changed. */
#ifndef NR_MODEL_SCENARIO_H
#define NR_MODEL_SCENARIO_H
#include "base/geodesy.h"
#include "base/text.h"
#include "model/mode.h"
#include "nearer.h"

struct nearer_network;

/* A place or node by its id or a place's name; or a new node where there is a position. */
typedef struct nr_stop_spec {
    const char *id, *name; /* name: of a new one, or NULL */
    double lon, lat;       /* NAN: it is there already */
} nr_stop_spec;

/* A line as drawn on a map; {0}: it is not. */
typedef struct nr_drawing {
    nr_lonlat *vertices;
    size_t count;
    double snap_km; /* how far from it a stop may be */
} nr_drawing;

typedef struct nr_built_line {
    const char *where;                            /* the member that says it */
    const char *line, *mode, *class_id, *service; /* service NULL: one of its own */
    nr_stop_spec *stops;
    size_t stop_count;  /* 0: those the drawing runs through */
    nr_drawing drawing; /* gives the sections their lengths */
    double *minutes;    /* of each section; none: by speed */
    size_t minute_count;
    double speed_kmh; /* NAN: by class or mode */
    double dwell_min; /* at each stop between its ends; NAN: the mode's */
    bool oneway;
    nearer_date opened;    /* NR_ALWAYS_OPEN: always */
    const char *stratum;   /* of planned lines: those it is held to be like; NULL: not given */
    nr_text_list replaces; /* classes whose links between its stops close when it opens */
    double cost;           /* in the scenario's own unit; NAN: not known */
} nr_built_line;

/* A stop more on a line that is there. */
typedef struct nr_added_stop {
    const char *where; /* the member that says it */
    const char *line, *mode, *class_id, *service;
    nr_stop_spec stop;
    nr_text_list between; /* two stops of the line */
    double *minutes;      /* two: from the first to it, and on; none: as fast as the link was */
    size_t minute_count;
} nr_added_stop;

/* Links that agree in all that is said; a node: with an end there. */
typedef struct nr_link_choice {
    const char *where; /* the member that says it */
    const char *mode, *layer, *line, *class_id, *service, *from, *to, *node;
    const char *line_has; /* a part of its line's name */
    nr_drawing at;        /* a vertex: the node is the nearest; none: as `node` says */
    double factor;        /* of their minutes, for those slowed */
} nr_link_choice;

typedef struct nr_scenario {
    const char *path, *title;
    nr_built_line *build;
    size_t build_count;
    nr_link_choice *close, *slow;
    size_t close_count, slow_count;
    nr_added_stop *extend;
    size_t extend_count;
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
