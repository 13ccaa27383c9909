#include "access/measure.h"

#include <math.h>
#include <string.h>

#include "base/unknown.h"

const nr_measure *const nr_measures[] = {
#define NR_MEASURE(id) &nr_measure_##id,
#include "access/measures.def"
#undef NR_MEASURE
    NULL};

const char *const nr_constraint_words[] = {"total", "singly", "doubly", NULL};

static const char *const setting_words[] = {
#define NR_SETTING(name, option, words) words,
#include "access/settings.def"
#undef NR_SETTING
};

const char *const nr_setting_options[NR_SETTINGS] = {
#define NR_SETTING(name, option, words) option,
#include "access/settings.def"
#undef NR_SETTING
};

static const char *known_measure(const void *unused, size_t i)
{
    (void)unused;
    return nr_measures[i] == NULL ? NULL : nr_measures[i]->id;
}

static const char *known_constraint(const void *unused, size_t i)
{
    (void)unused;
    return nr_constraint_words[i];
}

nearer_status nr_measure_find(const nr_measure **out, const char *id, nearer_error *err)
{
    for (size_t i = 0; nr_measures[i] != NULL; i++)
        if (strcmp(nr_measures[i]->id, id) == 0) {
            *out = nr_measures[i];
            return NEARER_OK;
        }
    return nr_fail_unknown(err, id, known_measure, NULL, "unknown measure '%.60s'", id);
}

/* What the spec says, as bits. Limits are those of steps or of bands, as the measure takes them. */
static unsigned find_given(const nr_measure *measure, const nearer_measure_spec *s)
{
    unsigned limits = (measure->needs & NR_BANDS) != 0 ? NR_BANDS : NR_LIMITS;
    return (s->decay != NULL ? NR_DECAY : 0u) | (isnan(s->cutoff_min) ? 0u : NR_CUTOFF) |
           (s->limit_count > 0 ? limits : 0u) | (s->median ? NR_SUMMARY : 0u) |
           (s->amount != 0 ? NR_AMOUNT : 0u) | (s->share != 0 ? NR_SHARE : 0u) |
           (s->demand != NULL ? NR_DEMAND : 0u) | (s->alpha != 0 ? NR_ALPHA : 0u) |
           (s->theta != 0 ? NR_THETA : 0u) | (s->scale_min != 0 ? NR_SCALE : 0u) |
           (s->speed_kmh != 0 ? NR_SPEED : 0u) | (s->step_min != 0 ? NR_STEP : 0u) |
           (s->tolerance_min != 0 ? NR_TOLERANCE : 0u) |
           (s->constraint != NULL ? NR_CONSTRAINT : 0u) | (s->full ? NR_FULL : 0u) |
           (s->to ? NR_TO : 0u);
}

static nearer_status check_given(const nr_measure *measure, unsigned given, nearer_error *err)
{
    unsigned one = measure->needs_one, taken = measure->needs | measure->takes | one;
    for (unsigned k = 0; k < NR_SETTINGS; k++) {
        unsigned bit = 1u << k;
        if ((measure->needs & bit) != 0 && (given & bit) == 0)
            return nr_fail(err, NEARER_USAGE, "measure '%s' needs %s", measure->id,
                           setting_words[k]);
        if ((taken & bit) == 0 && (given & bit) != 0) {
            size_t words = strcspn(setting_words[k], ",:");
            const char *word = setting_words[k]; /* "a decay": takes no decay */
            size_t skip = strncmp(word, "a ", 2) == 0 ? 2 : strncmp(word, "an ", 3) == 0 ? 3 : 0;
            return nr_fail(err, NEARER_USAGE, "measure '%s' takes no %.*s", measure->id,
                           (int)(words - skip), word + skip);
        }
    }
    unsigned both = one & given;
    if (one != 0 && (both == 0 || (both & (both - 1)) != 0)) {
        unsigned first = 0, second;
        while ((one & 1u << first) == 0) first++;
        for (second = first + 1; (one & 1u << second) == 0;) second++;
        return nr_fail(err, NEARER_USAGE, "measure '%s' needs %s, or %s%s", measure->id,
                       setting_words[first], setting_words[second], both == 0 ? "" : ", not both");
    }
    return NEARER_OK;
}

static bool is_out_of_range(double value, double most)
{
    return isnan(value) ? false : !(value > 0 && value <= most);
}

static double nan_unless(double value)
{
    return value == 0 ? (double)NAN : value;
}

