/* Claims under study, each beside the figure the study's own data give. */
#include <math.h>
#include <string.h>

#include "base/unknown.h"
#include "stats/statistic.h"
#include "study/study.h"

/* The places a claim speaks of, and what was found. */
typedef struct finding {
    const nearer_study *study;
    const nr_claim_spec *claim;
    bool *member;
    double value;
    size_t used, missing;
    nr_text detail;
} finding;

static const char *name(const finding *f, size_t place)
{
    return f->study->network->places[place].name;
}

/* One value a place of `id`, fails when the claim does not give it. */
static nearer_status series(const double **out, const finding *f, const char *id, const char *key,
                            nearer_error *err)
{
    if (id == NULL)
        return nr_fail(err, NEARER_VALUE, "%s: claim '%s': statistic '%s' needs '%s'",
                       f->study->spec.path, f->claim->text, f->claim->statistic, key);
    return nr_study_mass(out, f->study, id, err);
}

/* Growth of the members' sum. */
static nearer_status annual_growth(finding *f, nearer_error *err)
{
    const double *from, *to;
    double first = 0, last = 0;
    NR_TRY(series(&from, f, f->claim->from, "from", err));
    NR_TRY(series(&to, f, f->claim->to, "to", err));
    for (size_t i = 0; i < f->study->network->place_count; i++) {
        if (!f->member[i]) continue;
        double rate = 100 * nr_annual_growth(from[i], to[i], nr_study_years(f->study));
        if (isnan(rate)) {
            f->missing++;
            continue;
        }
        nr_text_print(&f->detail, "%s%s %.2f", f->used++ > 0 ? ", " : "", name(f, i), rate);
        first += from[i];
        last += to[i];
    }
    f->value = 100 * nr_annual_growth(first, last, nr_study_years(f->study));
    return NEARER_OK;
}

static nearer_status count_above(finding *f, nearer_error *err)
{
    const double *of;
    NR_TRY(series(&of, f, f->claim->of, "of", err));
    if (isnan(f->claim->above))
        return nr_fail(err, NEARER_VALUE, "%s: claim '%s': statistic 'count_above' needs 'above'",
                       f->study->spec.path, f->claim->text);
    f->value = 0;
    for (size_t i = 0; i < f->study->network->place_count; i++) {
        if (!f->member[i]) continue;
        f->used += isnan(of[i]) ? 0 : 1;
        f->missing += isnan(of[i]) ? 1 : 0;
        if (!(of[i] > f->claim->above)) continue;
        nr_text_print(&f->detail, "%s%s", f->value > 0 ? ", " : "", name(f, i));
        f->value++;
    }
    return NEARER_OK;
}

/* Sums of `of` and `per` by the group `by`, or each place on its own. */
static void add_up(double *top, double *bottom, finding *f, const double *of, const double *per,
                   const nr_grouping *by)
{
    for (size_t i = 0; i < f->study->network->place_count; i++) {
        size_t g = by == NULL ? i : by->of_place[i];
        if (!f->member[i] || g == NR_NO_NAME) continue;
        if (isnan(of[i]) || (per != NULL && isnan(per[i]))) {
            f->missing++;
            continue;
        }
        f->used++;
        top[g] += of[i];
        bottom[g] += per == NULL ? 1 : per[i];
    }
}

static void compare_extremes(finding *f, const double *top, const double *bottom, size_t count,
                             const nr_grouping *by)
{
    size_t low = count, high = count, zeros = 0;
    for (size_t g = 0; g < count; g++) {
        if (bottom[g] > 0 && !(top[g] > 0)) zeros++;
        if (!(bottom[g] > 0) || !(top[g] > 0)) continue;
        double level = top[g] / bottom[g];
        if (low == count || level < top[low] / bottom[low]) low = g;
        if (high == count || level > top[high] / bottom[high]) high = g;
    }
    f->value = NAN;
    if (low == count) return;
    double highest = top[high] / bottom[high], lowest = top[low] / bottom[low];
    f->value = highest / lowest;
    int decimals = lowest < 100 ? 2 : 0;
    char text[2][NR_NUMBER_TEXT];
    nr_text_print(&f->detail, "%s %s, %s %s", by == NULL ? name(f, high) : by->values.texts[high],
                  nr_format_fixed(highest, decimals, text[0]),
                  by == NULL ? name(f, low) : by->values.texts[low],
                  nr_format_fixed(lowest, decimals, text[1]));
    if (zeros > 0) nr_text_print(&f->detail, "; left out, at 0: %zu", zeros);
}

