#include "formats/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/unknown.h"
#include "formats/format.h"
#include "formats/json_scan.h"

const char *nr_keys_where(const char *where, const char *name, char buffer[NR_KEY_WHERE])
{
    snprintf(buffer, NR_KEY_WHERE, "%.110s%s%.48s", where, where[0] == 0 ? "" : ".", name);
    return buffer;
}

nearer_status nr_keys_expect(const cJSON *json, bool list, const char *where, const char *what,
                             const nr_reader *r)
{
    if (list ? !cJSON_IsArray(json) : !cJSON_IsObject(json))
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: %s was expected", r->path,
                       where[0] == 0 ? "the file" : where, what);
    for (const cJSON *item = list ? NULL : json->child; item != NULL; item = item->next)
        for (const cJSON *before = json->child; before != item; before = before->next) {
            char at[NR_KEY_WHERE];
            if (strcmp(before->string, item->string) == 0)
                return nr_fail(r->err, NEARER_VALUE, "%s: %s stands twice", r->path,
                               nr_keys_where(where, item->string, at));
        }
    return NEARER_OK;
}

nearer_status nr_keys_text(const char **out, const cJSON *json, const char *where,
                           const nr_reader *r)
{
    if (!cJSON_IsString(json) || json->valuestring[0] == 0)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: a text was expected", r->path, where);
    *out = nr_arena_text(r->arena, json->valuestring);
    return *out == NULL ? nr_fail_memory(r->err) : NEARER_OK;
}

nearer_status nr_keys_texts(void *list, const cJSON *json, const char *where, const nr_reader *r)
{
    nr_text_list *texts = list;
    NR_TRY(nr_keys_expect(json, true, where, "a list [ ] of texts", r));
    texts->items = nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), sizeof *texts->items);
    if (texts->items == NULL) return nr_fail_memory(r->err);
    for (const cJSON *item = json->child; item != NULL; item = item->next)
        NR_TRY(nr_keys_text(&texts->items[texts->count++], item, where, r));
    return NEARER_OK;
}

nearer_status nr_keys_pass_over(void *member, const cJSON *json, const char *where,
                                const nr_reader *r)
{
    (void)member;
    (void)json;
    (void)where;
    (void)r;
    return NEARER_OK;
}

static const char *known_key(const void *keys, size_t i)
{
    return ((const nr_key *)keys)[i].name;
}

static nearer_status read_number(double *out, const cJSON *json, const nr_key *key,
                                 const char *where, const nr_reader *r)
{
    char low[NR_NUMBER_TEXT], high[NR_NUMBER_TEXT], found[NR_NUMBER_TEXT];
    if (!cJSON_IsNumber(json))
        return nr_fail(r->err, NEARER_VALUE, "%s: %s: a number was expected", r->path, where);
    if (!(json->valuedouble >= key->low && json->valuedouble <= key->high))
        return nr_fail(r->err, NEARER_VALUE, "%s: %s is %s, %s to %s was expected", r->path, where,
                       nr_format_number(json->valuedouble, found), nr_format_number(key->low, low),
                       nr_format_number(key->high, high));
    *out = json->valuedouble;
    return NEARER_OK;
}

static nearer_status read_member(void *out, const cJSON *json, const nr_key *key, const char *where,
                                 const nr_reader *r)
{
    void *member = (char *)out + key->offset;
    switch (key->kind) {
    case NR_KEY_TEXT: return nr_keys_text(member, json, where, r);
    case NR_KEY_NUMBER: return read_number(member, json, key, where, r);
    case NR_KEY_BOOL:
        if (!cJSON_IsBool(json))
            return nr_fail(r->err, NEARER_VALUE, "%s: %s: true or false was expected", r->path,
                           where);
        *(bool *)member = cJSON_IsTrue(json);
        return NEARER_OK;
    case NR_KEY_OWN: return key->read(member, json, where, r);
    }
    return NEARER_INTERNAL;
}

nearer_status nr_keys_read(void *out, const cJSON *json, const nr_key *keys, const char *where,
                           const nr_reader *r)
{
    char at[NR_KEY_WHERE];
    NR_TRY(nr_keys_expect(json, false, where, "an object { }", r));
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        const nr_key *key = keys;
        while (key->name != NULL && strcmp(key->name, item->string) != 0) key++;
        if (key->name == NULL)
            return nr_fail_unknown(r->err, item->string, known_key, keys,
                                   "%s: unknown key '%.60s'%s%s", r->path, item->string,
                                   where[0] == 0 ? "" : " in ", where);
        NR_TRY(read_member(out, item, key, nr_keys_where(where, item->string, at), r));
    }
    for (const nr_key *key = keys; key->name != NULL; key++)
        if (key->required && cJSON_GetObjectItemCaseSensitive(json, key->name) == NULL)
            return nr_fail(r->err, NEARER_VALUE, "%s: %s is missing", r->path,
                           nr_keys_where(where, key->name, at));
    return NEARER_OK;
}

