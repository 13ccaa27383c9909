/* formats/csv: CSV that is in memory already. */
#ifndef NR_FORMATS_CSV_H
#define NR_FORMATS_CSV_H
#include "formats/stream.h"
#include "model/table.h"

/* Reads UTF-8 bytes with a 0 behind them, which are taken over, also when it fails; messages call
 * them `name`. Fails with SYNTAX. */
nearer_status nr_csv_scan(nearer_table **out, char *bytes, size_t length, const char *name,
                          nearer_error *err);
/* Adds a text as a field, in quotes where it needs them. */
void nr_csv_add_field(nr_text *out, const char *text, bool whole_row);

/* A matrix as a long table: from_id, to_id and its numbers. */
extern const nr_streaming nr_csv_streaming, nr_tsv_streaming;
#endif
