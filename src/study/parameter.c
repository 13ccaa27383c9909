#include "study/parameter.h"

#include <string.h>

#include "base/unknown.h"

static const char CLASSES[] = "classes.";

static const char *known_class(const void *mode, size_t i)
{
    const nr_mode *m = mode;
    return i < m->class_count ? m->classes[i].id : NULL;
}

static nearer_status find_class(nr_varied *out, const nr_mode *mode, const char *id,
                                nearer_error *err)
{
    for (out->class_index = 0; out->class_index < mode->class_count; out->class_index++)
        if (strcmp(mode->classes[out->class_index].id, id) == 0) return NEARER_OK;
    return nr_fail_unknown(err, id, known_class, mode, "mode %s has no speed of a class '%.60s'",
                           mode->id, id);
}

nearer_status nr_varied_find(nr_varied *out, const nearer_network *network, const char *name,
                             nearer_error *err)
{
    char mode[32] = "";
    size_t n = strcspn(name, ".");
    const char *rest = name[n] == 0 ? "" : name + n + 1;
    if (n < sizeof mode) memcpy(mode, name, n);
    *out = (nr_varied){.mode = nr_mode_find(mode)};
    if (out->mode == NR_MODE_COUNT)
        return nr_fail_unknown(err, mode, nr_mode_known, NULL, "sensitivity: '%.80s' names no mode",
                               name);
    if (strncmp(rest, CLASSES, sizeof CLASSES - 1) == 0)
        return find_class(out, &network->modes[out->mode], rest + sizeof CLASSES - 1, err);
    for (const nr_parameter *p = nr_parameters; p->name != NULL; p++)
        if (strcmp(p->name, rest) == 0) {
            out->parameter = p;
            return NEARER_OK;
        }
    return nr_fail_unknown(err, rest, nr_parameter_known, NULL,
                           "sensitivity: '%.80s' names no parameter that can be varied", name);
}

const nr_parameter *nr_varied_parameter(const nr_varied *v)
{
    static const nr_parameter class_speed = {"speed_kmh", 0, 0.1, 2000};
    return v->parameter == NULL ? &class_speed : v->parameter;
}

static double *number(nearer_network *network, const nr_varied *v)
{
    return (double *)((char *)&network->modes[v->mode].parameters + v->parameter->offset);
}

double nr_varied_value(const nearer_network *network, const nr_varied *v)
{
    const nr_mode *mode = &network->modes[v->mode];
    return v->parameter == NULL
               ? mode->classes[v->class_index].speed_kmh
               : *(const double *)((const char *)&mode->parameters + v->parameter->offset);
}

static nearer_status vary_class(nr_variant *out, const nr_varied *v, double value,
                                nearer_error *err)
{
    nr_mode *mode = &out->network.modes[v->mode];
    nr_class_speed **classes = &out->classes[v->mode];
    if (*classes == NULL) {
        *classes = nr_alloc(mode->class_count, sizeof **classes);
        if (*classes == NULL) return nr_fail_memory(err);
        memcpy(*classes, mode->classes, mode->class_count * sizeof **classes);
        mode->classes = *classes;
    }
    (*classes)[v->class_index].speed_kmh = value;
    return NEARER_OK;
}

void nr_variant_begin(nr_variant *out, const nearer_study *study)
{
    *out = (nr_variant){.study = *study, .network = *study->network};
    out->study.network = &out->network;
}

nearer_status nr_variant_set(nr_variant *out, const nr_varied *v, double value, nearer_error *err)
{
    const nr_parameter *p = nr_varied_parameter(v);
    if (value < p->low || value > p->high)
        return nr_fail(err, NEARER_VALUE, "sensitivity: %s.%s is %g, %g to %g was expected",
                       nr_modes[v->mode].id, p->name, value, p->low, p->high);
    if (v->parameter == NULL) return vary_class(out, v, value, err);
    *number(&out->network, v) = value;
    return NEARER_OK;
}

nearer_status nr_variant_make(nr_variant *out, const nearer_study *study, const nr_varied *v,
                              double value, nearer_error *err)
{
    nr_variant_begin(out, study);
    NR_TRY(nr_variant_set(out, v, value, err));
    const nr_mode_parameters *m = &out->network.modes[v->mode].parameters;
    if (nr_mode_has_berths(m) && m->transfer_min < m->dwell_min)
        return nr_fail(err, NEARER_VALUE,
                       "sensitivity: %s.%s at %g: transfer_min falls below dwell_min",
                       nr_modes[v->mode].id, nr_varied_parameter(v)->name, value);
    return NEARER_OK;
}

void nr_variant_clear(nr_variant *variant)
{
    for (size_t m = 0; m < NR_MODE_COUNT; m++) nr_free(variant->classes[m]);
}
