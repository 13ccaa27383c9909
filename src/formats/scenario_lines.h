/* formats/scenario_lines: the lines that a scenario builds, as they stand in JSON. */
#ifndef NR_FORMATS_SCENARIO_LINES_H
#define NR_FORMATS_SCENARIO_LINES_H
#include <stddef.h>

#include "formats/keys.h"
#include "model/scenario.h"

/* For NR_KEY_OWN: members of an nr_built_line, an nr_added_stop or an nr_scenario. */
nearer_status nr_read_build(void *build, const cJSON *json, const char *where, const nr_reader *r);
nearer_status nr_read_line_stops(void *stops, const cJSON *json, const char *where,
                                 const nr_reader *r);
nearer_status nr_read_line_minutes(void *minutes, const cJSON *json, const char *where,
                                   const nr_reader *r);
nearer_status nr_read_opened(void *date, const cJSON *json, const char *where, const nr_reader *r);
/* "Beijing", or { } of a new node. */
nearer_status nr_read_stop(void *stop, const cJSON *json, const char *where, const nr_reader *r);
/* A list of numbers into an array of the arena. */
nearer_status nr_read_numbers(double **out, size_t *count, const cJSON *json, const char *where,
                              const nr_reader *r);
/* The member of item `index` of a list, kept in the arena: "build[2]". Fails with MEMORY. */
nearer_status nr_keep_where(const char **out, const char *list, size_t index, const char *behind,
                            const nr_reader *r);

/* What is said of a line but its name and stops, for a struct that begins with nr_built_line. */
#define LINE_KEYS                                                                                  \
    MUST(nr_built_line, mode),                                                                     \
        {"class", NR_KEY_TEXT, false, offsetof(nr_built_line, class_id), 0, 0, NULL},              \
        TEXT(nr_built_line, service),                                                              \
        OWN("minutes", false, nr_built_line, minutes, nr_read_line_minutes),                       \
        NUMBER(nr_built_line, speed_kmh, 0.1, 2000), NUMBER(nr_built_line, dwell_min, 0, 1440),    \
        OWN("replaces", false, nr_built_line, replaces, nr_keys_texts),                            \
        OWN("opened", false, nr_built_line, opened, nr_read_opened), TEXT(nr_built_line, stratum), \
        {"oneway", NR_KEY_BOOL, false, offsetof(nr_built_line, oneway), 0, 0, NULL},               \
        NUMBER(nr_built_line, cost, 0, 1e300)

/* A line of which nothing is known. */
extern const nr_built_line nr_blank_line;
#endif
