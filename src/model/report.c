#include "model/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

typedef struct entry {
    char *id, *title;
    nearer_table *table;
    bool head;
} entry;

struct nearer_report {
    entry *entries;
    size_t count, capacity;
    char **notes;
    size_t note_count, note_capacity;
    nr_chart chart; /* its table is NULL when there is none */
};

void nr_report_set_chart(nearer_report *report, const nr_chart *chart)
{
    report->chart = *chart;
}

const nr_chart *nr_report_chart(const nearer_report *report)
{
    return report->chart.table == NULL ? NULL : &report->chart;
}

nearer_status nr_report_new(nearer_report **out, nearer_error *err)
{
    nearer_report *report = nr_alloc(1, sizeof *report);
    if (report == NULL) return nr_fail_memory(err);
    *out = report;
    return NEARER_OK;
}

nearer_status nr_report_add_table(nearer_report *report, const char *id, const char *title,
                                  nearer_table *table, nearer_error *err)
{
    entry e = {nr_copy_text(id, strlen(id)), nr_copy_text(title, strlen(title)), table, false};
    if (e.id == NULL || e.title == NULL ||
        !nr_grow((void **)&report->entries, report->count, &report->capacity, sizeof e)) {
        nr_free(e.id);
        nr_free(e.title);
        nearer_table_free(table);
        return nr_fail_memory(err);
    }
    report->entries[report->count++] = e;
    return NEARER_OK;
}

nearer_status nr_report_add_head(nearer_report *report, const char *id, const char *title,
                                 nearer_table *table, nearer_error *err)
{
    NR_TRY(nr_report_add_table(report, id, title, table, err));
    report->entries[report->count - 1].head = true;
    return NEARER_OK;
}

bool nr_report_is_head(const nearer_report *report, size_t index)
{
    return report->entries[index].head;
}

static nearer_status add_note(nearer_report *report, char *note, nearer_error *err)
{
    if (note == NULL || !nr_grow((void **)&report->notes, report->note_count,
                                 &report->note_capacity, sizeof *report->notes)) {
        nr_free(note);
        return nr_fail_memory(err);
    }
    report->notes[report->note_count++] = note;
    return NEARER_OK;
}

nearer_status nr_report_add_note(nearer_report *report, nearer_error *err, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *note = nr_alloc((size_t)(n < 0 ? 0 : n) + 1, 1);
    if (note != NULL && n >= 0) vsnprintf(note, (size_t)n + 1, format, again);
    va_end(again);
    return add_note(report, note, err);
}

void nearer_report_free(nearer_report *report)
{
    if (report == NULL) return;
    for (size_t i = 0; i < report->count; i++) {
        nr_free(report->entries[i].id);
        nr_free(report->entries[i].title);
        nearer_table_free(report->entries[i].table);
    }
    for (size_t i = 0; i < report->note_count; i++) nr_free(report->notes[i]);
    nr_free(report->entries);
    nr_free(report->notes);
    nr_free(report);
}

size_t nearer_report_tables(const nearer_report *report)
{
    return report->count;
}

const nearer_table *nearer_report_table(const nearer_report *report, size_t index)
{
    return report->entries[index].table;
}

const char *nearer_report_table_id(const nearer_report *report, size_t index)
{
    return report->entries[index].id;
}

const char *nearer_report_table_title(const nearer_report *report, size_t index)
{
    return report->entries[index].title;
}

size_t nearer_report_notes(const nearer_report *report)
{
    return report->note_count;
}

const char *nearer_report_note(const nearer_report *report, size_t index)
{
    return report->notes[index];
}
