#include "formats/scenario_file.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "formats/keys.h"
#include "formats/mode_keys.h"
#include "formats/scenario_features.h"
#include "formats/scenario_lines.h"

/* A scenario and what its file says besides, read before it is put together. */
typedef struct file {
    nr_scenario scenario;
    nr_scenario_features features;
    const char *type, *name, *crs; /* of GeoJSON */
    double snap_km;
} file;

/* A click on a map of a country is about as good. */
static const double SNAP_KM = 5;

/* ---- members ---- */

#define CHOICE                                                                               \
    TEXT(nr_link_choice, mode), TEXT(nr_link_choice, layer), TEXT(nr_link_choice, line),     \
        {"class", NR_KEY_TEXT, false, offsetof(nr_link_choice, class_id), 0, 0, NULL},       \
        TEXT(nr_link_choice, service), TEXT(nr_link_choice, from), TEXT(nr_link_choice, to), \
        TEXT(nr_link_choice, node), TEXT(nr_link_choice, line_has)

static const nr_key close_keys[] = {CHOICE, END};
static const nr_key slow_keys[] = {
    CHOICE,
    {"factor", NR_KEY_NUMBER, true, offsetof(nr_link_choice, factor), 0.01, 1000, NULL},
    END};

static nearer_status read_choices(nr_link_choice **out, size_t *count, const cJSON *json,
                                  const char *where, const nr_key *keys, const nr_reader *r)
{
    static const nr_link_choice blank = {0};
    const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, keys, "a list [ ] of links"};
    NR_TRY(nr_keys_items(out, count, json, where, &kind, r));
    for (size_t k = 0; k < *count; k++) NR_TRY(nr_keep_where(&(*out)[k].where, where, k, "", r));
    return NEARER_OK;
}

static nearer_status read_close(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, close));
    return read_choices(&s->close, &s->close_count, json, where, close_keys, r);
}

static nearer_status read_slow(void *member, const cJSON *json, const char *where,
                               const nr_reader *r)
{
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, slow));
    return read_choices(&s->slow, &s->slow_count, json, where, slow_keys, r);
}

static nearer_status read_minutes(void *member, const cJSON *json, const char *where,
                                  const nr_reader *r)
{
    nr_added_stop *added = (nr_added_stop *)((char *)member - offsetof(nr_added_stop, minutes));
    return nr_read_numbers(&added->minutes, &added->minute_count, json, where, r);
}

static const nr_key extend_keys[] = {
    MUST(nr_added_stop, line),
    OWN("stop", true, nr_added_stop, stop, nr_read_stop),
    OWN("between", true, nr_added_stop, between, nr_keys_texts),
    OWN("minutes", false, nr_added_stop, minutes, read_minutes),
    TEXT(nr_added_stop, mode),
    {"class", NR_KEY_TEXT, false, offsetof(nr_added_stop, class_id), 0, 0, NULL},
    TEXT(nr_added_stop, service),
    END};

static nearer_status read_extend(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    static const nr_added_stop blank = {0};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, extend_keys,
                                      "a list [ ] of stops to add"};
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, extend));
    NR_TRY(nr_keys_items(&s->extend, &s->extend_count, json, where, &kind, r));
    for (size_t k = 0; k < s->extend_count; k++)
        NR_TRY(nr_keep_where(&s->extend[k].where, where, k, "", r));
    return NEARER_OK;
}

static nearer_status read_modes(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, modes));
    s->has_modes = true;
    for (size_t m = 0; m < NR_MODE_COUNT; m++) { /* classes are given anew, or stay */
        const cJSON *mode = cJSON_GetObjectItem(json, nr_modes[m].id);
        if (cJSON_GetObjectItem(mode, "classes") != NULL) s->modes[m].class_count = 0;
    }
    return nr_keys_modes(member, json, where, r);
}

