/* study/parameter: a number of a mode, named as the study file nests it. */
#ifndef NR_STUDY_PARAMETER_H
#define NR_STUDY_PARAMETER_H
#include "study/study.h"

/* "rail.access_min", or "road.classes.expressway": the speed of a class. */
typedef struct nr_varied {
    size_t mode;
    const nr_parameter *parameter; /* NULL: the speed of a class */
    size_t class_index;
} nr_varied;

/* Finds a parameter of a network. Fails with NAME. */
nearer_status nr_varied_find(nr_varied *out, const nearer_network *network, const char *name,
                             nearer_error *err);
/* Its name and what it may be; that of a class is a speed_kmh. */
const nr_parameter *nr_varied_parameter(const nr_varied *varied);
double nr_varied_value(const nearer_network *network, const nr_varied *varied);

/* A study whose network differs from another's in some parameters; it borrows all else. It must
 * stay where it was begun: the study points to the network. */
typedef struct nr_variant {
    nearer_study study;
    nearer_network network;
    nr_class_speed *classes[NR_MODE_COUNT]; /* of modes whose speeds differ, else NULL */
} nr_variant;
/* Clear with nr_variant_clear. */
void nr_variant_begin(nr_variant *out, const nearer_study *study);
/* Fails with VALUE when the value is none the parameter may have, with MEMORY. */
nearer_status nr_variant_set(nr_variant *variant, const nr_varied *varied, double value,
                             nearer_error *err);
/* Begun, one parameter set, and held to what must hold between parameters. Fails with VALUE. */
nearer_status nr_variant_make(nr_variant *out, const nearer_study *study, const nr_varied *varied,
                              double value, nearer_error *err);
void nr_variant_clear(nr_variant *variant);
#endif