nearer_status nr_keys_items(void *items, size_t *count, const cJSON *json, const char *where,
                            const nr_item_kind *kind, const nr_reader *r)
{
    bool list = kind->id_offset == NR_NO_ID;
    NR_TRY(nr_keys_expect(json, list, where, kind->what, r));
    char *array = nr_arena_alloc(r->arena, (size_t)cJSON_GetArraySize(json), kind->size);
    if (array == NULL) return nr_fail_memory(r->err);
    memcpy(items, &array, sizeof array);
    *count = 0;
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        char at[NR_KEY_WHERE];
        char *out = array + *count * kind->size;
        memcpy(out, kind->blank, kind->size);
        if (list)
            snprintf(at, sizeof at, "%s[%zu]", where, *count);
        else
            nr_keys_where(where, item->string, at);
        NR_TRY(nr_keys_read(out, item, kind->keys, at, r));
        if (!list) {
            const char *id = nr_arena_text(r->arena, item->string);
            if (id == NULL) return nr_fail_memory(r->err);
            memcpy(out + kind->id_offset, &id, sizeof id);
        }
        ++*count;
    }
    return NEARER_OK;
}

static nearer_status fail_syntax(const char *path, const char *bytes, const char *at,
                                 nearer_error *err)
{
    size_t line = 1;
    for (const char *p = bytes; at != NULL && p < at && *p != 0; p++) line += *p == '\n';
    return nr_fail(err, NEARER_SYNTAX, "%s:%zu: no valid JSON from here on", path, line);
}

/* Where valid JSON has a zero character written out, or NULL. cJSON would end the text there. */
static const char *find_zero(const char *bytes)
{
    for (const char *p = strchr(bytes, '\\'); p != NULL; p = strchr(p + 2, '\\'))
        if (strncmp(p, "\\u0000", 6) == 0) return p;
    return NULL;
}

/* The innermost member that a place in the text of a file belongs to: "build[0].line". */
static void find_member(char out[NR_KEY_WHERE], const char *bytes, const char *at)
{
    nr_json_part value;
    out[0] = 0;
    if (nr_json_value(&value, bytes) != NULL) return;
    while (*value.begin == '{' || *value.begin == '[') {
        bool list = *value.begin == '[';
        char before[NR_KEY_WHERE], name[NR_KEY_WHERE];
        nr_json_part key = {0}, inner = {0};
        nr_json_items items = nr_json_begin(value.begin);
        size_t number = 0;
        while (nr_json_next(&items, list ? NULL : &key, &inner) && inner.end <= at) number++;
        if (inner.begin == NULL || inner.end <= at) return;
        snprintf(before, sizeof before, "%s", out);
        if (list) {
            snprintf(out, NR_KEY_WHERE, "%.100s[%zu]", before, number);
        } else {
            snprintf(name, sizeof name, "%.*s", (int)(key.end - key.begin - 2), key.begin + 1);
            nr_keys_where(before, name, out);
        }
        value = inner;
    }
}

static nearer_status fail_zero(const char *bytes, const char *at, const nr_reader *r)
{
    char where[NR_KEY_WHERE];
    find_member(where, bytes, at);
    return nr_fail(r->err, NEARER_VALUE, "%s: %s: a zero character (\\u0000), text was expected",
                   r->path, where);
}

nearer_status nr_keys_file(void *out, const nr_key *keys, const nr_reader *r)
{
    char *bytes = NULL;
    size_t length = 0;
    NR_TRY(nr_file_read_text(&bytes, &length, r->path, NULL, r->err));
    const char *start = bytes, *end = NULL;
    cJSON *json = cJSON_ParseWithOpts(start, &end, 1);
    const char *zero = json == NULL ? NULL : find_zero(bytes);
    nearer_status status = json == NULL   ? fail_syntax(r->path, start, end, r->err)
                           : zero != NULL ? fail_zero(bytes, zero, r)
                                          : nr_keys_read(out, json, keys, "", r);
    nr_free(bytes);
    cJSON_Delete(json);
    return status;
}
