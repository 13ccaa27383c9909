#include "formats/study_file.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "formats/format.h"
#include "formats/keys.h"
#include "formats/mode_keys.h"

static const nr_key places_keys[] = {
    MUST(nr_places_spec, file), TEXT(nr_places_spec, id),
    TEXT(nr_places_spec, name), TEXT(nr_places_spec, lon),
    TEXT(nr_places_spec, lat),  OWN("names", false, nr_places_spec, names, nr_keys_texts),
    READING(nr_places_spec),    END};

static nearer_status read_places(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    nr_places_spec *p = member;
    *p = (nr_places_spec){.id = "id", .lon = "lon_deg", .lat = "lat_deg"};
    NR_TRY(nr_keys_read(p, json, places_keys, where, r));
    p->how.lon = p->lon;
    p->how.lat = p->lat;
    return NEARER_OK;
}

/* ---- layers ---- */

static const nr_key nodes_keys[] = {
    MUST(nr_nodes_spec, file),       TEXT(nr_nodes_spec, id),  TEXT(nr_nodes_spec, name),
    TEXT(nr_nodes_spec, lon),        TEXT(nr_nodes_spec, lat), TEXT(nr_nodes_spec, place),
    TEXT(nr_nodes_spec, access_min), READING(nr_nodes_spec),   END};

static nearer_status read_nodes(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    nr_nodes_spec *nodes = member;
    *nodes = (nr_nodes_spec){.id = "id", .lon = "lon_deg", .lat = "lat_deg"};
    NR_TRY(nr_keys_read(nodes, json, nodes_keys, where, r));
    nodes->how.lon = nodes->lon;
    nodes->how.lat = nodes->lat;
    return NEARER_OK;
}

#define FIELD(name, member)                                                    \
    {                                                                          \
        name, NR_KEY_TEXT, false, offsetof(nr_fields_spec, member), 0, 0, NULL \
    }
static const nr_key fields_keys[] = {FIELD("from", from),
                                     FIELD("to", to),
                                     FIELD("minutes", minutes),
                                     FIELD("length_km", length_km),
                                     FIELD("speed_kmh", speed_kmh),
                                     FIELD("class", class_id),
                                     FIELD("line", line),
                                     FIELD("service", service),
                                     FIELD("opened", opened),
                                     FIELD("closed", closed),
                                     FIELD("valid_from", valid_from),
                                     FIELD("estimated", estimated),
                                     FIELD("oneway", oneway),
                                     FIELD("reverse_minutes", reverse_minutes),
                                     FIELD("reverse_speed_kmh", reverse_speed_kmh),
                                     FIELD("wait_min", wait_min),
                                     FIELD("transfer", transfer),
                                     FIELD("cost", cost),
                                     END};

static nearer_status read_fields(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    nr_fields_spec *fields = member;
    fields->given = true;
    NR_TRY(nr_keys_read(fields, json, fields_keys, where, r));
    if ((fields->from == NULL) != (fields->to == NULL))
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: 'from' and 'to' go together", r->path, where);
    return NEARER_OK;
}

static const nr_key timetable_keys[] = {TEXT(nearer_reading, day), TEXT(nearer_reading, window),
                                        NUMBER(nearer_reading, max_wait_min, 0.1, 1440), END};

/* What a timetable is read for stands in an object of its own. */
static nearer_status read_timetable(void *member, const cJSON *json, const char *where,
                                    const nr_reader *r)
{
    return nr_keys_read(member, json, timetable_keys, where, r);
}

static const nr_key layer_keys[] = {
    MUST(nr_layer_spec, id),
    MUST(nr_layer_spec, mode),
    MUST(nr_layer_spec, file),
    READING(nr_layer_spec),
    OWN("timetable", false, nr_layer_spec, how, read_timetable),
    {"class", NR_KEY_TEXT, false, offsetof(nr_layer_spec, class_id), 0, 0, NULL},
    NUMBER(nr_layer_spec, snap_m, 0, 100000),
    TEXT(nr_layer_spec, topology),
    OWN("nodes", false, nr_layer_spec, nodes, read_nodes),
    OWN("fields", false, nr_layer_spec, fields, read_fields),
    END};

