/* formats/csv: CSV that is in memory already. */
#ifndef NR_FORMATS_CSV_H
#define NR_FORMATS_CSV_H
#include "model/table.h"

/* Reads UTF-8 bytes with a 0 behind them, which are taken over, also when it fails; messages call
 * them `name`. Fails with SYNTAX. */
nearer_status nr_csv_scan(nearer_table **out, char *bytes, size_t length, const char *name,
                          nearer_error *err);
#endif
