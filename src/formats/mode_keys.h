/* formats/mode_keys: "modes" of a study or a scenario. */
#ifndef NR_FORMATS_MODE_KEYS_H
#define NR_FORMATS_MODE_KEYS_H
#include "formats/keys.h"

/* Reads an object of modes into an array of all modes (nr_mode[NR_MODE_COUNT]); what it does not
 * say stays as it is. A nr_key.read. */
nearer_status nr_keys_modes(void *member, const cJSON *json, const char *where, const nr_reader *r);
/* NAME, with the mode that may be meant. */
nearer_status nr_keys_fail_mode(const char *name, const char *where, const nr_reader *r);
#endif
