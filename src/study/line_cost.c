#include "study/line_cost.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double MOST_PER_KM = 1e12;

static nearer_status fail_word(const char *word, nearer_error *err)
{
    return nr_fail(
        err, NEARER_VALUE,
        "cost per km '%.60s': a number from 0 to 1e12, or CLASS=NUMBER for each class of "
        "terrain, was expected",
        word);
}

static nearer_status read_word(nr_line_cost *c, const char *word, size_t length, nearer_error *err)
{
    char text[128];
    snprintf(text, sizeof text, "%.*s", (int)(length < 127 ? length : 127), word);
    char *equals = strchr(text, '='), *number = equals == NULL ? text : equals + 1;
    if (c->count == NR_TERRAINS)
        return nr_fail(err, NEARER_VALUE, "cost per km: at most %d classes of terrain",
                       NR_TERRAINS);
    if (!nr_parse_number(number, &c->per_km[c->count]) || !(c->per_km[c->count] >= 0) ||
        c->per_km[c->count] > MOST_PER_KM)
        return fail_word(text, err);
    if (equals != NULL) *equals = 0;
    snprintf(c->classes[c->count], sizeof c->classes[0], "%.63s", equals == NULL ? "" : text);
    if (equals != NULL && text[0] == 0) return fail_word(word, err);
    c->count++;
    return NEARER_OK;
}

static nearer_status check_class(const nr_line_cost *c, size_t k, const char *terrain,
                                 nearer_error *err)
{
    char buffer[NR_NUMBER_TEXT];
    for (size_t other = 0; other < k; other++)
        if (strcmp(c->classes[k], c->classes[other]) == 0)
            return nr_fail(err, NEARER_VALUE, "cost per km: class '%s' stands twice",
                           c->classes[k]);
    for (size_t row = 0; row < nearer_table_rows(c->study->places); row++)
        if (strcmp(c->classes[k], nr_table_cell(c->study->places, row, c->column, buffer)) == 0)
            return NEARER_OK;
    return nr_fail(err, NEARER_NAME, "cost per km: no place has '%s' in column '%.60s'",
                   c->classes[k], terrain);
}

nearer_status nr_line_cost_read(nr_line_cost *out, const nearer_study *study, const char *per_km,
                                const char *terrain, nearer_error *err)
{
    nr_line_cost c = {.study = study};
    for (const char *word = per_km; word != NULL;) {
        const char *comma = strchr(word, ',');
        NR_TRY(read_word(&c, word, comma == NULL ? strlen(word) : (size_t)(comma - word), err));
        word = comma == NULL ? NULL : comma + 1;
    }
    bool classes = c.count > 1 || (c.count == 1 && c.classes[0][0] != 0);
    for (size_t k = 0; classes && k < c.count; k++)
        if (c.classes[k][0] == 0) return fail_word(per_km, err);
    if (classes != (terrain != NULL))
        return nr_fail(err, NEARER_USAGE,
                       "cost per km by class of terrain and the column of the places that has the "
                       "classes go together");
    if (terrain != NULL) NR_TRY(nr_table_require(&c.column, study->places, terrain, err));
    for (size_t k = 0; terrain != NULL && k < c.count; k++)
        NR_TRY(check_class(&c, k, terrain, err));
    *out = c;
    return NEARER_OK;
}

static double price_at(const nr_line_cost *c, const nr_node *node)
{
    char buffer[NR_NUMBER_TEXT];
    uint32_t place = node->place != NR_NO_INDEX ? node->place : node->station_of;
    if (c->classes[0][0] == 0) return c->per_km[0];
    if (place == NR_NO_INDEX) return NAN;
    const char *text =
        nr_table_cell(c->study->places, c->study->network->places[place].row, c->column, buffer);
    for (size_t k = 0; k < c->count; k++)
        if (strcmp(c->classes[k], text) == 0) return c->per_km[k];
    return NAN;
}

double nr_line_cost_of(const nr_line_cost *c, const nr_node *from, const nr_node *to, double km)
{
    return c->count == 0 ? (double)NAN : km * (price_at(c, from) + price_at(c, to)) / 2;
}