/* The old member of GeoJSON (2008) that map programs still write. */
static nearer_status read_crs(void *member, const cJSON *json, const char *where,
                              const nr_reader *r)
{
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(json, "properties");
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(properties, "name");
    if (cJSON_IsNull(json)) return NEARER_OK;
    return nr_keys_text(member, cJSON_IsObject(json) ? name : json, where, r);
}

static const nr_key file_keys[] = {
    TEXT(nr_scenario, title),
    OWN("build", false, nr_scenario, build, nr_read_build),
    OWN("extend", false, nr_scenario, extend, read_extend),
    OWN("close", false, nr_scenario, close, read_close),
    OWN("slow", false, nr_scenario, slow, read_slow),
    OWN("modes", false, nr_scenario, modes, read_modes),
    NUMBER(nr_scenario, cost, 0, 1e300),
    TEXT(nr_scenario, cost_unit),
    TEXT(file, type),
    OWN("features", false, file, features, nr_read_features),
    NUMBER(file, snap_km, 0, 1000),
    TEXT(file, name),
    OWN("crs", false, file, crs, read_crs),
    OWN("bbox", false, file, type, nr_keys_pass_over),
    OWN("xy_coordinate_resolution", false, file, type, nr_keys_pass_over),
    END};

/* ---- the whole ---- */

/* Appends `more` to an array of the arena. */
static nearer_status append(void *items, size_t *count, const void *more, size_t more_count,
                            size_t size, const nr_reader *r)
{
    char *old, *all = nr_arena_alloc(r->arena, *count + more_count, size);
    if (all == NULL) return nr_fail_memory(r->err);
    memcpy(&old, items, sizeof old);
    if (*count > 0) memcpy(all, old, *count * size);
    if (more_count > 0) memcpy(all + *count * size, more, more_count * size);
    memcpy(items, &all, sizeof all);
    *count += more_count;
    return NEARER_OK;
}

static nearer_status add_features(file *f, const nr_reader *r)
{
    nr_scenario *s = &f->scenario;
    nr_scenario_features *drawn = &f->features;
    bool collection = f->type != NULL && strcmp(f->type, "FeatureCollection") == 0;
    if ((f->type != NULL || drawn->lines != NULL) && !(collection && drawn->lines != NULL))
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: type: \"FeatureCollection\" with a list \"features\" was expected",
                       r->path);
    NR_TRY(nr_features_place(drawn, f->crs, f->snap_km, r));
    NR_TRY(append(&s->build, &s->build_count, drawn->lines, drawn->line_count, sizeof *drawn->lines,
                  r));
    return append(&s->close, &s->close_count, drawn->points, drawn->point_count,
                  sizeof *drawn->points, r);
}

/* What all lines cost, where each says it. */
static double sum_costs(const nr_scenario *s)
{
    double cost = s->build_count > 0 ? 0 : (double)NAN;
    for (size_t k = 0; k < s->build_count; k++) cost += s->build[k].cost;
    return cost;
}

nearer_status nr_scenario_file_read(nr_scenario *out, nr_study_spec *study, const char *path,
                                    nearer_error *err)
{
    file f = {.scenario = {.path = nr_arena_text(&study->arena, path), .cost = NAN},
              .snap_km = SNAP_KM};
    nr_scenario *s = &f.scenario;
    const nr_reader reader = {path, &study->arena, err};
    if (s->path == NULL) return nr_fail_memory(err);
    memcpy(s->modes, study->modes, sizeof s->modes);
    NR_TRY(nr_keys_file(&f, file_keys, &reader));
    NR_TRY(add_features(&f, &reader));
    if (s->build_count + s->extend_count + s->close_count + s->slow_count == 0 && !s->has_modes)
        return nr_fail(
            err, NEARER_VALUE,
            "%s: it changes nothing; build, extend, close, slow, modes or features was expected",
            path);
    if (s->title == NULL) s->title = f.name != NULL ? f.name : s->path;
    if (isnan(s->cost)) s->cost = sum_costs(s);
    *out = *s;
    return NEARER_OK;
}
