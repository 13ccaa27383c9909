/* formats/study_file: a study's JSON into what it says. */
#ifndef NR_FORMATS_STUDY_FILE_H
#define NR_FORMATS_STUDY_FILE_H
#include "model/study_spec.h"

/* Reads the file; clear *out with nr_study_spec_clear. Fails with IO, SYNTAX, VALUE, NAME. */
nearer_status nr_study_file_read(nr_study_spec *out, const char *path, nearer_error *err);
#endif
