/* Growth and the gain in access by groups of places: what differs between groups, and how little
 * so few places can show. */
#include "study/growth.h"

#include <math.h>

#include "access/inequality.h"
#include "stats/correlation.h"
#include "stats/statistic.h"

/* Fewer places than 30 show only an |r| of 0.5 or more with 80 % power. */
enum { FEW_PLACES = 30, MOST_NAMED = 3 };

/* Of the places of a group that have growth and a gain. */
typedef struct sums {
    size_t places;
    double from, to, gain;
} sums;

/* Places that show how little they show: of all groups of a grouping, or of one of them. */
typedef struct example {
    size_t places;
    size_t grouping, value; /* of the study, of the grouping; NR_NO_NAME: all its groups */
} example;

typedef struct work {
    const nr_growth *g;
    const double *from, *to; /* the growth series */
    double years;
    nearer_table *groups, *theil;
    double *x, *y;      /* n */
    size_t *group;      /* n */
    size_t values, few; /* of all groupings; of these with few places */
    example least;      /* the grouping of the fewest places */
    example most;       /* of groups of few places the largest */
} work;

static nearer_status work_init(work *w, const nr_growth *g, nearer_error *err)
{
    const nr_growth_spec *spec = &g->study->spec.growth;
    *w = (work){.g = g, .years = nr_study_years(g->study)};
    w->least.places = (size_t)-1;
    NR_TRY(nr_study_mass(&w->from, g->study, spec->from, err));
    NR_TRY(nr_study_mass(&w->to, g->study, spec->to, err));
    w->x = nr_alloc(2 * g->n, sizeof *w->x);
    w->group = nr_alloc(g->n, sizeof *w->group);
    if (w->x == NULL || w->group == NULL) return nr_fail_memory(err);
    w->y = w->x + g->n;
    NR_TRY(nr_table_new(&w->groups, NULL, NULL, err));
    NR_TRY(nr_table_new(&w->theil, NULL, NULL, err));
    nr_table_add_column(w->groups, "group", NR_TEXT_COLUMN);
    nr_table_add_column(w->groups, "value", NR_TEXT_COLUMN);
    nr_table_add_column(w->groups, "places", 0);
    const char *growth[] = {"growth_pct_per_year", "growth_gap_points"};
    for (size_t i = 0; i < 2; i++) nr_table_add_column(w->groups, growth[i], 3);
    const char *gain[] = {"gain_ln", "gain_gap_ln"};
    for (size_t i = 0; i < 2; i++) nr_table_add_column(w->groups, gain[i], 4);
    nr_table_add_column(w->groups, "pearson_r", 3);
    nr_table_add_column(w->groups, "detectable_r", 3);
    nr_table_add_column(w->theil, "group", NR_TEXT_COLUMN);
    nr_table_add_column(w->theil, "of", NR_TEXT_COLUMN);
    const char *shown[] = {"theil_before", "between_before", "within_before",
                           "theil_after",  "between_after",  "within_after"};
    nr_table_add_column(w->theil, "places", 0);
    for (size_t i = 0; i < 6; i++) nr_table_add_column(w->theil, shown[i], 4);
    nr_table_add_column(w->theil, "between_share_before_pct", 1);
    nr_table_add_column(w->theil, "between_share_after_pct", 1);
    return NEARER_OK;
}

static void work_clear(work *w)
{
    nearer_table_free(w->groups);
    nearer_table_free(w->theil);
    nr_free(w->x);
    nr_free(w->group);
}

/* ---- groups ---- */

static bool counts(const work *w, size_t place)
{
    return isfinite(w->g->growth[place]) && isfinite(w->g->gain[place]);
}

static void add_place(sums *s, const work *w, size_t place)
{
    s->places++;
    s->from += w->from[place];
    s->to += w->to[place];
    s->gain += w->g->gain[place];
}

/* Of the sum, so that large places weigh more; NAN without places. */
static double growth_of(const sums *s, const work *w)
{
    return s->places > 0 ? 100 * nr_annual_growth(s->from, s->to, w->years) : NAN;
}

static double gain_of(const sums *s)
{
    return s->places > 0 ? s->gain / (double)s->places : NAN;
}

/* NAN below 4 places, or where all have the same gain or growth. */
static double correlation_within(const work *w, const nr_grouping *grouping, size_t value)
{
    nr_estimate r;
    size_t n = 0;
    for (size_t p = 0; p < w->g->n; p++) {
        if (grouping->of_place[p] != value || !counts(w, p)) continue;
        w->x[n] = w->g->gain[p];
        w->y[n++] = w->g->growth[p];
    }
    return nr_pearson(&r, w->x, w->y, n, NULL) == NEARER_OK ? r.value : NAN;
}

static nearer_status put_groups(work *w, const nr_grouping *grouping, size_t index,
                                nearer_error *err)
{
    sums all = {0}, *own = nr_alloc(grouping->values.count, sizeof *own);
    if (own == NULL) return nr_fail_memory(err);
    for (size_t p = 0; p < w->g->n; p++) {
        if (grouping->of_place[p] == NR_NO_NAME || !counts(w, p)) continue;
        add_place(&own[grouping->of_place[p]], w, p);
        add_place(&all, w, p);
    }
    for (size_t v = 0; v < grouping->values.count; v++) {
        const sums *s = &own[v];
        const sums rest = {all.places - s->places, all.from - s->from, all.to - s->to,
                           all.gain - s->gain};
        double growth = growth_of(s, w), gain = gain_of(s);
        nr_table_put(w->groups, grouping->spec->id, grouping->values.texts[v], (double)s->places,
                     growth, growth - growth_of(&rest, w), gain, gain - gain_of(&rest),
                     correlation_within(w, grouping, v), nr_detectable_r(s->places));
        w->values++;
        if (s->places >= FEW_PLACES) continue;
        w->few++;
        if (w->few == 1 || s->places > w->most.places) w->most = (example){s->places, index, v};
    }
    if (grouping->values.count > 0 && all.places < w->least.places)
        w->least = (example){all.places, index, NR_NO_NAME};
    nr_free(own);
    return NEARER_OK;
}

