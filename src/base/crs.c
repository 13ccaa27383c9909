#include "base/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

struct nr_crs {
    PJ_CONTEXT *context;
    PJ *transform; /* NULL: the coordinates are degrees of WGS 84, but for the shift */
    bool gcj02;
    char name[120];
};

static PJ *degrees(PJ_CONTEXT *context)
{
    return proj_create(context, "OGC:CRS84");
}

static bool make_transform(nr_crs *crs, const PJ *given)
{
    PJ *wgs84 = degrees(crs->context);
    bool same = wgs84 != NULL &&
                proj_is_equivalent_to_with_ctx(crs->context, given, wgs84,
                                               PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
    if (!same && wgs84 != NULL) {
        PJ *found = proj_create_crs_to_crs_from_pj(crs->context, given, wgs84, NULL, NULL);
        if (found != NULL) crs->transform = proj_normalize_for_visualization(crs->context, found);
        proj_destroy(found);
    }
    proj_destroy(wgs84);
    return same || crs->transform != NULL;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* PROJCRS["...", of any kind */
static bool is_wkt(const char *text)
{
    size_t word = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    size_t blanks = strspn(text + word, " \t\r\n");
    return word > 0 && (text[word + blanks] == '[' || text[word + blanks] == '(');
}

/* EPSG:4326, OGC:CRS84 */
static bool is_code(const char *text)
{
    size_t authority = strcspn(text, ": "), length = strlen(text);
    return text[authority] == ':' && authority > 0 && strcspn(text, " \t\r\n") == length &&
           strpbrk(text + authority, "0123456789") != NULL;
}

/* The one of exactly this name: PROJ itself takes "foo" for the first it finds like it. */
static PJ *by_name(PJ_CONTEXT *context, const char *name)
{
    static const PJ_TYPE flat[] = {PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_PROJECTED_CRS};
    if (nr_same_word(name, "CRS84")) return degrees(context);
    PJ_OBJ_LIST *found = proj_create_from_name(context, NULL, name, flat, 2, 0, 1, NULL);
    PJ *first = found == NULL || name[0] == 0 || proj_list_get_count(found) == 0
                    ? NULL
                    : proj_list_get(context, found, 0);
    proj_list_destroy(found);
    return first;
}

/* From a definition without blanks at its ends, which is changed. */
static PJ *create(PJ_CONTEXT *context, nr_text *definition)
{
    char *text = definition->bytes;
    bool plus = text[0] == '+';
    if (plus || begins(text, "proj=")) { /* without a type it is a way to turn coordinates */
        if (strstr(text, "proj=pipeline") != NULL) return NULL;
        if (strstr(text, "type=crs") == NULL)
            nr_text_add_word(definition, plus ? " +type=crs" : " type=crs");
        return definition->failed ? NULL : proj_create(context, definition->bytes);
    }
    if (is_wkt(text) || text[0] == '{' || begins(text, "urn:") || begins(text, "http://") ||
        begins(text, "https://"))
        return proj_create(context, text);
    if (!is_code(text)) return by_name(context, text);
    for (char *p = text; *p != 0; p++)
        if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 'a' + 'A');
    return proj_create(context, text);
}

static nearer_status fail(const char *definition, nearer_error *err)
{
    size_t line = strcspn(definition, "\r\n"), shown = line > 60 ? 60 : line;
    return nr_fail(err, NEARER_NAME,
                   "'%.*s%s' is no coordinate reference system that PROJ knows; a code (EPSG:4326, "
                   "ESRI:102100, OGC:CRS84), a urn:ogc:def:crs, its whole name, WKT, a PROJ string "
                   "or GCJ-02 was expected",
                   (int)shown, definition, definition[shown] != 0 ? "..." : "");
}

nearer_status nr_crs_open(nr_crs **out, const char *definition, nearer_error *err)
{
    static const char blanks[] = " \t\r\n";
    nr_text text = {0};
    definition += strspn(definition, blanks);
    size_t length = strlen(definition);
    while (length > 0 && strchr(blanks, definition[length - 1]) != NULL) length--;
    nr_text_add(&text, definition, length);
    nr_crs *crs = nr_alloc(1, sizeof *crs);
    if (crs == NULL || text.failed) {
        nr_free(crs);
        nr_text_clear(&text);
        return nr_fail_memory(err);
    }
    crs->gcj02 = nr_same_word(text.bytes, "GCJ-02") || nr_same_word(text.bytes, "GCJ02");
    crs->context = crs->gcj02 ? NULL : proj_context_create();
    if (crs->context != NULL) proj_log_level(crs->context, PJ_LOG_NONE);
    PJ *given = crs->context == NULL ? NULL : create(crs->context, &text);
    bool good =
        crs->gcj02 || (given != NULL && proj_is_crs(given) != 0 && make_transform(crs, given));
    const char *name = crs->gcj02 ? "GCJ-02" : given == NULL ? NULL : proj_get_name(given);
    snprintf(crs->name, sizeof crs->name, "%s", name == NULL ? "" : name);
    proj_destroy(given);
    bool starved = text.failed;
    nr_text_clear(&text);
    if (good) {
        *out = crs;
        return NEARER_OK;
    }
    nr_crs_free(crs);
    return starved ? nr_fail_memory(err) : fail(definition, err);
}

const char *nr_crs_name(const nr_crs *crs)
{
    return crs->name;
}

void nr_crs_to_degrees(const nr_crs *crs, nr_lonlat *points, size_t n)
{
    if (crs->gcj02)
        for (size_t i = 0; i < n; i++) points[i] = nr_from_gcj02(points[i]);
    if (crs->transform == NULL || n == 0) return;
    size_t step = sizeof *points;
    proj_trans_generic(crs->transform, PJ_FWD, &points->lon, step, n, &points->lat, step, n, NULL,
                       0, 0, NULL, 0, 0);
    for (size_t i = 0; i < n; i++)
        if (points[i].lon == HUGE_VAL || points[i].lat == HUGE_VAL)
            points[i] = (nr_lonlat){(double)INFINITY, (double)INFINITY};
}

void nr_crs_free(nr_crs *crs)
{
    if (crs == NULL) return;
    proj_destroy(crs->transform);
    if (crs->context != NULL) proj_context_destroy(crs->context);
    nr_free(crs);
}
