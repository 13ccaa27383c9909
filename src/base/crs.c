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
    for (; *with != 0; text++, with++)
        if (nr_lower(*text) != *with) return false;
    return true;
}

/* PROJ takes any word for a part of some system's name: what is meant must be said in one of the
 * ways that mean one system. */
static bool is_definite(const char *text)
{
    static const char *const names[] = {"wgs 84", "wgs84", "crs84", "nad83", "nad27", "etrs89"};
    static const char *const begin[] = {"epsg:",
                                        "esri:",
                                        "ogc:",
                                        "iau_",
                                        "iau:",
                                        "urn:ogc:",
                                        "http://www.opengis.net/",
                                        "https://www.opengis.net/",
                                        "+proj=",
                                        "+init=",
                                        "proj=",
                                        "{"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nr_same_word(text, names[i])) return true;
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        if (begins(text, begin[i])) return true;
    size_t word = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    return word > 3 && text[word + strspn(text + word, " ")] == '['; /* WKT */
}

/* A PROJ string of a known datum is made to say that it is of a reference system. */
static PJ *create(PJ_CONTEXT *context, const char *definition)
{
    bool of_datum = strstr(definition, "+datum=") != NULL ||
                    strstr(definition, "+towgs84=") != NULL ||
                    strstr(definition, "+nadgrids=") != NULL;
    if (!begins(definition, "+proj=") || strstr(definition, "+type=crs") != NULL || !of_datum)
        return proj_create(context, nr_same_word(definition, "CRS84") ? "OGC:CRS84" : definition);
    nr_text typed = {0};
    nr_text_add_word(&typed, definition);
    nr_text_add_word(&typed, " +type=crs");
    PJ *found = typed.failed ? NULL : proj_create(context, typed.bytes);
    nr_text_clear(&typed);
    return found;
}

nearer_status nr_crs_open(nr_crs **out, const char *definition, nearer_error *err)
{
    while (*definition == ' ' || *definition == '\t' || *definition == '\r' || *definition == '\n')
        definition++;
    nr_crs *crs = nr_alloc(1, sizeof *crs);
    if (crs == NULL) return nr_fail_memory(err);
    crs->gcj02 = nr_same_word(definition, "GCJ-02") || nr_same_word(definition, "GCJ02");
    if (crs->gcj02) {
        snprintf(crs->name, sizeof crs->name, "GCJ-02");
        *out = crs;
        return NEARER_OK;
    }
    crs->context = proj_context_create();
    if (crs->context != NULL) proj_log_level(crs->context, PJ_LOG_NONE);
    PJ *given =
        crs->context == NULL || !is_definite(definition) ? NULL : create(crs->context, definition);
    bool good = given != NULL && proj_is_crs(given) != 0 && make_transform(crs, given);
    const char *name = given == NULL ? NULL : proj_get_name(given);
    snprintf(crs->name, sizeof crs->name, "%s", name == NULL ? "" : name);
    proj_destroy(given);
    if (good) {
        *out = crs;
        return NEARER_OK;
    }
    nr_crs_free(crs);
    size_t line = strcspn(definition, "\r\n");
    size_t shown = line < 60 ? line : 60;
    return nr_fail(err, NEARER_NAME,
                   "'%.*s%s' is no coordinate reference system that PROJ knows; EPSG:CODE, WKT, a "
                   "PROJ string or GCJ-02 was expected",
                   (int)shown, definition, definition[shown] != 0 ? "..." : "");
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
