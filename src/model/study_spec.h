/* model/study_spec: what a study file says, word for word; nothing it names is read yet. Every
 * text lives in `arena`; NULL = not given, NAN = not given. docs/study-file.md explains the keys.
 */
#ifndef NR_MODEL_STUDY_SPEC_H
#define NR_MODEL_STUDY_SPEC_H
#include "base/memory.h"
#include "model/mode.h"
#include "model/scenario.h"
#include "nearer.h"

typedef struct nr_places_spec {
    const char *file, *id, *name, *lon, *lat;
    nr_text_list names; /* further columns a place answers to */
    nearer_reading how;
} nr_places_spec;

typedef struct nr_nodes_spec {
    const char *file, *id, *name, *lon, *lat, *place, *access_min;
    nearer_reading how;
} nr_nodes_spec;

/* Names of a link table's columns. */
typedef struct nr_fields_spec {
    const char *from, *to, *minutes, *length_km, *speed_kmh, *class_id, *line, *service, *opened,
        *closed, *valid_from, *estimated, *oneway, *reverse_minutes, *reverse_speed_kmh, *wait_min,
        *transfer, *cost;
    bool given; /* without, columns of the keys' own names are taken */
} nr_fields_spec;

typedef struct nr_layer_spec {
    const char *id, *mode, *file, *class_id;
    nearer_reading how;
    double snap_m; /* NAN: not given */
    const char *topology;
    nr_nodes_spec nodes;
    nr_fields_spec fields;
} nr_layer_spec;

typedef struct nr_mass_spec {
    const char *id, *file, *key, *column, *unit;
    nearer_reading how;
} nr_mass_spec;

/* Growth that was over, or had not begun, when access changed: nothing should be found. */
typedef struct nr_placebo_spec {
    const char *from, *to;          /* masses */
    double years;                   /* between them */
    nearer_date gain_from, gain_to; /* of access */
} nr_placebo_spec;

typedef struct nr_growth_spec {
    const char *from, *to;      /* masses at the two dates */
    const char *initial_income; /* mass: control */
    double years;               /* between them; 0: between the study's dates */
    const char *cluster;        /* group: its places depend on each other */
    const char *planned;        /* scenario file of planned lines */
    nr_placebo_spec *placebos;
    size_t placebo_count;
} nr_growth_spec;

typedef struct nr_group_spec {
    const char *id, *column;
} nr_group_spec;

/* A claim under study and how to compute our figure beside it. */
typedef struct nr_claim_spec {
    const char *text, *statistic, *unit;
    const char *from, *to;  /* masses: growth from the one to the other */
    const char *of, *per;   /* masses: a level, per another */
    const char *group, *is; /* only places whose group has this value */
    const char *by;         /* summed by this group first */
    double above, claimed;
} nr_claim_spec;

/* How far a parameter of a mode may plausibly lie from what the study says. */
typedef struct nr_range_spec {
    const char *parameter; /* "rail.access_min", "road.classes.expressway" */
    double low, high;
    const char *basis; /* a source, or "assumed" */
} nr_range_spec;

typedef struct nr_study_spec {
    const nr_scenario *scenarios; /* of a study that is looked at under them, one after the other */
    size_t scenario_count;
    nr_arena arena;
    const char *path, *title;
    nr_places_spec places;
    nr_mode modes[NR_MODE_COUNT];
    nr_layer_spec *layers;
    size_t layer_count;
    nearer_date from, to;
    nr_mass_spec *masses;
    size_t mass_count;
    nr_growth_spec growth;
    nr_group_spec *groups;
    size_t group_count;
    nearer_measure_spec *measures;
    size_t measure_count;
    nr_claim_spec *claims;
    size_t claim_count;
    nr_range_spec *ranges;
    size_t range_count;
} nr_study_spec;

void nr_study_spec_clear(nr_study_spec *spec);
#endif
