/* formats/scenario_file: a scenario's JSON into what it says. */
#ifndef NR_FORMATS_SCENARIO_FILE_H
#define NR_FORMATS_SCENARIO_FILE_H
#include "model/study_spec.h"

/* Reads the file into *out, texts into the spec's arena; modes begin as the study's. Fails with IO,
 * SYNTAX, VALUE, NAME; the message names the member. */
nearer_status nr_scenario_file_read(nr_scenario *out, nr_study_spec *study, const char *path,
                                    nearer_error *err);
#endif
