/* Words on the command line into what measures take. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { MOST_LIMITS = 1024, WORD = 80 };

static nearer_status read_numbers(double *out, size_t *count, const char *text, const char *name,
                                  nearer_error *err)
{
    static cli_words words;
    CLI_TRY(cli_split(&words, text, name, err));
    for (size_t k = 0; k < words.count; k++)
        CLI_TRY(cli_number(&out[k], words.items[k], name, "a number of minutes", err));
    *count = words.count;
    return NEARER_OK;
}

/* "40:50" and a step into 40, 41, ... 50. */
static nearer_status read_interval(nearer_measure_spec *spec, double limits[MOST_LIMITS],
                                   const cli_options *o, nearer_error *err)
{
    char *end, *rest;
    double first = strtod(o->interval, &end), step = 1;
    double last = *end == ':' ? strtod(end + 1, &rest) : NAN;
    if (o->step != NULL) CLI_TRY(cli_number(&step, o->step, "--step", "a number of minutes", err));
    if (end == o->interval || *end != ':' || rest == end + 1 || *rest != 0 || !(first >= 0) ||
        !(last >= first) || !(step > 0) || !isfinite(last))
        return cli_fail(
            err, NEARER_USAGE,
            "--interval %.40s: minutes from and to, such as 40:50, and a --step above 0 "
            "were expected",
            o->interval);
    size_t count = (size_t)fmin(floor((last - first) / step + 1e-9) + 1, MOST_LIMITS + 1.0);
    if (count > MOST_LIMITS)
        return cli_fail(err, NEARER_USAGE, "--interval %.40s: more than %d steps", o->interval,
                        MOST_LIMITS);
    for (size_t k = 0; k < count; k++) limits[k] = first + (double)k * step;
    spec->limits_min = limits;
    spec->limit_count = count;
    return NEARER_OK;
}

/* "20", "off" or "area:AREA_KM2,SPEED". */
static nearer_status read_own(nearer_measure_spec *spec, const char *text, nearer_error *err)
{
    static char area[WORD];
    if (strcmp(text, "off") == 0) {
        spec->no_own = true;
        return NEARER_OK;
    }
    if (strncmp(text, "area:", 5) != 0)
        return cli_number(&spec->own_min, text, "--own-mass", "a number of minutes", err);
    const char *comma = strrchr(text, ',');
    if (comma == NULL || (size_t)(comma - text) >= sizeof area + 5)
        return cli_fail(
            err, NEARER_USAGE,
            "--own-mass %.60s: area:COLUMN,KMH was expected: an area in km2 and a speed", text);
    snprintf(area, sizeof area, "%.*s", (int)(comma - text - 5), text + 5);
    spec->own_area = area;
    return cli_number(&spec->own_speed_kmh, comma + 1, "--own-mass",
                      "a speed in km/h behind the comma", err);
}

static nearer_status read_choices(nearer_measure_spec *spec, const cli_options *o,
                                  nearer_error *err)
{
    const struct {
        const char *text, *name, *words[3];
        bool *flag; /* true for the second */
    } choices[] = {
        {o->direction, "--direction", {"from", "to", NULL}, &spec->to},
        {o->fill, "--fill", {"zero", "missing", NULL}, &spec->empty_unreached},
        {o->summary, "--summary", {"mean", "median", NULL}, &spec->median},
        {o->convention, "--convention", {"nearer", "r-accessibility", NULL}, &spec->r_convention}};
    for (size_t k = 0; k < sizeof choices / sizeof *choices; k++) {
        size_t chosen;
        if (choices[k].text == NULL) continue;
        CLI_TRY(cli_choose(&chosen, choices[k].text, choices[k].name, choices[k].words, err));
        *choices[k].flag = chosen == 1;
    }
    return NEARER_OK;
}

static nearer_status read_parameters(nearer_measure_spec *spec, const cli_options *o,
                                     nearer_error *err)
{
    const struct {
        const char *text, *name, *unit;
        double *value;
    } numbers[] = {{o->amount, "--amount", "an amount of mass", &spec->amount},
                   {o->count, "--count", "a number", &spec->amount},
                   {o->share, "--share", "a share up to 1", &spec->share},
                   {o->alpha, "--alpha", "an exponent", &spec->alpha},
                   {o->theta, "--theta", "a number", &spec->theta},
                   {o->scale, "--scale", "a number of minutes", &spec->scale_min},
                   {o->speed, "--speed", "a speed in km/h", &spec->speed_kmh},
                   {o->tolerance, "--tolerance", "a number of minutes", &spec->tolerance_min}};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        if (numbers[k].text == NULL) continue;
        CLI_TRY(
            cli_number(numbers[k].value, numbers[k].text, numbers[k].name, numbers[k].unit, err));
        if (*numbers[k].value == 0 && numbers[k].value != &spec->tolerance_min)
            return cli_fail(err, NEARER_USAGE, "%s 0: more than 0 was expected", numbers[k].name);
    }
    if (o->count != NULL && o->amount != NULL)
        return cli_fail(err, NEARER_USAGE, "--count and --amount exclude each other");
    if (o->step != NULL && o->interval == NULL) {
        CLI_TRY(cli_number(&spec->step_min, o->step, "--step", "a number of minutes", err));
        if (spec->step_min == 0)
            return cli_fail(err, NEARER_USAGE, "--step 0: more than 0 was expected");
    }
    if (o->demand != NULL) spec->demand = o->demand;
    if (o->constraint != NULL) spec->constraint = o->constraint;
    spec->full = o->fixed_point;
    return read_choices(spec, o, err);
}

