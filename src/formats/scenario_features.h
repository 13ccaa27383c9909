/* formats/scenario_features: what is drawn of a scenario (GeoJSON, RFC 7946): lines to build,
 * points to close. */
#ifndef NR_FORMATS_SCENARIO_FEATURES_H
#define NR_FORMATS_SCENARIO_FEATURES_H
#include "formats/keys.h"
#include "model/scenario.h"

typedef struct nr_scenario_features {
    nr_built_line *lines;
    size_t line_count;
    nr_link_choice *points; /* links that close */
    size_t point_count;
} nr_scenario_features;

/* For NR_KEY_OWN, the list of features into an nr_scenario_features; positions stay as they are in
 * the file. */
nearer_status nr_read_features(void *features, const cJSON *json, const char *where,
                               const nr_reader *r);
/* Turns the positions into degrees of WGS 84 (crs NULL: they are), and says within which distance
 * of them stops are. Fails with NAME (crs), VALUE (no degrees). */
nearer_status nr_features_place(nr_scenario_features *features, const char *crs, double snap_km,
                                const nr_reader *r);
#endif
