/* access/decay: how much a place counts that is t minutes away: a weight within 0..1. */
#ifndef NR_ACCESS_DECAY_H
#define NR_ACCESS_DECAY_H
#include "base/error.h"

enum { NR_DECAY_PARAMETERS = 2 };

typedef struct nr_decay_kind {
    const char *id, *title, *formula;
    const char *parameters[NR_DECAY_PARAMETERS]; /* names, NULL where there is none */
    double (*weight)(const double *parameters, double minutes);
} nr_decay_kind;

#define NR_DECAY(id) extern const nr_decay_kind nr_decay_##id;
#include "access/decays.def"
#undef NR_DECAY

/* All kinds, NULL behind the last. */
extern const nr_decay_kind *const nr_decays[];

typedef struct nr_decay {
    const nr_decay_kind *kind;
    double parameters[NR_DECAY_PARAMETERS];
} nr_decay;

/* Reads "exponential:0.005" or "logistic:180,60". Fails with NAME (kind), VALUE (parameters must
 * be above 0). */
nearer_status nr_decay_parse(nr_decay *out, const char *text, nearer_error *err);
/* 0 when the place cannot be reached. */
double nr_decay_weight(const nr_decay *decay, double minutes);
#endif
