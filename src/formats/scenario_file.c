#include "formats/scenario_file.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "formats/keys.h"
#include "formats/mode_keys.h"
#include "model/network.h"

/* ---- stops ---- */

static const nr_key stop_keys[] = {
    MUST(nr_stop_spec, id),
    TEXT(nr_stop_spec, name),
    {"lon_deg", NR_KEY_NUMBER, true, offsetof(nr_stop_spec, lon), -180, 180, NULL},
    {"lat_deg", NR_KEY_NUMBER, true, offsetof(nr_stop_spec, lat), -90, 90, NULL},
    END};

/* "Beijing", or { } of a new node. */
static nearer_status read_stops(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    nr_built_line *line = (nr_built_line *)((char *)member - offsetof(nr_built_line, stops));
    NR_TRY(nr_keys_expect(json, true, where, "a list [ ] of stops", r));
    line->stops = nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), sizeof *line->stops);
    if (line->stops == NULL) return nr_fail_memory(r->err);
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        char at[NR_KEY_WHERE];
        nr_stop_spec *stop = &line->stops[line->stop_count];
        *stop = (nr_stop_spec){.lon = NAN, .lat = NAN};
        snprintf(at, sizeof at, "%.100s[%zu]", where, line->stop_count++);
        NR_TRY(cJSON_IsObject(item) ? nr_keys_read(stop, item, stop_keys, at, r)
                                    : nr_keys_text(&stop->id, item, at, r));
    }
    return NEARER_OK;
}

static nearer_status read_minutes(void *member, const cJSON *json, const char *where,
                                  const nr_reader *r)
{
    nr_built_line *line = (nr_built_line *)((char *)member - offsetof(nr_built_line, minutes));
    NR_TRY(nr_keys_expect(json, true, where, "a list [ ] of minutes", r));
    line->minutes =
        nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), sizeof *line->minutes);
    if (line->minutes == NULL) return nr_fail_memory(r->err);
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        if (!cJSON_IsNumber(item))
            return nr_fail(r->err, NEARER_VALUE, "%s: %s[%zu]: a number was expected", r->path,
                           where, line->minute_count);
        line->minutes[line->minute_count++] = item->valuedouble;
    }
    return NEARER_OK;
}

static nearer_status read_opened(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    char text[32] = "";
    if (cJSON_IsString(json)) snprintf(text, sizeof text, "%.30s", json->valuestring);
    if (cJSON_IsNumber(json)) snprintf(text, sizeof text, "%.0f", json->valuedouble);
    if (nearer_date_parse(member, text, NULL) == NEARER_OK) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE, "%s: %s: a date YYYY, YYYY-MM or YYYY-MM-DD was expected",
                   r->path, where);
}

/* ---- members ---- */

static const nr_key line_keys[] = {
    MUST(nr_built_line, line),
    MUST(nr_built_line, mode),
    {"class", NR_KEY_TEXT, false, offsetof(nr_built_line, class_id), 0, 0, NULL},
    TEXT(nr_built_line, service),
    OWN("stops", true, nr_built_line, stops, read_stops),
    OWN("minutes", false, nr_built_line, minutes, read_minutes),
    NUMBER(nr_built_line, speed_kmh, 0.1, 2000),
    {"oneway", NR_KEY_BOOL, false, offsetof(nr_built_line, oneway), 0, 0, NULL},
    OWN("opened", false, nr_built_line, opened, read_opened),
    END};

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

static nearer_status read_build(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    static const nr_built_line blank = {.speed_kmh = NAN, .opened = NR_ALWAYS_OPEN};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, line_keys,
                                      "a list [ ] of lines"};
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, build));
    return nr_keys_items(&s->build, &s->build_count, json, where, &kind, r);
}

static nearer_status read_close(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    static const nr_link_choice blank = {0};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, close_keys,
                                      "a list [ ] of links"};
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, close));
    return nr_keys_items(&s->close, &s->close_count, json, where, &kind, r);
}

static nearer_status read_slow(void *member, const cJSON *json, const char *where,
                               const nr_reader *r)
{
    static const nr_link_choice blank = {0};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, slow_keys,
                                      "a list [ ] of links"};
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, slow));
    return nr_keys_items(&s->slow, &s->slow_count, json, where, &kind, r);
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

static const nr_key scenario_keys[] = {TEXT(nr_scenario, title),
                                       OWN("build", false, nr_scenario, build, read_build),
                                       OWN("close", false, nr_scenario, close, read_close),
                                       OWN("slow", false, nr_scenario, slow, read_slow),
                                       OWN("modes", false, nr_scenario, modes, read_modes),
                                       NUMBER(nr_scenario, cost, 0, 1e300),
                                       TEXT(nr_scenario, cost_unit),
                                       END};

nearer_status nr_scenario_file_read(nr_scenario *out, nr_study_spec *study, const char *path,
                                    nearer_error *err)
{
    nr_scenario s = {.path = nr_arena_text(&study->arena, path), .cost = NAN};
    const nr_reader reader = {path, &study->arena, err};
    if (s.path == NULL) return nr_fail_memory(err);
    memcpy(s.modes, study->modes, sizeof s.modes);
    NR_TRY(nr_keys_file(&s, scenario_keys, &reader));
    if (s.build_count + s.close_count + s.slow_count == 0 && !s.has_modes)
        return nr_fail(err, NEARER_VALUE,
                       "%s: it changes nothing; build, close, slow or modes was expected", path);
    if (s.title == NULL) s.title = s.path;
    *out = s;
    return NEARER_OK;
}
