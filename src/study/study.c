#include "study/study.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "formats/format.h"
#include "formats/scenario_file.h"
#include "formats/study_file.h"

static nearer_status read_beside(nearer_table **out, const char *study_path, const char *path,
                                 const nearer_reading *how, nearer_error *err)
{
    char *full = nr_path_beside(study_path, path);
    if (full == NULL) return nr_fail_memory(err);
    nearer_status status = nearer_table_read(out, full, how, err);
    nr_free(full);
    return status;
}

/* A table of links, or a file that holds a network with its nodes. */
static nearer_status read_links(nr_network_tables *out, const nr_study_spec *spec,
                                const nr_layer_spec *layer, nearer_error *err)
{
    const nr_format *format = NULL;
    char *path = nr_path_beside(spec->path, layer->file);
    if (path == NULL) return nr_fail_memory(err);
    nearer_status status = nr_format_find(&format, path, layer->how.format, NR_READ, err);
    if (status == NEARER_OK && format->read != NULL)
        status = nearer_table_read(&out->links, path, &layer->how, err);
    else if (status == NEARER_OK && layer->nodes.file != NULL)
        status = nr_fail(err, NEARER_VALUE,
                         "%s: layer '%s': %s has nodes of its own; \"nodes\" is for tables",
                         spec->path, layer->id, layer->file);
    else if (status == NEARER_OK)
        status = format->read_network(out, path, &layer->how, err);
    nr_free(path);
    return status;
}

static nearer_status read_network(nearer_study *study, nearer_error *err)
{
    const nr_study_spec *spec = &study->spec;
    nr_network_tables *tables = nr_alloc(spec->layer_count, sizeof *tables);
    if (tables == NULL) return nr_fail_memory(err);
    nearer_status status =
        read_beside(&study->places, spec->path, spec->places.file, &spec->places.how, err);
    for (size_t i = 0; i < spec->layer_count && status == NEARER_OK; i++) {
        const nr_layer_spec *layer = &spec->layers[i];
        status = read_links(&tables[i], spec, layer, err);
        if (status == NEARER_OK && layer->nodes.file != NULL)
            status = read_beside(&tables[i].nodes, spec->path, layer->nodes.file, &layer->nodes.how,
                                 err);
    }
    if (status == NEARER_OK)
        status = nr_network_build(&study->network, spec, study->places, tables, err);
    for (size_t i = 0; i < spec->layer_count; i++) nr_network_tables_clear(&tables[i]);
    nr_free(tables);
    return status;
}

static nearer_status fill_mass(nr_mass *mass, const nearer_study *study, const nearer_table *table,
                               nearer_error *err)
{
    const nearer_network *network = study->network;
    size_t key, column;
    bool *seen = nr_alloc(network->place_count, sizeof *seen);
    if (seen == NULL) return nr_fail_memory(err);
    nearer_status status = nr_table_require_id(&key, table, mass->spec->key, err);
    if (status == NEARER_OK) status = nr_table_require(&column, table, mass->spec->column, err);
    for (size_t row = 0; status == NEARER_OK && row < nearer_table_rows(table); row++) {
        char number[NR_NUMBER_TEXT], where[NR_WHERE];
        const char *id = nr_table_id(table, row, key, number);
        size_t place = nr_names_find(&network->node_ids, id);
        double value;
        status = nr_table_read_number(&value, table, row, column, err);
        if (status != NEARER_OK) break;
        if (value < 0 || isinf(value)) {
            status = nr_fail(err, NEARER_VALUE, "%s: %s is %g, a number of 0 or more was expected",
                             nr_table_where(table, row, where), mass->spec->column, value);
        } else if (place >= network->place_count) {
            mass->unmatched++;
        } else if (seen[place]) {
            status = nr_fail(err, NEARER_VALUE, "%s: place '%s' stands twice",
                             nr_table_where(table, row, where), id);
        } else {
            seen[place] = true;
            mass->values[place] = value;
        }
    }
    nr_free(seen);
    return status;
}

