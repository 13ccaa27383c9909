/* access/decay: how much a place counts that is t minutes away: a weight within 0..1. */
#ifndef NR_ACCESS_DECAY_H
#define NR_ACCESS_DECAY_H
#include <stdbool.h>

#include "base/error.h"

enum { NR_DECAY_PARAMETERS = 2, NR_DECAY_POINTS = 256 };

struct nr_decay;
typedef struct nr_decay_kind {
    const char *id, *title, *formula;
    const char *parameters[NR_DECAY_PARAMETERS]; /* names, NULL where there is none */
    bool takes_points;                           /* minutes=weight pairs in place of parameters */
    double (*weight)(const struct nr_decay *decay, double minutes);
} nr_decay_kind;

#define NR_DECAY(id) extern const nr_decay_kind nr_decay_##id;
#include "access/decays.def"
#undef NR_DECAY

/* All kinds, NULL behind the last. */
extern const nr_decay_kind *const nr_decays[];

typedef struct nr_decay {
    const nr_decay_kind *kind;
    double parameters[NR_DECAY_PARAMETERS];
    size_t points;                                            /* of kinds that take them */
    double at_min[NR_DECAY_POINTS], weights[NR_DECAY_POINTS]; /* rising; falling, within 0..1 */
} nr_decay;

/* Reads "exponential:0.005", "exponential:half-life=30", "logistic:180,60" or
 * "stepped:15=0.75,30=0". Fails with NAME (kind), VALUE (parameters must be above 0; points must
 * rise, their weights fall). */
nearer_status nr_decay_parse(nr_decay *out, const char *text, nearer_error *err);
/* Adds a point to a kind that takes them; `text` is what errors name. Fails with VALUE. */
nearer_status nr_decay_add_point(nr_decay *decay, double minutes, double weight, const char *text,
                                 nearer_error *err);
/* As nr_decay_parse reads it, of a kind that takes parameters; returns `out`. */
enum { NR_DECAY_TEXT = 120 };
const char *nr_decay_text(char out[NR_DECAY_TEXT], const nr_decay *decay);
/* 0 when the place cannot be reached. */
double nr_decay_weight(const nr_decay *decay, double minutes);
#endif