nearer_status cli_measure(nearer_measure_spec *out, const nearer_study *study, const cli_options *o,
                          const char *measure, nearer_error *err)
{
    static double limits[MOST_LIMITS];
    const char *wanted = o->measure != NULL ? o->measure : measure;
    nearer_measure_spec spec = {.measure = wanted, .cutoff_min = NAN, .own_min = NAN}, listed;
    if (nearer_study_measure(&listed, study, wanted, NULL) == NEARER_OK ||
        (o->measure == NULL && nearer_study_measure(&listed, study, NULL, NULL) == NEARER_OK))
        spec = listed;
    else if (o->measure == NULL)
        spec.measure = "mean_time";
    if (o->mass != NULL) spec.mass = strcmp(o->mass, "one") == 0 ? NULL : o->mass;
    if (o->decay != NULL) spec.decay = o->decay;
    if (o->cutoff != NULL && nearer_measure_takes_bands(spec.measure)) {
        CLI_TRY(read_numbers(limits, &spec.limit_count, o->cutoff, "--cutoff", err));
        spec.limits_min = limits;
    } else if (o->cutoff != NULL) {
        CLI_TRY(cli_number(&spec.cutoff_min, o->cutoff, "--cutoff", "a number of minutes", err));
    }
    if (o->interval != NULL) CLI_TRY(read_interval(&spec, limits, o, err));
    if (o->own != NULL) CLI_TRY(read_own(&spec, o->own, err));
    CLI_TRY(read_parameters(&spec, o, err));
    *out = spec;
    return NEARER_OK;
}

/* One spec a word of --mass and of --cutoff. */
nearer_status cli_measures(nearer_measure_spec out[CLI_MOST_SCORES], size_t *count,
                           const nearer_study *study, const cli_options *o, const char *measure,
                           nearer_error *err)
{
    static cli_words masses;
    double cutoffs[CLI_MOST_WORDS];
    size_t cutoff_count = 0;
    nearer_measure_spec spec;
    cli_options one = *o;
    bool bands = nearer_measure_takes_bands(o->measure != NULL ? o->measure : measure);
    if (o->cutoff != NULL && !bands) {
        CLI_TRY(read_numbers(cutoffs, &cutoff_count, o->cutoff, "--cutoff", err));
        one.cutoff = NULL;
    }
    masses.count = 0;
    if (o->mass != NULL) CLI_TRY(cli_split(&masses, o->mass, "--mass", err));
    for (size_t m = 1; m < masses.count; m++)
        for (size_t k = 0; k < m; k++)
            if (strcmp(masses.items[k], masses.items[m]) == 0)
                return cli_fail(err, NEARER_USAGE, "--mass %s stands twice", masses.items[m]);
    for (size_t c = 1; c < cutoff_count; c++)
        for (size_t k = 0; k < c; k++)
            if (cutoffs[k] == cutoffs[c])
                return cli_fail(err, NEARER_USAGE, "--cutoff %g stands twice", cutoffs[c]);
    *count = 0;
    for (size_t m = 0; m < (masses.count > 0 ? masses.count : 1); m++) {
        if (masses.count > 0) one.mass = masses.items[m];
        CLI_TRY(cli_measure(&spec, study, &one, measure, err));
        for (size_t c = 0; c < (cutoff_count > 0 ? cutoff_count : 1); c++) {
            if (*count == CLI_MOST_SCORES)
                return cli_fail(err, NEARER_USAGE, "more than %d scores at once", CLI_MOST_SCORES);
            if (cutoff_count > 0) spec.cutoff_min = cutoffs[c];
            out[(*count)++] = spec;
        }
    }
    return NEARER_OK;
}

/* Of what is given, what the measure takes; what no measure takes stays, and is told. */
static cli_options given_to(const cli_options *o, const cli_words *measures, size_t which)
{
    cli_options one = *o;
    const struct {
        const char **text, *name;
    } options[] = {{&one.decay, "--decay"},   {&one.cutoff, "--cutoff"}, {&one.demand, "--demand"},
                   {&one.amount, "--amount"}, {&one.share, "--share"},   {&one.theta, "--theta"},
                   {&one.scale, "--scale"},   {&one.speed, "--speed"}};
    one.measure = measures->items[which];
    for (size_t k = 0; k < sizeof options / sizeof *options; k++) {
        bool taken = false;
        for (size_t m = 0; m < measures->count; m++)
            taken = taken || nearer_measure_takes(measures->items[m], options[k].name);
        if (taken && !nearer_measure_takes(one.measure, options[k].name)) *options[k].text = NULL;
    }
    return one;
}

nearer_status cli_measure_list(nearer_measure_spec out[CLI_MOST_SCORES], size_t *count,
                               const nearer_study *study, const cli_options *o, const char *measure,
                               nearer_error *err)
{
    static cli_words words;
    *count = 1;
    if (o->measure == NULL) return cli_measure(&out[0], study, o, measure, err);
    CLI_TRY(cli_split(&words, o->measure, "--measure", err));
    if (words.count > CLI_MOST_SCORES)
        return cli_fail(err, NEARER_USAGE, "more than %d scores at once", CLI_MOST_SCORES);
    for (size_t m = 0; m < words.count; m++) {
        for (size_t k = 0; k < m; k++)
            if (strcmp(words.items[k], words.items[m]) == 0)
                return cli_fail(err, NEARER_USAGE, "--measure %s stands twice", words.items[m]);
        const cli_options one = given_to(o, &words, m);
        CLI_TRY(cli_measure(&out[m], study, &one, measure, err));
        if (o->mass == NULL && out[m].mass == NULL) out[m].mass = out[0].mass;
    }
    *count = words.count;
    return NEARER_OK;
}
