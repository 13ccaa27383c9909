/* model/mode: what a transport mode costs a rider besides riding. */
#ifndef NR_MODEL_MODE_H
#define NR_MODEL_MODE_H
#include <stdbool.h>
#include <stddef.h>

enum nr_mode_index {
#define NR_MODE(id, ...) NR_MODE_##id,
#include "model/modes.def"
#undef NR_MODE
    NR_MODE_COUNT
};

/* Where riders stay aboard at a node (dwell) and where they change (transfer). */
typedef enum nr_through {
    NR_THROUGH_NEVER,
    NR_THROUGH_ALWAYS,
    NR_THROUGH_CLASS,  /* aboard from a link to one of the same class: one kind of train */
    NR_THROUGH_LINE,   /* aboard from a link to one of the same line */
    NR_THROUGH_SERVICE /* ... of the same service and class, where both links name a service; else
                          of the same class */
} nr_through;
enum { NR_THROUGHS = NR_THROUGH_SERVICE + 1 };
/* As a study file says it: "no", "yes", "class", "line", "service". */
extern const char *const nr_through_words[];

/* Minutes, km/h, km; each is a key of a study's "modes". */
typedef struct nr_mode_parameters {
    bool boards; /* riders board and alight at terminals */
    nr_through through;
    double speed_kmh;    /* where a link gives neither minutes nor class with a speed */
    double detour;       /* length of a link / great circle where it gives no length */
    double access_min;   /* from the place to the terminal */
    double boarding_min; /* check-in, security, waiting on the platform */
    double alighting_min;
    double egress_min;        /* from the terminal to the place */
    double headway_min;       /* half of it is waited */
    double dwell_min;         /* at each stop where riders stay aboard */
    double transfer_min;      /* from one vehicle to the next at one node */
    double link_min;          /* added to each link's running minutes (taxiing, climbing) */
    double access_speed_kmh;  /* from a place to a node that stands apart from it */
    double access_limit_km;   /* how far from a place a node it uses may be */
    double plausible_low_kmh; /* `nearer check` lists links outside */
    double plausible_high_kmh;
} nr_mode_parameters;

/* A speed for links of one class of a mode (expressway, ordinary, high_speed). */
typedef struct nr_class_speed {
    const char *id;
    double speed_kmh;
} nr_class_speed;

typedef struct nr_mode {
    const char *id, *title;
    nr_mode_parameters parameters;
    const nr_class_speed *classes;
    size_t class_count;
} nr_mode;

/* The modes with their default parameters, NR_MODE_COUNT of them. */
extern const nr_mode nr_modes[];
/* The mode's index, or NR_MODE_COUNT. */
size_t nr_mode_find(const char *id);
/* For nr_fail_unknown. */
const char *nr_mode_known(const void *unused, size_t i);

/* A number of a mode that may be varied. */
typedef struct nr_parameter {
    const char *name; /* NULL ends the list */
    size_t offset;    /* in nr_mode_parameters */
    double low, high; /* what it may be */
} nr_parameter;
extern const nr_parameter nr_parameters[];
/* For nr_fail_unknown. */
const char *nr_parameter_known(const void *unused, size_t i);

/* Minutes to board: access + boarding + half the headway. */
double nr_mode_board_min(const nr_mode_parameters *p);
/* Minutes to leave: alighting + egress. */
double nr_mode_leave_min(const nr_mode_parameters *p);
/* The mode tells vehicles apart: it has berths at a node. */
bool nr_mode_has_berths(const nr_mode_parameters *p);

/* Minutes of a run: given minutes, else length / speed, else great circle x detour / speed; the
 * mode's link_min comes on top unless minutes are given. NAN = not given. */
double nr_mode_run_min(const nr_mode_parameters *p, double given_min, double length_km,
                       double great_circle_km, double speed_kmh);
#endif