static nearer_status read_masses(nearer_study *study, nearer_error *err)
{
    const nr_study_spec *spec = &study->spec;
    size_t n = study->network->place_count;
    study->masses = nr_alloc(spec->mass_count, sizeof *study->masses);
    study->ones = nr_alloc(n, sizeof *study->ones);
    if (study->masses == NULL || study->ones == NULL) return nr_fail_memory(err);
    for (size_t p = 0; p < n; p++) study->ones[p] = 1;
    nearer_table *table = NULL;
    nearer_status status = NEARER_OK;
    for (size_t i = 0; i < spec->mass_count && status == NEARER_OK; i++) {
        nr_mass *mass = &study->masses[i];
        mass->spec = &spec->masses[i];
        mass->values = nr_alloc(n, sizeof *mass->values);
        if (mass->values == NULL) status = nr_fail_memory(err);
        for (size_t p = 0; status == NEARER_OK && p < n; p++) mass->values[p] = NAN;
        /* masses of one file stand next to each other: it is read once */
        if (status == NEARER_OK &&
            (i == 0 || strcmp(spec->masses[i - 1].file, mass->spec->file) != 0)) {
            nearer_table_free(table);
            table = NULL;
            status = read_beside(&table, spec->path, mass->spec->file, &mass->spec->how, err);
        }
        if (status == NEARER_OK) status = fill_mass(mass, study, table, err);
    }
    nearer_table_free(table);
    return status;
}

/* Every name the study file uses must be one it gives. */
static nearer_status check_names(const nearer_study *study, nearer_error *err)
{
    const nr_study_spec *spec = &study->spec;
    const double *values;
    const char *growth[] = {spec->growth.from, spec->growth.to, spec->growth.initial_income};
    for (size_t i = 0; i < 3; i++)
        if (growth[i] != NULL) NR_TRY(nr_study_mass(&values, study, growth[i], err));
    for (size_t i = 0; i < spec->growth.placebo_count; i++) {
        NR_TRY(nr_study_mass(&values, study, spec->growth.placebos[i].from, err));
        NR_TRY(nr_study_mass(&values, study, spec->growth.placebos[i].to, err));
    }
    if (spec->growth.cluster != NULL) {
        nr_grouping grouping;
        NR_TRY(nr_grouping_find(&grouping, study, spec->growth.cluster, err));
        nr_grouping_clear(&grouping);
    }
    for (size_t i = 0; i < spec->measure_count; i++) {
        nr_measure_input input = {0};
        const nr_measure *measure;
        NR_TRY(nr_measure_prepare(&measure, &input, &spec->measures[i], err));
        if (spec->measures[i].mass != NULL)
            NR_TRY(nr_study_mass(&values, study, spec->measures[i].mass, err));
    }
    for (size_t i = 0; i < spec->group_count; i++) {
        size_t column;
        NR_TRY(nr_table_require(&column, study->places, spec->groups[i].column, err));
    }
    nearer_report *claims = NULL;
    if (spec->claim_count > 0) NR_TRY(nearer_ask_claims(&claims, study, err));
    nearer_report_free(claims);
    return NEARER_OK;
}

static nearer_status read_scenarios(nr_study_spec *spec, const char *const *paths, size_t count,
                                    nearer_error *err)
{
    nr_scenario *scenarios = nr_arena_alloc(&spec->arena, count, sizeof *scenarios);
    if (scenarios == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        NR_TRY(nr_scenario_file_read(&scenarios[i], spec, paths[i], err));
        if (scenarios[i].has_modes) memcpy(spec->modes, scenarios[i].modes, sizeof spec->modes);
    }
    spec->scenarios = scenarios;
    spec->scenario_count = count;
    return NEARER_OK;
}

nearer_status nearer_study_read(nearer_study **out, const char *path, nearer_error *err)
{
    return nearer_study_read_under(out, path, NULL, 0, err);
}

nearer_status nearer_study_read_under(nearer_study **out, const char *path,
                                      const char *const *scenarios, size_t count, nearer_error *err)
{
    nearer_study *study = nr_alloc(1, sizeof *study);
    if (study == NULL) return nr_fail_memory(err);
    nearer_status status = nr_study_file_read(&study->spec, path, err);
    if (status == NEARER_OK) status = read_scenarios(&study->spec, scenarios, count, err);
    if (status == NEARER_OK) status = read_network(study, err);
    if (status == NEARER_OK) status = read_masses(study, err);
    if (status == NEARER_OK) status = check_names(study, err);
    if (status == NEARER_OK)
        *out = study;
    else
        nearer_study_free(study);
    return status;
}

