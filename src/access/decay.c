#include "access/decay.h"

#include <math.h>
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
    return nr_fail(err, NEARER_VALUE,
                   "decay '%.60s': %s:%s%s%s was expected, each a number above 0", text, kind->id,
                   kind->parameters[0], kind->parameters[1] == NULL ? "" : ",",
                   kind->parameters[1] == NULL ? "" : kind->parameters[1]);
}

nearer_status nr_decay_parse(nr_decay *out, const char *text, nearer_error *err)
{
    char word[64];
    size_t n = strcspn(text, ":");
    size_t kept = n < sizeof word ? n : sizeof word - 1;
    memcpy(word, text, kept);
    word[kept] = 0;
    nr_decay decay = {0};
    for (size_t i = 0; nr_decays[i] != NULL; i++)
        if (strcmp(nr_decays[i]->id, word) == 0) decay.kind = nr_decays[i];
    if (decay.kind == NULL)
        return nr_fail_unknown(err, word, known_decay, NULL, "unknown decay '%s'", word);
    const char *p = text + n;
    for (size_t i = 0; i < NR_DECAY_PARAMETERS && decay.kind->parameters[i] != NULL; i++) {
        if (*p != (i == 0 ? ':' : ',')) return fail_parameters(decay.kind, text, err);
        p++;
        n = strcspn(p, ",");
        kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, p, kept);
        word[kept] = 0;
        if (!nr_parse_number(word, &decay.parameters[i]) || !(decay.parameters[i] > 0) ||
            isinf(decay.parameters[i]))
            return fail_parameters(decay.kind, text, err);
        p += n;
    }
    if (*p != 0) return fail_parameters(decay.kind, text, err);
    *out = decay;
    return NEARER_OK;
}

double nr_decay_weight(const nr_decay *decay, double minutes)
{
    return isinf(minutes) ? 0 : decay->kind->weight(decay->parameters, minutes);
}
