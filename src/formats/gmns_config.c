/* config.csv of a GMNS folder. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/unknown.h"
#include "formats/format.h"
#include "formats/gmns.h"

typedef struct unit {
    const char *names[6];
    double km;
} unit;

static const unit lengths[] = {
    {{"km", "kilometer", "kilometers", "kilometre", "kilometres"}, 1},
    {{"m", "meter", "meters", "metre", "metres"}, 0.001},
    {{"mile", "miles", "mi"}, 1.609344},
    {{"foot", "feet", "ft"}, 0.0003048},
    {{"yard", "yards", "yd"}, 0.0009144},
    {{NULL}, 0},
};

static const unit speeds[] = {
    {{"kmh", "km/h", "kph", "kmph", "km/hr", "kilometers per hour"}, 1},
    {{"mph", "mi/h", "miles/hour", "miles per hour"}, 1.609344},
    {{"m/s", "mps", "meters per second"}, 3.6},
    {{"ft/s", "fps", "feet per second"}, 1.09728},
    {{NULL}, 0},
};

static const char *known_unit(const void *units, size_t i)
{
    return ((const unit *)units)[i].names[0];
}

static nearer_status find_unit(double *out, const unit *units, const char *what, const char *name,
                               const char *path, nearer_error *err)
{
    for (const unit *u = units; u->names[0] != NULL; u++)
        for (size_t i = 0; i < 6 && u->names[i] != NULL; i++)
            if (nr_same_word(name, u->names[i])) {
                *out = u->km;
                return NEARER_OK;
            }
    return nr_fail_unknown(err, name, known_unit, units, "%s: unknown unit of %s '%.80s'", path,
                           what, name);
}

nearer_status nr_gmns_file(nearer_table **out, const char *folder, const char *name, bool needed,
                           const nearer_reading *how, nearer_error *err)
{
    const nearer_reading csv = {.format = "csv", .encoding = how->encoding};
    char *path = nr_path_ending(folder, name);
    nearer_status status = NEARER_OK;
    if (path == NULL) return nr_fail_memory(err);
    if (needed || nr_file_exists(path)) status = nearer_table_read(out, path, &csv, err);
    nr_free(path);
    return status;
}

static const char *setting(const nearer_table *config, const char *name)
{
    ptrdiff_t column = nearer_table_find(config, name);
    const char *text = column < 0 ? "" : nearer_table_text(config, 0, (size_t)column);
    return strcmp(text, "NaN") == 0 ? "" : text;
}

/* An EPSG code may stand alone. */
static nearer_status open_crs(nr_crs **out, const char *definition, const char *path,
                              nearer_error *err)
{
    char code[24];
    nearer_error why;
    if (strlen(definition) < 8 && strspn(definition, "0123456789") == strlen(definition)) {
        snprintf(code, sizeof code, "EPSG:%s", definition);
        definition = code;
    }
    nearer_status status = nr_crs_open(out, definition, &why);
    return status == NEARER_OK ? NEARER_OK : nr_fail(err, status, "%s: %.900s", path, why.message);
}

static nearer_status read_settings(nr_gmns_config *out, const nearer_table *config, bool crs,
                                   nearer_error *err)
{
    const char *path = nr_table_source(config), *text;
    if (nearer_table_rows(config) != 1)
        return nr_fail(err, NEARER_VALUE, "%s: %zu rows, one was expected", path,
                       nearer_table_rows(config));
    if ((text = setting(config, "long_length"))[0] != 0)
        NR_TRY(find_unit(&out->km, lengths, "length", text, path, err));
    if ((text = setting(config, "speed"))[0] != 0)
        NR_TRY(find_unit(&out->kmh, speeds, "speed", text, path, err));
    if (crs && (text = setting(config, "crs"))[0] != 0) return open_crs(&out->crs, text, path, err);
    return NEARER_OK;
}

nearer_status nr_gmns_config_read(nr_gmns_config *out, const char *folder,
                                  const nearer_reading *how, nearer_error *err)
{
    nr_gmns_config made = {.km = NAN, .kmh = NAN};
    nearer_table *config = NULL;
    NR_TRY(nr_gmns_file(&config, folder, "/config.csv", false, how, err));
    nearer_status status = NEARER_OK;
    if (config != NULL) status = read_settings(&made, config, how->crs == NULL, err);
    if (status == NEARER_OK && how->crs != NULL)
        status = open_crs(&made.crs, how->crs, folder, err);
    nearer_table_free(config);
    if (status == NEARER_OK) *out = made;
    return status;
}
