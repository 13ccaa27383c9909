/* model/report: how an answer is put together. */
#ifndef NR_MODEL_REPORT_H
#define NR_MODEL_REPORT_H
#include "base/error.h"

nearer_status nr_report_new(nearer_report **out, nearer_error *err);
/* Takes the table over, also when it fails. */
nearer_status nr_report_add_table(nearer_report *report, const char *id, const char *title,
                                  nearer_table *table, nearer_error *err);
/* The same for a table of one row whose cells are the report's own members in JSON. */
nearer_status nr_report_add_head(nearer_report *report, const char *id, const char *title,
                                 nearer_table *table, nearer_error *err);
bool nr_report_is_head(const nearer_report *report, size_t index);
nearer_status nr_report_add_note(nearer_report *report, nearer_error *err, const char *format, ...)
    NR_PRINTF(3, 4);
#endif
