/* model/network: places, nodes and dated links as given. Built once by nr_network_build, then only
 * read. */
#ifndef NR_MODEL_NETWORK_H
#define NR_MODEL_NETWORK_H
#include "base/error.h"
#include "base/geodesy.h"
#include "base/names.h"
#include "model/mode.h"
#include "model/study_spec.h"
#include "model/topology.h"

#define NR_ALWAYS_OPEN INT32_MIN
#define NR_NEVER_CLOSED INT32_MAX
#define NR_NO_INDEX UINT32_MAX

typedef struct nr_place {
    const char *id, *name;
    nr_lonlat at;
    uint32_t node; /* of the same id: its hub */
    size_t row;    /* in the places table */
} nr_place;

typedef struct nr_node {
    const char *id, *name;
    nr_lonlat at;
    uint32_t place;      /* of the same id, or NR_NO_INDEX */
    uint32_t station_of; /* the place it is said to be a station of, or NR_NO_INDEX */
    double access_min;   /* between that place and it; NAN: by mode and distance */
} nr_node;

typedef struct nr_link {
    uint32_t from, to; /* nodes */
    uint32_t line;     /* network->lines, or NR_NO_INDEX */
    uint32_t class_id; /* network->classes, or NR_NO_INDEX */
    uint32_t service;  /* network->services, or NR_NO_INDEX */
    uint16_t layer;
    uint8_t mode;
    bool oneway, estimated;
    nearer_date opened, closed; /* open on a day d when opened <= d < closed */
    bool revised;               /* at `opened` only its minutes are new */
    bool superseded;            /* at `closed` the same link goes on with other minutes */
    double given_min, speed_kmh, length_km; /* as given, else NAN */
    double wait_min; /* until its service leaves, on top of the mode's boarding; NAN: none given */
    double cost;     /* of riding it, in the study's own unit; NAN: not known */
    bool transfer;   /* a way between stations, or within one, for who changes: not ridden */
    bool call;       /* from a node to itself: a vehicle stops there and goes nowhere yet */
    double great_circle_km; /* between its nodes */
    size_t shape;           /* network->shapes: its vertices as drawn, either way round */
    uint32_t vertices;      /* 0: straight */
    size_t row;             /* line or record in its file */
} nr_link;

typedef struct nr_layer {
    const char *id, *file;
    uint8_t mode;
    bool drawn;          /* its links are drawn lines */
    nr_topology summary; /* of them, its nodes and pieces counted and gone */
} nr_layer;

/* A node of a mode that a place can use; within (place, mode) its own first, then the nearest. */
typedef struct nr_access {
    uint32_t place, node;
    uint8_t mode;
    bool hub; /* the node bears the place's id */
    bool own; /* that, or a station of the place */
    double km;
} nr_access;

struct nearer_network {
    nr_mode modes[NR_MODE_COUNT]; /* texts borrowed from the study's spec */
    nr_place *places;
    size_t place_count;
    nr_node *nodes; /* nodes[i] is place i for i < place_count */
    size_t node_count, node_capacity;
    nr_link *links;
    size_t link_count, link_capacity;
    nr_lonlat *shapes; /* of links that are drawn with bends */
    size_t shape_count, shape_capacity;
    nr_layer *layers;
    size_t layer_count;
    nr_access *accesses;
    size_t access_count, access_capacity;
    nr_names node_ids, lines, classes, services;
    nr_names place_words;  /* every lower-case name a place answers to */
    uint32_t *word_places; /* place of each word; NR_NO_INDEX: several */
    size_t word_capacity;
    bool priced; /* some layer says what its links cost */
    double
        *given[2]; /* minutes between places, given before and after in place of links; or NULL */
    double *given_own[2]; /* of a place to itself, NAN where they do not say; or NULL */
    nr_arena arena;
};

/* The days of minutes that were given: a matrix has no date. */
#define NR_GIVEN_BEFORE (INT32_MIN + 1)
#define NR_GIVEN_AFTER NEARER_GIVEN

/* Builds the network from a study's spec, its places table and its layers' tables (in the spec's
 * order). Fails with VALUE, NAME: the message names file and line. */
nearer_status nr_network_build(nearer_network **out, const nr_study_spec *spec,
                               const nearer_table *places, const nr_network_tables *layers,
                               nearer_error *err);
void nr_network_free(nearer_network *network);

bool nr_link_open(const nr_link *link, nearer_date date);
/* Its minutes by the network's modes as they are now (docs/model.md). */
double nr_link_minutes(const nearer_network *network, const nr_link *link);
/* Its length, where none is given the great circle with the mode's detour. */
double nr_link_km(const nearer_network *network, const nr_link *link);
/* The line's name, else the class, else the layer. */
const char *nr_link_line(const nearer_network *network, const nr_link *link);

/* Modes as bits from "rail,air"; NULL gives all that have links. Fails with NAME. */
nearer_status nr_network_modes(unsigned *out, const nearer_network *network, const char *modes,
                               nearer_error *err);

/* Parts of the build, one file each. */
nearer_status nr_network_add_places(nearer_network *network, const nr_study_spec *spec,
                                    const nearer_table *places, nearer_error *err);
nearer_status nr_network_add_node(uint32_t *out, nearer_network *network, const char *id,
                                  const char *name, nr_lonlat at, nearer_error *err);
nearer_status nr_network_add_nodes(nearer_network *network, const nr_nodes_spec *spec,
                                   const nearer_table *nodes, nearer_error *err);
nearer_status nr_network_add_layer(nearer_network *network, const nr_layer_spec *spec,
                                   uint16_t layer, const nearer_table *links, nearer_error *err);
/* Links from number `first` on that agree in ends, class, service and line are one link whose
 * minutes hold from the dates in valid_from (NR_ALWAYS_OPEN: from its opening); each is left open
 * while its minutes hold. Fails with VALUE when two hold from one day, or one never. */
nearer_status nr_network_revise(nearer_network *network, size_t first,
                                const nearer_date *valid_from, const nearer_table *table,
                                nearer_error *err);
nearer_status nr_network_attach(nearer_network *network, const nearer_table *places,
                                nearer_error *err);
/* Reads a position. Fails with VALUE when missing or out of range. */
nearer_status nr_table_read_lonlat(nr_lonlat *out, const nearer_table *table, size_t row,
                                   size_t lon, size_t lat, nearer_error *err);
/* The positions in the columns of ends are degrees. Fails with VALUE; NAME without the columns. */
nearer_status nr_table_check_ends(const nearer_table *table, nearer_error *err);
#endif
