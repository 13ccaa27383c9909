#include "access/decay.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/unknown.h"

const nr_decay_kind *const nr_decays[] = {
#define NR_DECAY(id) &nr_decay_##id,
#include "access/decays.def"
#undef NR_DECAY
    NULL};

static const char *known_decay(const void *unused, size_t i)
{
    (void)unused;
    return nr_decays[i] == NULL ? NULL : nr_decays[i]->id;
}

static nearer_status fail_parameters(const nr_decay_kind *kind, const char *text, nearer_error *err)
{
    if (kind->takes_points)
        return nr_fail(
            err, NEARER_VALUE,
            "decay '%.60s': %s:MIN=WEIGHT,... was expected, minutes that rise and weights "
            "within 0..1 that do not",
            text, kind->id);
    return nr_fail(err, NEARER_VALUE,
                   "decay '%.60s': %s:%s%s%s was expected, each a number above 0", text, kind->id,
                   kind->parameters[0], kind->parameters[1] == NULL ? "" : ",",
                   kind->parameters[1] == NULL ? "" : kind->parameters[1]);
}

nearer_status nr_decay_add_point(nr_decay *decay, double minutes, double weight, const char *text,
                                 nearer_error *err)
{
    size_t n = decay->points;
    double after = n == 0 ? -1 : decay->at_min[n - 1], below = n == 0 ? 1 : decay->weights[n - 1];
    if (n == NR_DECAY_POINTS)
        return nr_fail(err, NEARER_VALUE, "decay '%.60s': more than %d points", text,
                       NR_DECAY_POINTS);
    if (!(minutes >= 0 && minutes > after) || isinf(minutes) || !(weight >= 0 && weight <= below))
        return fail_parameters(decay->kind, text, err);
    decay->at_min[n] = minutes;
    decay->weights[n] = weight;
    decay->points++;
    return NEARER_OK;
}

/* The next word up to a comma; *p goes to what follows it. */
static void next_word(char word[64], const char **p)
{
    size_t n = strcspn(*p, ","), kept = n < 63 ? n : 63;
    memcpy(word, *p, kept);
    word[kept] = 0;
    *p += n;
    if (**p == ',') ++*p;
}

static nearer_status read_points(nr_decay *decay, const char *p, const char *text,
                                 nearer_error *err)
{
    while (*p != 0) {
        char word[64];
        double minutes, weight;
        next_word(word, &p);
        char *sign = strchr(word, '=');
        if (sign == NULL) return fail_parameters(decay->kind, text, err);
        *sign = 0;
        if (!nr_parse_number(word, &minutes) || !nr_parse_number(sign + 1, &weight))
            return fail_parameters(decay->kind, text, err);
        NR_TRY(nr_decay_add_point(decay, minutes, weight, text, err));
    }
    return decay->points > 0 ? NEARER_OK : fail_parameters(decay->kind, text, err);
}

static nearer_status read_parameters(nr_decay *decay, const char *p, const char *text,
                                     nearer_error *err)
{
    static const char half_life[] = "half-life=";
    bool halves = decay->kind == &nr_decay_exponential && strncmp(p, half_life, 10) == 0;
    if (halves) p += 10;
    for (size_t i = 0; i < NR_DECAY_PARAMETERS && decay->kind->parameters[i] != NULL; i++) {
        char word[64];
        double *value = &decay->parameters[i];
        next_word(word, &p);
        if (!nr_parse_number(word, value) || !(*value > 0) || isinf(*value))
            return fail_parameters(decay->kind, text, err);
    }
    if (halves) decay->parameters[0] = log(2) / decay->parameters[0];
    return *p == 0 && p[-1] != ',' ? NEARER_OK : fail_parameters(decay->kind, text, err);
}

nearer_status nr_decay_parse(nr_decay *out, const char *text, nearer_error *err)
{
    char word[64];
    size_t n = strcspn(text, ":"), kept = n < sizeof word ? n : sizeof word - 1;
    memcpy(word, text, kept);
    word[kept] = 0;
    nr_decay decay = {0};
    for (size_t i = 0; nr_decays[i] != NULL; i++)
        if (strcmp(nr_decays[i]->id, word) == 0) decay.kind = nr_decays[i];
    if (decay.kind == NULL)
        return nr_fail_unknown(err, word, known_decay, NULL, "unknown decay '%s'", word);
    if (text[n] != ':') return fail_parameters(decay.kind, text, err);
    NR_TRY(decay.kind->takes_points ? read_points(&decay, text + n + 1, text, err)
                                    : read_parameters(&decay, text + n + 1, text, err));
    *out = decay;
    return NEARER_OK;
}

const char *nr_decay_text(char out[NR_DECAY_TEXT], const nr_decay *decay)
{
    size_t n = (size_t)snprintf(out, NR_DECAY_TEXT, "%s", decay->kind->id);
    for (size_t k = 0; k < NR_DECAY_PARAMETERS && decay->kind->parameters[k] != NULL; k++)
        n += (size_t)snprintf(out + n, NR_DECAY_TEXT - n, "%c%.17g", k == 0 ? ':' : ',',
                              decay->parameters[k]);
    return out;
}

double nr_decay_weight(const nr_decay *decay, double minutes)
{
    return isinf(minutes) ? 0 : decay->kind->weight(decay, minutes);
}