void nearer_study_free(nearer_study *study)
{
    if (study == NULL) return;
    for (size_t i = 0; study->masses != NULL && i < study->spec.mass_count; i++)
        nr_free(study->masses[i].values);
    nr_free(study->masses);
    nr_free(study->ones);
    nearer_table_free(study->places);
    nr_network_free(study->network);
    nr_study_spec_clear(&study->spec);
    nr_free(study);
}

nearer_status nearer_study_planned(char **out, const nearer_study *study, nearer_error *err)
{
    *out = NULL;
    if (study->spec.growth.planned == NULL) return NEARER_OK;
    *out = nr_path_beside(study->spec.path, study->spec.growth.planned);
    return *out == NULL ? nr_fail_memory(err) : NEARER_OK;
}

const nearer_network *nearer_study_network(const nearer_study *study)
{
    return study->network;
}

void nearer_study_dates(const nearer_study *study, nearer_date *from, nearer_date *to)
{
    *from = study->spec.from;
    *to = study->spec.to;
}

nearer_status nearer_study_measure(nearer_measure_spec *out, const nearer_study *study,
                                   const char *measure, nearer_error *err)
{
    for (size_t i = 0; i < study->spec.measure_count; i++)
        if (measure == NULL || strcmp(study->spec.measures[i].measure, measure) == 0) {
            *out = study->spec.measures[i];
            return NEARER_OK;
        }
    return nr_fail(err, NEARER_NAME, "%s: its \"measures\" list no %s", study->spec.path,
                   measure == NULL ? "measure" : measure);
}

static const char *known_mass(const void *study, size_t i)
{
    const nearer_study *s = study;
    return i < s->spec.mass_count ? s->spec.masses[i].id : NULL;
}

/* A column of places that holds more than numbers of 0 or more is told when it is asked for. */
static nearer_status check_mass(const nearer_study *study, const nr_mass *mass, nearer_error *err)
{
    char number[NR_NUMBER_TEXT], where[NR_WHERE];
    if (mass->bad_row == 0) return NEARER_OK;
    size_t column = (size_t)nearer_table_find(study->places, mass->spec->column);
    return nr_fail(err, NEARER_VALUE, "%s: %s is '%.40s', a number of 0 or more was expected",
                   nr_table_where(study->places, mass->bad_row - 1, where), mass->spec->column,
                   nr_table_cell(study->places, mass->bad_row - 1, column, number));
}

nearer_status nr_study_mass(const double **out, const nearer_study *study, const char *id,
                            nearer_error *err)
{
    *out = study->ones;
    if (id == NULL) return NEARER_OK;
    for (size_t i = 0; i < study->spec.mass_count; i++)
        if (strcmp(study->spec.masses[i].id, id) == 0) {
            *out = study->masses[i].values;
            return check_mass(study, &study->masses[i], err);
        }
    if (strcmp(id, "one") == 0) return NEARER_OK;
    return nr_fail_unknown(err, id, known_mass, study, "%s: unknown mass '%.60s'", study->spec.path,
                           id);
}

void nr_study_unit(char out[64], const nearer_study *study, const nr_measure *measure,
                   const char *mass)
{
    const char *unit = measure->unit;
    for (size_t i = 0; unit == NULL && mass != NULL && i < study->spec.mass_count; i++)
        if (strcmp(study->spec.masses[i].id, mass) == 0) unit = study->spec.masses[i].unit;
    snprintf(out, 64, "%s", unit == NULL ? "places" : unit);
    for (char *p = out; *p != 0; p++)
        if (*p == ' ') *p = '_';
}

double nr_study_years(const nearer_study *study)
{
    if (study->spec.growth.years > 0) return study->spec.growth.years;
    return nearer_date_year(study->spec.to) - nearer_date_year(study->spec.from);
}

const char *nr_date_label(nearer_date date, char buffer[16])
{
    if (date == NR_GIVEN_BEFORE || date == NR_GIVEN_AFTER) /* of a matrix, which has no date */
        return strcpy(buffer, date == NR_GIVEN_BEFORE ? "before" : "after");
    nearer_date_format(date, buffer);
    if (nearer_date_year_end(nearer_date_year(date)) == date) buffer[4] = 0;
    return buffer;
}

nearer_status nr_study_put(nearer_report *report, const char *id, const char *title,
                           nearer_table *table, nearer_error *err)
{
    nearer_table *finished = NULL;
    NR_TRY(nr_table_finish(&finished, table, err));
    return nr_report_add_table(report, id, title, finished, err);
}
