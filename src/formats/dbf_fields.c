#include "formats/dbf_fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "model/table.h"

/* The head of a .dbf and one of its records are counted in 16 bits. */
enum { HEAD = 65535, HEAD_OF_FIELD = 32 };

/* At most `room` bytes of the text that end with a character. */
static size_t cut(const char *text, size_t length, size_t room)
{
    if (length <= room) return length;
    while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80) room--;
    return room;
}

/* The name itself, or its beginning, `number` when above 1, and its unit: "mean_t_min". */
static void shorten(char out[NR_DBF_NAME + 1], const char *name, int number)
{
    char count[16] = "";
    const char *unit = strrchr(name, '_');
    if (unit == NULL || strlen(unit) > 5) unit = "";
    if (number > 1) snprintf(count, sizeof count, "_%d", number);
    size_t behind = strlen(unit) + strlen(count);
    if (behind > NR_DBF_NAME - 1) unit = "", behind = strlen(count);
    size_t stem = cut(name, strlen(name) - strlen(unit), NR_DBF_NAME - behind);
    while (stem > 1 && name[stem - 1] == '_') stem--;
    memcpy(out, name, stem);
    memcpy(out + stem, count, strlen(count));
    memcpy(out + stem + strlen(count), unit, strlen(unit) + 1);
}

/* Whether the name, letter case aside, is new; *good is false when there is no memory. */
static bool take_name(nr_names *taken, const char *name, bool *good)
{
    char lower[NR_DBF_NAME + 1] = "";
    size_t before = taken->count;
    for (size_t i = 0; name[i] != 0; i++) lower[i] = nr_lower(name[i]);
    if (nr_names_add(taken, lower) == NR_NO_NAME) *good = false;
    return taken->count > before || !*good;
}

/* Names that fit stay as they are, the others keep clear of them. */
static bool name_fields(nr_dbf_fields *fields)
{
    nr_names taken = {0};
    bool good = true;
    for (size_t i = 0; i < fields->count && good; i++) {
        const char *name = nearer_table_column_name(fields->table, fields->items[i].column);
        if (strlen(name) > NR_DBF_NAME) continue;
        strcpy(fields->items[i].name, name);
        take_name(&taken, name, &good);
    }
    for (size_t i = 0; i < fields->count && good; i++) {
        nr_dbf_field *field = &fields->items[i];
        if (field->name[0] != 0) continue;
        int number = 1;
        do shorten(field->name, nearer_table_column_name(fields->table, field->column), number++);
        while (!take_name(&taken, field->name, &good));
    }
    nr_names_clear(&taken);
    return good;
}

/* The digits a number, as nr_format_number writes it, needs on each side of its point. */
static void measure_number(const char *text, int *before, int *behind)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    size_t n = strcspn(digits, "e"), point = strcspn(digits, ".e");
    int power = digits[n] == 'e' ? atoi(digits + n + 1) : 0;
    int whole = (int)point, parts = point < n ? (int)(n - point) - 1 : 0;
    *before = (whole + power < 1 ? 1 : whole + power) + (text[0] == '-');
    *behind = parts - power < 0 ? 0 : parts - power;
}

static void measure_numbers(nr_dbf_field *field, const nearer_table *table)
{
    int before = 1, behind = 0;
    bool huge = false;
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        double value = nearer_table_number(table, r, field->column);
        char text[NR_NUMBER_TEXT];
        int b, d;
        if (!isfinite(value)) continue;
        measure_number(nr_format_number(value, text), &b, &d);
        if (b > before) before = b;
        if (d > behind) behind = d;
        huge = huge || fabs(value) >= 1e15;
    }
    int width = before + (behind > 0 ? 1 + behind : 0);
    /* wider whole numbers are read as names of things */
    bool fits = behind > 0 ? width <= NR_DBF_NUMBER && !huge : width <= 15;
    field->type = fits ? 'N' : 'F';
    field->width = fits ? width : NR_DBF_NUMBER;
    field->decimals = fits ? behind : 15;
}

static void measure_texts(nr_dbf_field *field, const nearer_table *table)
{
    size_t width = 1;
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        size_t n = strlen(nearer_table_text(table, r, field->column));
        if (n > width) width = n;
    }
    field->type = 'C';
    field->width = width > NR_DBF_TEXT ? NR_DBF_TEXT : (int)width;
}

static nearer_status check_room(const nr_dbf_fields *fields, nearer_error *err)
{
    size_t head = HEAD_OF_FIELD + 1, record = 1;
    for (size_t i = 0; i < fields->count; i++) {
        head += HEAD_OF_FIELD;
        record += (size_t)fields->items[i].width;
    }
    if (head <= HEAD && record <= HEAD) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE,
                   "a .dbf has no room for so many columns: %zu with %zu bytes a row, at most %d "
                   "with %d; write it as .geojson or .csv",
                   fields->count, record - 1, HEAD / HEAD_OF_FIELD - 1, HEAD - 1);
}

nearer_status nr_dbf_fields_make(nr_dbf_fields *out, const nr_drawn *drawn, nearer_error *err)
{
    const nearer_table *table = drawn->table;
    nr_dbf_fields fields = {.table = table};
    fields.items = nr_alloc(nearer_table_columns(table) + 1, sizeof *fields.items);
    if (fields.items == NULL) return nr_fail_memory(err);
    for (size_t c = 0; c < nearer_table_columns(table); c++)
        if (!nr_drawn_by(drawn, c)) fields.items[fields.count++].column = c;
    bool good = name_fields(&fields);
    for (size_t i = 0; i < fields.count && good; i++)
        if (nr_table_holds_numbers(table, fields.items[i].column))
            measure_numbers(&fields.items[i], table);
        else
            measure_texts(&fields.items[i], table);
    if (fields.count == 0)
        fields.items[fields.count++] =
            (nr_dbf_field){.column = NR_NO_NAME, .name = "id", .type = 'N', .width = 10};
    nearer_status status = good ? check_room(&fields, err) : nr_fail_memory(err);
    if (status == NEARER_OK)
        *out = fields;
    else
        nr_dbf_fields_clear(&fields);
    return status;
}

void nr_dbf_fields_clear(nr_dbf_fields *fields)
{
    nr_free(fields->items);
    *fields = (nr_dbf_fields){0};
}

static void add_number(nr_text *out, const nr_dbf_field *field, double value)
{
    char text[NR_NUMBER_TEXT] = "";
    if (isfinite(value)) nr_format_number(value, text);
    if (field->type == 'N' && text[0] != 0) {
        int before, behind;
        measure_number(text, &before, &behind);
        if (strchr(text, 'e') != NULL) nr_format_fixed(value, behind, text);
        /* zeros behind its own decimals: more of these would show what a double cannot hold */
        size_t n = strlen(text);
        if (behind == 0 && field->decimals > 0) text[n++] = '.';
        for (; behind < field->decimals; behind++) text[n++] = '0';
        text[n] = 0;
    }
    nr_text_print(out, "%*s", field->width, text);
}

bool nr_dbf_cell(nr_text *out, const nr_dbf_fields *fields, size_t at, size_t row)
{
    const nr_dbf_field *field = &fields->items[at];
    if (field->column == NR_NO_NAME) {
        add_number(out, field, (double)row + 1);
    } else if (field->type == 'C') {
        const char *text = nearer_table_text(fields->table, row, field->column);
        size_t length = strlen(text), kept = cut(text, length, (size_t)field->width);
        nr_text_add(out, text, kept);
        return kept == length;
    } else {
        double value = nearer_table_number(fields->table, row, field->column);
        add_number(out, field, value);
        return !isinf(value);
    }
    return true;
}