static nearer_status read_layers(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    static const nr_layer_spec blank = {.snap_m = NAN};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, layer_keys,
                                      "a list [ ] of layers"};
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, layers));
    NR_TRY(nr_keys_items(&spec->layers, &spec->layer_count, json, where, &kind, r));
    if (spec->layer_count == 0 || spec->layer_count > UINT16_MAX)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: at least one layer was expected", r->path,
                       where);
    for (size_t i = 0; i < spec->layer_count; i++) {
        char at[NR_KEY_WHERE];
        snprintf(at, sizeof at, "%s[%zu]", where, i);
        if (nr_mode_find(spec->layers[i].mode) == NR_MODE_COUNT)
            return nr_keys_fail_mode(spec->layers[i].mode, at, r);
        const char *topology = spec->layers[i].topology;
        if (topology != NULL && strcmp(topology, "endpoints") != 0 &&
            strcmp(topology, "crossings") != 0)
            return nr_fail(r->err, NEARER_VALUE,
                           "%s: %s.topology: \"endpoints\" or \"crossings\" was expected", r->path,
                           at);
        for (size_t k = 0; k < i; k++)
            if (strcmp(spec->layers[k].id, spec->layers[i].id) == 0)
                return nr_fail(r->err, NEARER_VALUE, "%s: %s: layer id '%s' stands twice", r->path,
                               at, spec->layers[i].id);
    }
    return NEARER_OK;
}

/* ---- dates ---- */

typedef struct dates {
    nearer_date from, to;
} dates;

static nearer_status read_day(void *member, const cJSON *json, const char *where,
                              const nr_reader *r)
{
    char text[16] = "";
    if (cJSON_IsNumber(json) && json->valuedouble >= 0 && json->valuedouble <= 9999 &&
        json->valuedouble == (int)json->valuedouble)
        snprintf(text, sizeof text, "%04d", (int)json->valuedouble);
    if (cJSON_IsString(json)) snprintf(text, sizeof text, "%s", json->valuestring);
    nearer_error why;
    if (nearer_date_parse(member, text, &why) != NEARER_OK)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: a year or a date was expected", r->path,
                       where);
    return NEARER_OK;
}

static const nr_key dates_keys[] = {OWN("from", true, dates, from, read_day),
                                    OWN("to", true, dates, to, read_day), END};

static nearer_status read_dates(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, from));
    dates d;
    NR_TRY(nr_keys_read(&d, json, dates_keys, where, r));
    if (d.from >= d.to)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: 'from' must lie before 'to'", r->path, where);
    spec->from = d.from;
    spec->to = d.to;
    return NEARER_OK;
}

/* ---- masses, growth, groups, measures, claims ---- */

static const nr_key mass_keys[] = {MUST(nr_mass_spec, file),   TEXT(nr_mass_spec, key),
                                   MUST(nr_mass_spec, column), MUST(nr_mass_spec, unit),
                                   READING(nr_mass_spec),      END};

static nearer_status read_masses(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    static const nr_mass_spec blank = {.key = "id"};
    static const nr_item_kind kind = {sizeof blank, offsetof(nr_mass_spec, id), &blank, mass_keys,
                                      "an object { } of masses"};
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, masses));
    if (cJSON_IsObject(json) && cJSON_GetObjectItemCaseSensitive(json, "one") != NULL)
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %s.one: 'one' is kept for places that all weigh the same", r->path,
                       where);
    return nr_keys_items(&spec->masses, &spec->mass_count, json, where, &kind, r);
}

static const nr_key placebo_keys[] = {
    MUST(nr_placebo_spec, from),
    MUST(nr_placebo_spec, to),
    {"years", NR_KEY_NUMBER, true, offsetof(nr_placebo_spec, years), 0.1, 1000, NULL},
    OWN("gain_from", true, nr_placebo_spec, gain_from, read_day),
    OWN("gain_to", true, nr_placebo_spec, gain_to, read_day),
    END};

static nearer_status read_placebos(void *member, const cJSON *json, const char *where,
                                   const nr_reader *r)
{
    static const nr_placebo_spec blank = {0};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, placebo_keys,
                                      "a list [ ] of placebos"};
    nr_growth_spec *spec = (nr_growth_spec *)((char *)member - offsetof(nr_growth_spec, placebos));
    NR_TRY(nr_keys_items(&spec->placebos, &spec->placebo_count, json, where, &kind, r));
    for (size_t i = 0; i < spec->placebo_count; i++)
        if (spec->placebos[i].gain_from >= spec->placebos[i].gain_to)
            return nr_fail(r->err, NEARER_VALUE,
                           "%s: %s[%zu]: 'gain_from' must lie before 'gain_to'", r->path, where, i);
    return NEARER_OK;
}

static const nr_key growth_keys[] = {
    MUST(nr_growth_spec, from),
    MUST(nr_growth_spec, to),
    TEXT(nr_growth_spec, initial_income),
    NUMBER(nr_growth_spec, years, 0.1, 1000),
    TEXT(nr_growth_spec, cluster),
    TEXT(nr_growth_spec, planned),
    OWN("placebos", false, nr_growth_spec, placebos, read_placebos),
    END};