/* ---- inequality ---- */

typedef struct parts {
    double all, between, within, share_pct;
} parts;

static nearer_status split(parts *out, const double *x, const size_t *group, size_t n,
                           size_t groups, nearer_error *err)
{
    const nr_sample sample = {x, NULL, n};
    double between = NAN, all = nr_theil(&sample);
    NR_TRY(nr_theil_between(&between, &sample, group, groups, err));
    /* rounding makes equal values a little unequal: no share of that, and no part below 0 */
    *out = (parts){all, between, all < between ? 0 : all - between,
                   all > 1e-12 ? 100 * between / all : NAN};
    return NEARER_OK;
}

static bool is_amount(double x)
{
    return isfinite(x) && x >= 0;
}

/* Both days over the same places, else it is the places that make the change. */
static nearer_status put_theil(work *w, const nr_grouping *grouping, const char *of,
                               const double *before, const double *after, nearer_error *err)
{
    parts b, a;
    size_t n = 0, groups = grouping->values.count;
    for (size_t p = 0; p < w->g->n; p++) {
        if (grouping->of_place[p] == NR_NO_NAME || !is_amount(before[p]) || !is_amount(after[p]))
            continue;
        w->x[n] = before[p];
        w->y[n] = after[p];
        w->group[n++] = grouping->of_place[p];
    }
    NR_TRY(split(&b, w->x, w->group, n, groups, err));
    NR_TRY(split(&a, w->y, w->group, n, groups, err));
    nr_table_put(w->theil, grouping->spec->id, of, (double)n, b.all, b.between, b.within, a.all,
                 a.between, a.within, b.share_pct, a.share_pct);
    return NEARER_OK;
}

/* ---- what is said of it ---- */

/* "side west", "side west and east together", "the 31 groups of province together"; whether memory
 * ran out the text knows. */
static nearer_status name_example(nr_text *out, const nearer_study *study, const example *of,
                                  nearer_error *err)
{
    nr_grouping grouping;
    NR_TRY(nr_grouping_read(&grouping, study, &study->spec.groups[of->grouping], err));
    const char *id = grouping.spec->id, *const *names = grouping.values.texts;
    size_t count = grouping.values.count;
    if (of->value != NR_NO_NAME || count == 1) {
        nr_text_print(out, "%s %s", id, names[count == 1 ? 0 : of->value]);
    } else if (count > MOST_NAMED) {
        nr_text_print(out, "the %zu groups of %s together", count, id);
    } else {
        nr_text_print(out, "%s %s", id, names[0]);
        for (size_t v = 1; v < count; v++)
            nr_text_print(out, "%s%s", v + 1 < count ? ", " : " and ", names[v]);
        nr_text_add_word(out, " together");
    }
    nr_grouping_clear(&grouping);
    return NEARER_OK;
}

/* A grouping of many places is no example of few: then the largest group of few is. */
static nearer_status note_few(nearer_report *report, const work *w, nearer_error *err)
{
    if (w->few == 0) return NEARER_OK;
    const example *of = w->least.places < FEW_PLACES ? &w->least : &w->most;
    double detectable = ceil(100 * nr_detectable_r(of->places)) / 100;
    nr_text can = {0};
    nearer_status status = name_example(&can, w->g->study, of, err);
    if (isnan(detectable))
        nr_text_add_word(&can, ", can show no correlation at all");
    else
        nr_text_print(&can, ", can show only a correlation of %.2f or more with 80 %% power",
                      detectable);
    if (status == NEARER_OK && can.failed) status = nr_fail_memory(err);
    if (status == NEARER_OK)
        status = nr_report_add_note(report, err,
                                    "of %zu groups %zu have fewer than %d places: %zu place%s, "
                                    "such as %s; groups are not to be ranked by it",
                                    w->values, w->few, FEW_PLACES, of->places,
                                    of->places == 1 ? "" : "s", can.bytes);
    nr_text_clear(&can);
    return status;
}

static nearer_status put_grouping(work *w, size_t index, nearer_error *err)
{
    const nr_growth *g = w->g;
    nr_grouping grouping;
    NR_TRY(nr_grouping_read(&grouping, g->study, &g->study->spec.groups[index], err));
    nearer_status status = put_groups(w, &grouping, index, err);
    if (status == NEARER_OK) status = put_theil(w, &grouping, "access", g->before, g->after, err);
    if (status == NEARER_OK) status = put_theil(w, &grouping, "growth series", w->from, w->to, err);
    nr_grouping_clear(&grouping);
    return status;
}

/* The tables go to the report, which frees them also when it fails. */
static nearer_status hand_over(nearer_report *report, work *w, nearer_error *err)
{
    nearer_table *groups = w->groups, *theil = w->theil;
    w->groups = NULL;
    NR_TRY(nr_study_put(report, "groups", "Growth and gain in access by group", groups, err));
    w->theil = NULL;
    NR_TRY(nr_study_put(report, "theil", "Inequality between and within groups", theil, err));
    return note_few(report, w, err);
}

nearer_status nr_growth_put_groups(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    if (g->study->spec.group_count == 0) return NEARER_OK;
    work w;
    nearer_status status = work_init(&w, g, err);
    for (size_t i = 0; i < g->study->spec.group_count && status == NEARER_OK; i++)
        status = put_grouping(&w, i, err);
    if (status == NEARER_OK) status = hand_over(report, &w, err);
    work_clear(&w);
    return status;
}
