#include "formats/scenario_lines.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/network.h"

const nr_built_line nr_blank_line = {
    .speed_kmh = NAN, .dwell_min = NAN, .cost = NAN, .opened = NR_ALWAYS_OPEN};

static const nr_key stop_keys[] = {
    MUST(nr_stop_spec, id),
    TEXT(nr_stop_spec, name),
    {"lon_deg", NR_KEY_NUMBER, true, offsetof(nr_stop_spec, lon), -180, 180, NULL},
    {"lat_deg", NR_KEY_NUMBER, true, offsetof(nr_stop_spec, lat), -90, 90, NULL},
    END};

nearer_status nr_read_stop(void *member, const cJSON *json, const char *where, const nr_reader *r)
{
    nr_stop_spec *stop = member;
    *stop = (nr_stop_spec){.lon = NAN, .lat = NAN};
    return cJSON_IsObject(json) ? nr_keys_read(stop, json, stop_keys, where, r)
                                : nr_keys_text(&stop->id, json, where, r);
}

nearer_status nr_read_line_stops(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    nr_built_line *line = (nr_built_line *)((char *)member - offsetof(nr_built_line, stops));
    NR_TRY(nr_keys_expect(json, true, where, "a list [ ] of stops", r));
    line->stops = nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), sizeof *line->stops);
    if (line->stops == NULL) return nr_fail_memory(r->err);
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        char at[NR_KEY_WHERE];
        snprintf(at, sizeof at, "%.100s[%zu]", where, line->stop_count);
        NR_TRY(nr_read_stop(&line->stops[line->stop_count++], item, at, r));
    }
    return NEARER_OK;
}

nearer_status nr_read_numbers(double **out, size_t *count, const cJSON *json, const char *where,
                              const nr_reader *r)
{
    NR_TRY(nr_keys_expect(json, true, where, "a list [ ] of minutes", r));
    *out = nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), sizeof **out);
    if (*out == NULL) return nr_fail_memory(r->err);
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        if (!cJSON_IsNumber(item))
            return nr_fail(r->err, NEARER_VALUE, "%s: %s[%zu]: a number was expected", r->path,
                           where, *count);
        (*out)[(*count)++] = item->valuedouble;
    }
    return NEARER_OK;
}

nearer_status nr_read_line_minutes(void *member, const cJSON *json, const char *where,
                                   const nr_reader *r)
{
    nr_built_line *line = (nr_built_line *)((char *)member - offsetof(nr_built_line, minutes));
    return nr_read_numbers(&line->minutes, &line->minute_count, json, where, r);
}

nearer_status nr_read_opened(void *member, const cJSON *json, const char *where, const nr_reader *r)
{
    char text[32] = "";
    if (cJSON_IsString(json)) snprintf(text, sizeof text, "%.30s", json->valuestring);
    if (cJSON_IsNumber(json)) snprintf(text, sizeof text, "%.0f", json->valuedouble);
    if (nearer_date_parse(member, text, NULL) == NEARER_OK) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE, "%s: %s: a date YYYY, YYYY-MM or YYYY-MM-DD was expected",
                   r->path, where);
}

nearer_status nr_keep_where(const char **out, const char *list, size_t index, const char *behind,
                            const nr_reader *r)
{
    char text[NR_KEY_WHERE];
    snprintf(text, sizeof text, "%.100s[%zu]%s", list, index, behind);
    *out = nr_arena_text(r->arena, text);
    return *out == NULL ? nr_fail_memory(r->err) : NEARER_OK;
}

static const nr_key line_keys[] = {MUST(nr_built_line, line),
                                   OWN("stops", true, nr_built_line, stops, nr_read_line_stops),
                                   LINE_KEYS, END};

nearer_status nr_read_build(void *member, const cJSON *json, const char *where, const nr_reader *r)
{
    static const nr_item_kind kind = {sizeof nr_blank_line, NR_NO_ID, &nr_blank_line, line_keys,
                                      "a list [ ] of lines"};
    nr_scenario *s = (nr_scenario *)((char *)member - offsetof(nr_scenario, build));
    NR_TRY(nr_keys_items(&s->build, &s->build_count, json, where, &kind, r));
    for (size_t k = 0; k < s->build_count; k++)
        NR_TRY(nr_keep_where(&s->build[k].where, where, k, "", r));
    return NEARER_OK;
}
