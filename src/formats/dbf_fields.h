/* formats/dbf_fields: a table's columns as the fields of a .dbf: 10 bytes a name, cells of one
 * width. */
#ifndef NR_FORMATS_DBF_FIELDS_H
#define NR_FORMATS_DBF_FIELDS_H
#include "base/text.h"
#include "formats/drawn.h"

enum { NR_DBF_NAME = 10, NR_DBF_TEXT = 254, NR_DBF_NUMBER = 24 };

typedef struct nr_dbf_field {
    size_t column; /* NR_NO_NAME: the number of the row, from 1 */
    char name[NR_DBF_NAME + 1];
    char type; /* 'C' text, 'N' number with fixed decimals, 'F' number with an exponent */
    int width, decimals;
} nr_dbf_field;

typedef struct nr_dbf_fields {
    const nearer_table *table;
    nr_dbf_field *items;
    size_t count;
} nr_dbf_fields;

/* All columns but the geometry's; the field "id" when none is left, as a .dbf needs one. Fails
 * with VALUE (too many for a .dbf), MEMORY. */
nearer_status nr_dbf_fields_make(nr_dbf_fields *out, const nr_drawn *drawn, nearer_error *err);
void nr_dbf_fields_clear(nr_dbf_fields *fields);
/* Adds a row's cell, padded to the field's width where it is a number; a text is cut at a
 * character. false: it was cut, or the number was infinite and nothing is there. */
bool nr_dbf_cell(nr_text *out, const nr_dbf_fields *fields, size_t field, size_t row);
#endif