static nearer_status read_limits(nr_measure_input *input, const nearer_measure_spec *spec,
                                 nearer_error *err)
{
    for (size_t k = 0; k < spec->limit_count; k++) {
        double before = k == 0 ? -1 : spec->limits_min[k - 1];
        if (!(spec->limits_min[k] >= 0 && spec->limits_min[k] > before) ||
            isinf(spec->limits_min[k]))
            return nr_fail(err, NEARER_VALUE, "minutes of 0 or more that rise were expected");
    }
    input->limits_min = spec->limits_min;
    input->limits = spec->limit_count;
    return NEARER_OK;
}

static nearer_status read_constraint(nr_measure_input *input, const char *word, nearer_error *err)
{
    size_t k = 0;
    if (word == NULL) return NEARER_OK;
    while (k < NR_CONSTRAINTS && strcmp(nr_constraint_words[k], word) != 0) k++;
    if (k == NR_CONSTRAINTS)
        return nr_fail_unknown(err, word, known_constraint, NULL, "unknown constraint '%.40s'",
                               word);
    input->constraint = (nr_constraint)k;
    return NEARER_OK;
}

nearer_status nr_measure_prepare(const nr_measure **out, nr_measure_input *input,
                                 const nearer_measure_spec *spec, nearer_error *err)
{
    const nr_measure *measure = NULL;
    NR_TRY(nr_measure_find(&measure, spec->measure, err));
    NR_TRY(check_given(measure, find_given(measure, spec), err));
    if (spec->cutoff_min < 0 || spec->own_min < 0)
        return nr_fail(err, NEARER_VALUE, "minutes must not be negative");
    if (spec->decay != NULL && input->decay.kind == NULL)
        NR_TRY(nr_decay_parse(&input->decay, spec->decay, err));
    NR_TRY(read_limits(input, spec, err));
    NR_TRY(read_constraint(input, spec->constraint, err));
    input->cutoff_min = spec->cutoff_min;
    input->amount = nan_unless(spec->amount);
    input->share = nan_unless(spec->share);
    input->alpha = spec->alpha == 0 ? 1 : spec->alpha;
    input->theta = nan_unless(spec->theta);
    input->scale_min = nan_unless(spec->scale_min);
    input->speed_kmh = nan_unless(spec->speed_kmh);
    input->step_min = nan_unless(spec->step_min);
    input->median = spec->median;
    input->full = spec->full;
    input->to = spec->to;
    input->r_convention = spec->r_convention;
    const double values[] = {input->amount,    input->alpha,     input->theta,
                             input->scale_min, input->speed_kmh, input->step_min};
    for (size_t k = 0; k < sizeof values / sizeof *values; k++)
        if (is_out_of_range(values[k], 1e300))
            return nr_fail(err, NEARER_VALUE, "measure '%s': %g, a number above 0 was expected",
                           measure->id, values[k]);
    if (is_out_of_range(input->share, 1))
        return nr_fail(err, NEARER_VALUE,
                       "measure '%s': share %g, above 0 and up to 1 was expected", measure->id,
                       input->share);
    *out = measure;
    return NEARER_OK;
}

bool nearer_measure_takes_bands(const char *id)
{
    const nr_measure *measure = NULL;
    nearer_error ignored;
    return nr_measure_find(&measure, id, &ignored) == NEARER_OK && (measure->needs & NR_BANDS) != 0;
}

bool nearer_measure_takes(const char *id, const char *option)
{
    const nr_measure *measure = NULL;
    nearer_error ignored;
    if (nr_measure_find(&measure, id, &ignored) != NEARER_OK) return false;
    unsigned taken = measure->needs | measure->takes | measure->needs_one;
    for (unsigned k = 0; k < NR_SETTINGS; k++)
        if ((taken & 1u << k) != 0 && strcmp(nr_setting_options[k], option) == 0) return true;
    return false;
}

size_t nr_measure_columns(const nr_measure *measure, const nr_measure_input *input)
{
    return measure->columns == NULL ? 1 : measure->columns(input);
}

size_t nr_measure_kept(const nr_measure *measure, const nr_measure_input *input)
{
    return nr_measure_columns(measure, input) + measure->extra;
}

bool nr_measure_is_whole(const nr_measure *measure, const nr_measure_input *input)
{
    return measure->whole != NULL && (measure->is_whole == NULL || measure->is_whole(input));
}
