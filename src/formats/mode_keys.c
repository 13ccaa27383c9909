#include "formats/mode_keys.h"

#include <stddef.h>
#include <string.h>

#include "base/unknown.h"
#include "model/mode.h"

static const nr_key speed_keys[] = {
    {"speed_kmh", NR_KEY_NUMBER, true, offsetof(nr_class_speed, speed_kmh), 0.1, 2000, NULL}, END};

static nearer_status read_classes(void *member, const cJSON *json, const char *where,
                                  const nr_reader *r)
{
    nr_mode *mode = (nr_mode *)((char *)member - offsetof(nr_mode, classes));
    NR_TRY(nr_keys_expect(json, false, where, "an object { } of classes", r));
    nr_class_speed *classes =
        nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), sizeof *classes);
    if (classes == NULL) return nr_fail_memory(r->err);
    mode->classes = classes;
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        char at[NR_KEY_WHERE];
        nr_class_speed *c = &classes[mode->class_count++];
        NR_TRY(nr_keys_read(c, item, speed_keys, nr_keys_where(where, item->string, at), r));
        c->id = nr_arena_text(r->arena, item->string);
        if (c->id == NULL) return nr_fail_memory(r->err);
    }
    return NEARER_OK;
}

static nearer_status read_through(void *member, const cJSON *json, const char *where,
                                  const nr_reader *r)
{
    nr_through *through = member;
    if (cJSON_IsBool(json)) {
        *through = cJSON_IsTrue(json) ? NR_THROUGH_ALWAYS : NR_THROUGH_NEVER;
        return NEARER_OK;
    }
    for (size_t i = NR_THROUGH_CLASS; cJSON_IsString(json) && i < NR_THROUGHS; i++)
        if (strcmp(json->valuestring, nr_through_words[i]) == 0) {
            *through = (nr_through)i;
            return NEARER_OK;
        }
    return nr_fail(r->err, NEARER_VALUE,
                   "%s: %s: true, false, \"class\", \"line\" or \"service\" was expected", r->path,
                   where);
}

static const nr_key mode_keys[] = {
#define NR_PARAMETER(member, low, high)                                             \
    {#member, NR_KEY_NUMBER,                                                        \
     false,   offsetof(nr_mode, parameters) + offsetof(nr_mode_parameters, member), \
     low,     high,                                                                 \
     NULL},
#define NR_FIXED_PARAMETER NR_PARAMETER
#include "model/parameters.def"
#undef NR_PARAMETER
#undef NR_FIXED_PARAMETER
    OWN("through", false, nr_mode, parameters.through, read_through),
    OWN("classes", false, nr_mode, classes, read_classes), END};

nearer_status nr_keys_fail_mode(const char *name, const char *where, const nr_reader *r)
{
    return nr_fail_unknown(r->err, name, nr_mode_known, NULL, "%s: unknown mode '%.40s' in %s",
                           r->path, name, where);
}

nearer_status nr_keys_modes(void *member, const cJSON *json, const char *where, const nr_reader *r)
{
    nr_mode *modes = member;
    NR_TRY(nr_keys_expect(json, false, where, "an object { } of modes", r));
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        char at[NR_KEY_WHERE];
        size_t mode = nr_mode_find(item->string);
        if (mode == NR_MODE_COUNT) return nr_keys_fail_mode(item->string, where, r);
        NR_TRY(
            nr_keys_read(&modes[mode], item, mode_keys, nr_keys_where(where, item->string, at), r));
        const nr_mode_parameters *p = &modes[mode].parameters;
        if (nr_mode_has_berths(p) && p->transfer_min < p->dwell_min)
            return nr_fail(r->err, NEARER_VALUE,
                           "%s: %s: transfer_min is %g, at least dwell_min (%g) was expected",
                           r->path, at, p->transfer_min, p->dwell_min);
    }
    return NEARER_OK;
}