/* The highest level over the lowest. */
static nearer_status ratio_max_min(finding *f, nearer_error *err)
{
    const double *of, *per = NULL;
    nr_grouping by = {0};
    const nr_grouping *grouping = f->claim->by == NULL ? NULL : &by;
    NR_TRY(series(&of, f, f->claim->of, "of", err));
    if (f->claim->per != NULL) NR_TRY(nr_study_mass(&per, f->study, f->claim->per, err));
    if (grouping != NULL) NR_TRY(nr_grouping_find(&by, f->study, f->claim->by, err));
    size_t count = grouping == NULL ? f->study->network->place_count : by.values.count;
    double *sums = nr_alloc(2 * count, sizeof *sums);
    nearer_status status = sums == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        add_up(sums, sums + count, f, of, per, grouping);
        compare_extremes(f, sums, sums + count, count, grouping);
    }
    nr_free(sums);
    nr_grouping_clear(&by);
    return status;
}

static const struct {
    const char *id;
    nearer_status (*find)(finding *f, nearer_error *err);
} statistics[] = {{"annual_growth", annual_growth},
                  {"count_above", count_above},
                  {"ratio_max_min", ratio_max_min}};
enum { STATISTICS = sizeof statistics / sizeof *statistics };

static const char *known_statistic(const void *unused, size_t i)
{
    (void)unused;
    return i < STATISTICS ? statistics[i].id : NULL;
}

static nearer_status choose_members(finding *f, nearer_error *err)
{
    size_t n = f->study->network->place_count;
    f->member = nr_alloc(n, sizeof *f->member);
    if (f->member == NULL) return nr_fail_memory(err);
    nr_grouping grouping = {0};
    if (f->claim->is != NULL && f->claim->group == NULL)
        return nr_fail(err, NEARER_VALUE, "%s: claim '%s': 'is' needs 'group'", f->study->spec.path,
                       f->claim->text);
    if (f->claim->group != NULL)
        NR_TRY(nr_grouping_find(&grouping, f->study, f->claim->group, err));
    size_t wanted =
        f->claim->is == NULL ? NR_NO_NAME : nr_names_find(&grouping.values, f->claim->is);
    bool known = f->claim->is == NULL || wanted != NR_NO_NAME;
    for (size_t i = 0; known && i < n; i++)
        f->member[i] =
            f->claim->group == NULL || (f->claim->is == NULL ? grouping.of_place[i] != NR_NO_NAME
                                                             : grouping.of_place[i] == wanted);
    nr_grouping_clear(&grouping);
    if (!known)
        return nr_fail(err, NEARER_NAME, "%s: claim '%s': no place has '%s' in group '%s'",
                       f->study->spec.path, f->claim->text, f->claim->is,
                       f->claim->group == NULL ? "" : f->claim->group);
    return NEARER_OK;
}

static nearer_status put_claim(nearer_table *table, const nearer_study *study,
                               const nr_claim_spec *claim, nearer_error *err)
{
    size_t s = 0;
    while (s < STATISTICS && strcmp(statistics[s].id, claim->statistic) != 0) s++;
    if (s == STATISTICS)
        return nr_fail_unknown(err, claim->statistic, known_statistic, NULL,
                               "%s: unknown statistic '%s'", study->spec.path, claim->statistic);
    finding f = {.study = study, .claim = claim, .value = NAN};
    nearer_status status = choose_members(&f, err);
    if (status == NEARER_OK) status = statistics[s].find(&f, err);
    if (status == NEARER_OK)
        nr_table_put(table, claim->text, claim->claimed, f.value, f.value - claim->claimed,
                     claim->unit == NULL ? "" : claim->unit, (double)f.used, (double)f.missing,
                     f.detail.bytes == NULL ? "" : f.detail.bytes);
    nr_free(f.member);
    nr_text_clear(&f.detail);
    return status;
}

nearer_status nearer_ask_claims(nearer_report **out, const nearer_study *study, nearer_error *err)
{
    nearer_report *report = NULL;
    nearer_table *table = NULL;
    if (study->spec.claim_count == 0)
        return nr_fail(err, NEARER_NODATA, "%s: it lists no \"claims\"", study->spec.path);
    NR_TRY(nr_report_new(&report, err));
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) {
        nr_table_add_column(table, "claim", NR_TEXT_COLUMN);
        nr_table_add_column(table, "claimed", 2);
        nr_table_add_column(table, "our_figure", 2);
        nr_table_add_column(table, "difference", 2);
        nr_table_add_column(table, "unit", NR_TEXT_COLUMN);
        nr_table_add_column(table, "places", 0);
        nr_table_add_column(table, "missing", 0);
        nr_table_add_column(table, "detail", NR_TEXT_COLUMN);
        for (size_t i = 0; i < study->spec.claim_count && status == NEARER_OK; i++)
            status = put_claim(table, study, &study->spec.claims[i], err);
        if (status == NEARER_OK)
            status = nr_study_put(report, "claims", "Claims and our figures", table, err);
        else
            nearer_table_free(table);
    }
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