static nearer_status read_growth(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    return nr_keys_read(member, json, growth_keys, where, r);
}

static const nr_key group_keys[] = {MUST(nr_group_spec, column), END};

static nearer_status read_groups(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    static const nr_group_spec blank = {0};
    static const nr_item_kind kind = {sizeof blank, offsetof(nr_group_spec, id), &blank, group_keys,
                                      "an object { } of groups"};
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, groups));
    return nr_keys_items(&spec->groups, &spec->group_count, json, where, &kind, r);
}

static const nr_key measure_keys[] = {MUST(nearer_measure_spec, measure),
                                      TEXT(nearer_measure_spec, mass),
                                      TEXT(nearer_measure_spec, decay),
                                      NUMBER(nearer_measure_spec, cutoff_min, 0, 1e9),
                                      NUMBER(nearer_measure_spec, own_min, 0, 1e9),
                                      END};

static nearer_status read_measures(void *member, const cJSON *json, const char *where,
                                   const nr_reader *r)
{
    static const nearer_measure_spec blank = {.cutoff_min = NAN, .own_min = NAN};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, measure_keys,
                                      "a list [ ] of measures"};
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, measures));
    return nr_keys_items(&spec->measures, &spec->measure_count, json, where, &kind, r);
}

static const nr_key range_keys[] = {
    MUST(nr_range_spec, parameter),
    {"low", NR_KEY_NUMBER, true, offsetof(nr_range_spec, low), 0, 1e9, NULL},
    {"high", NR_KEY_NUMBER, true, offsetof(nr_range_spec, high), 0, 1e9, NULL},
    MUST(nr_range_spec, basis),
    END};

static nearer_status read_ranges(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    static const nr_range_spec blank = {0};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, range_keys,
                                      "a list [ ] of ranges"};
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, ranges));
    return nr_keys_items(&spec->ranges, &spec->range_count, json, where, &kind, r);
}

static const nr_key claim_keys[] = {MUST(nr_claim_spec, text),
                                    MUST(nr_claim_spec, statistic),
                                    TEXT(nr_claim_spec, from),
                                    TEXT(nr_claim_spec, to),
                                    TEXT(nr_claim_spec, of),
                                    TEXT(nr_claim_spec, per),
                                    TEXT(nr_claim_spec, group),
                                    TEXT(nr_claim_spec, is),
                                    TEXT(nr_claim_spec, by),
                                    NUMBER(nr_claim_spec, above, -1e300, 1e300),
                                    NUMBER(nr_claim_spec, claimed, -1e300, 1e300),
                                    TEXT(nr_claim_spec, unit),
                                    END};

static nearer_status read_claims(void *member, const cJSON *json, const char *where,
                                 const nr_reader *r)
{
    static const nr_claim_spec blank = {.above = NAN, .claimed = NAN};
    static const nr_item_kind kind = {sizeof blank, NR_NO_ID, &blank, claim_keys,
                                      "a list [ ] of claims"};
    nr_study_spec *spec = (nr_study_spec *)((char *)member - offsetof(nr_study_spec, claims));
    return nr_keys_items(&spec->claims, &spec->claim_count, json, where, &kind, r);
}

static const nr_key study_keys[] = {TEXT(nr_study_spec, title),
                                    OWN("places", true, nr_study_spec, places, read_places),
                                    OWN("modes", false, nr_study_spec, modes, nr_keys_modes),
                                    OWN("layers", true, nr_study_spec, layers, read_layers),
                                    OWN("dates", true, nr_study_spec, from, read_dates),
                                    OWN("masses", false, nr_study_spec, masses, read_masses),
                                    OWN("growth", false, nr_study_spec, growth, read_growth),
                                    OWN("groups", false, nr_study_spec, groups, read_groups),
                                    OWN("measures", false, nr_study_spec, measures, read_measures),
                                    OWN("claims", false, nr_study_spec, claims, read_claims),
                                    OWN("sensitivity", false, nr_study_spec, ranges, read_ranges),
                                    END};

nearer_status nr_study_file_read(nr_study_spec *out, const char *path, nearer_error *err)
{
    nr_study_spec spec = {0};
    memcpy(spec.modes, nr_modes, sizeof spec.modes);
    spec.path = nr_arena_text(&spec.arena, path);
    nr_reader reader = {path, &spec.arena, err};
    nearer_status status =
        spec.path == NULL ? nr_fail_memory(err) : nr_keys_file(&spec, study_keys, &reader);
    if (status == NEARER_OK)
        *out = spec;
    else
        nr_study_spec_clear(&spec);
    return status;
}
