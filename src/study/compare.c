/* Two days compared: per city, per group, per pair, and the national index. */
#include <math.h>
#include <stdio.h>

#include "study/measures.h"
#include "study/study.h"

typedef struct comparison {
    const nearer_study *study;
    const nearer_query *query;
    const nearer_measure_spec *spec;
    const nr_measure *measure;
    const double *mass;
    nr_two_days days;
    const char *modes;
    nearer_date first, second;
    char before[16], after[16]; /* labels */
    /* each n long: mean time and score before and after, with ranks; compression of each place */
    double *time[2], *time_rank[2], *score[2], *score_rank[2], *compression;
    size_t *order; /* of mean time after */
} comparison;

static double pct(double before, double after)
{
    return isfinite(before) && before != 0 ? 100 * (after / before - 1) : NAN;
}

static double mass_or_0(const comparison *c, size_t i)
{
    return isnan(c->mass[i]) ? 0 : c->mass[i];
}

static nr_compression_pairs all_pairs(const comparison *c)
{
    return (nr_compression_pairs){c->days.before, c->days.after, c->mass, c->mass, c->days.n, 0,
                                  c->days.n,      NULL,          NULL};
}

static nearer_status score_both_days(comparison *c, nearer_error *err)
{
    size_t n = c->days.n;
    const nearer_measure_spec mean_time = {
        .measure = "mean_time", .cutoff_min = NAN, .own_min = c->spec->own_min};
    double *const minutes[] = {c->days.before, c->days.after};
    for (int d = 0; d < 2; d++) {
        NR_TRY(nearer_scores(c->time[d], minutes[d], c->mass, n, &mean_time, err));
        NR_TRY(nr_rank(c->time_rank[d], c->time[d], n, true, err));
        NR_TRY(nr_study_score(c->score[d], c->study, d == 0 ? c->first : c->second, c->query,
                              c->spec, minutes[d], err));
        NR_TRY(nr_rank(c->score_rank[d], c->score[d], n, c->measure->low_is_good, err));
    }
    nr_compression_pairs pairs = all_pairs(c);
    pairs.origin_mass = NULL; /* a place of unknown mass has come nearer to the others as well */
    for (size_t i = 0; i < n; i++) {
        pairs.first = i;
        pairs.last = i + 1;
        NR_TRY(nr_compression(&c->compression[i], NULL, &pairs, err));
    }
    return nr_rank_order(c->order, c->time_rank[1], n, err);
}

/* Column "<what>_<day>_<unit>" for both days, then change and per cent. */
static void add_pair_columns(nearer_table *table, const comparison *c, const char *what,
                             const char *unit, int decimals)
{
    const char *day[] = {c->before, c->after, "change"};
    char name[200];
    for (int d = 0; d < 3; d++) {
        snprintf(name, sizeof name, "%s_%s_%s", what, day[d], unit);
        nr_table_add_column(table, name, decimals);
    }
    snprintf(name, sizeof name, "%s_change_pct", what);
    nr_table_add_column(table, name, 1);
}

static void add_rank_columns(nearer_table *table, const comparison *c, const char *what)
{
    const char *day[] = {c->before, c->after, "change"};
    char name[200];
    for (int d = 0; d < 3; d++) {
        snprintf(name, sizeof name, "%s_rank_%s", what, day[d]);
        nr_table_add_column(table, name, 0);
    }
}

static nearer_status places_table(nearer_report *report, const comparison *c, nearer_error *err)
{
    const nearer_network *network = c->study->network;
    const double *const *t = (const double *const *)c->time,
                        *const *tr = (const double *const *)c->time_rank,
                        *const *s = (const double *const *)c->score,
                        *const *sr = (const double *const *)c->score_rank;
    char unit[64];
    nr_study_unit(unit, c->study, c->measure, c->spec->mass);
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    add_pair_columns(table, c, "mean_time", "min", 1);
    add_rank_columns(table, c, "mean_time");
    nr_table_add_column(table, "compression_ratio", 3);
    bool other = c->measure != &nr_measure_mean_time;
    if (other) {
        add_pair_columns(table, c, c->measure->id, unit, c->measure->decimals);
        add_rank_columns(table, c, c->measure->id);
    }
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (size_t k = 0; k < c->days.n; k++) {
        size_t i = c->order[k];
        const nr_place *p = &network->places[i];
        if (other)
            nr_table_put(table, p->id, p->name, t[0][i], t[1][i], t[1][i] - t[0][i],
                         pct(t[0][i], t[1][i]), tr[0][i], tr[1][i], tr[1][i] - tr[0][i],
                         c->compression[i], s[0][i], s[1][i], s[1][i] - s[0][i],
                         pct(s[0][i], s[1][i]), sr[0][i], sr[1][i], sr[1][i] - sr[0][i], p->at.lon,
                         p->at.lat);
        else
            nr_table_put(table, p->id, p->name, t[0][i], t[1][i], t[1][i] - t[0][i],
                         pct(t[0][i], t[1][i]), tr[0][i], tr[1][i], tr[1][i] - tr[0][i],
                         c->compression[i], p->at.lon, p->at.lat);
    }
    return nr_study_put(report, "places", "Places", table, err);
}

/* Mass-weighted mean of the members' mean times. */
static double mean_time(const comparison *c, const double *times, const bool *member)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < c->days.n; i++) {
        if ((member != NULL && !member[i]) || !isfinite(times[i])) continue;
        sum += mass_or_0(c, i) * times[i];
        weight += mass_or_0(c, i);
    }
    return weight > 0 ? sum / weight : NAN;
}

static nearer_status put_group(nearer_table *table, const comparison *c, const char *grouping,
                               const char *group, const bool *member, nearer_error *err)
{
    double all = NAN, within = NAN, mass = 0, total = 0, count = 0;
    nr_compression_pairs pairs = all_pairs(c);
    pairs.from = member;
    NR_TRY(nr_compression(&all, NULL, &pairs, err));
    pairs.to = member;
    NR_TRY(nr_compression(&within, NULL, &pairs, err));
    for (size_t i = 0; i < c->days.n; i++) {
        total += mass_or_0(c, i);
        if (!member[i]) continue;
        mass += mass_or_0(c, i);
        count++;
    }
    double before = mean_time(c, c->time[0], member), after = mean_time(c, c->time[1], member);
    nr_table_put(table, grouping, group, count, total > 0 ? 100 * mass / total : NAN, before, after,
                 after - before, pct(before, after), all, within);
    return NEARER_OK;
}

static nearer_status put_grouping(nearer_table *table, const comparison *c,
                                  const nr_group_spec *spec, nearer_error *err)
{
    nr_grouping grouping;
    NR_TRY(nr_grouping_read(&grouping, c->study, spec, err));
    bool *member = nr_alloc(c->days.n, sizeof *member);
    nearer_status status = member == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t g = 0; g < grouping.values.count && status == NEARER_OK; g++) {
        for (size_t i = 0; i < c->days.n; i++) member[i] = grouping.of_place[i] == g;
        status = put_group(table, c, spec->id, grouping.values.texts[g], member, err);
    }
    nr_free(member);
    nr_grouping_clear(&grouping);
    return status;
}

static nearer_status groups_table(nearer_report *report, const comparison *c, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "grouping", NR_TEXT_COLUMN);
    nr_table_add_column(table, "group", NR_TEXT_COLUMN);
    nr_table_add_column(table, "places", 0);
    nr_table_add_column(table, "mass_share_pct", 1);
    add_pair_columns(table, c, "mean_time", "min", 1);
    nr_table_add_column(table, "compression_ratio", 3);
    nr_table_add_column(table, "within_compression_ratio", 3);
    nearer_status status = NEARER_OK;
    for (size_t i = 0; i < c->study->spec.group_count && status == NEARER_OK; i++)
        status = put_grouping(table, c, &c->study->spec.groups[i], err);
    if (status == NEARER_OK) return nr_study_put(report, "groups", "Groups", table, err);
    nearer_table_free(table);
    return status;
}

static nearer_status pairs_table(nearer_report *report, const comparison *c, size_t *slower,
                                 size_t *compared, nearer_error *err)
{
    const nearer_network *network = c->study->network;
    size_t n = c->days.n;
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    add_pair_columns(table, c, "time", "min", 1);
    nr_table_add_column(table, "compression_ratio", 3);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double before = c->days.before[i * n + j], after = c->days.after[i * n + j];
            if (i == j || isinf(before)) continue;
            ++*compared;
            *slower += after > before;
            nr_table_put(table, network->places[i].id, network->places[j].id, before, after,
                         after - before, pct(before, after), before > 0 ? after / before : NAN);
        }
    return nr_study_put(report, "pairs", "Pairs", table, err);
}

static nearer_status index_table(nearer_report *report, const comparison *c, size_t slower,
                                 size_t compared, nearer_error *err)
{
    double index = NAN;
    size_t no_time = 0, n = c->days.n;
    for (size_t k = 0; k < n * n; k++)
        if (k / n != k % n && !isinf(c->days.before[k]))
            no_time += c->days.before[k] <= 0 || c->days.after[k] <= 0;
    nr_compression_pairs pairs = all_pairs(c);
    NR_TRY(nr_compression(&index, NULL, &pairs, err));
    double before = mean_time(c, c->time[0], NULL), after = mean_time(c, c->time[1], NULL);
    const char *mass = c->spec->mass == NULL ? "1 a place" : c->spec->mass;
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "compression_index", 3);
    add_pair_columns(table, c, "mean_time", "min", 1);
    nr_table_add_column(table, "pairs", 0);
    nr_table_add_column(table, "pairs_slower", 0);
    nr_table_add_column(table, "pairs_on_one_day_only", 0);
    nr_table_put(table, index, before, after, after - before, pct(before, after), (double)compared,
                 (double)slower, (double)c->days.dropped);
    NR_TRY(nr_study_put(report, "index", "The whole network", table, err));
    if (no_time > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "pairs left out of every compression, a time of 0 has no ratio: "
                                  "%zu",
                                  no_time));
    if (isnan(index))
        return nr_report_add_note(report, err,
                                  compared == 0 ? "no pair can be travelled on both days"
                                                : "no pair that can be compared has a mass at both "
                                                  "ends");
    return nr_report_add_note(
        report, err,
        "compression index: geometric mean of travel time %s / %s over all pairs, weighted by the "
        "product of their masses (%s); %.3f means that places are %.1f %% nearer",
        c->after, c->before, mass, index, 100 * (1 - index));
}

/* A matrix has no links. */
static nearer_status links_table(nearer_report *report, const comparison *c, nearer_error *err)
{
    nearer_table *table = NULL;
    const nearer_network *network = c->study->network;
    unsigned modes;
    if (network->given[1] != NULL) return NEARER_OK;
    NR_TRY(nr_network_modes(&modes, network, c->modes, err));
    NR_TRY(nr_link_changes(&table, network, modes, c->first, c->second, err));
    return nr_study_put(report, "links", "Links that opened, closed or got other minutes", table,
                        err);
}

static nearer_status fill(nearer_report *report, comparison *c, nearer_error *err)
{
    size_t slower = 0, compared = 0;
    NR_TRY(score_both_days(c, err));
    NR_TRY(places_table(report, c, err));
    NR_TRY(pairs_table(report, c, &slower, &compared, err));
    NR_TRY(groups_table(report, c, err));
    NR_TRY(index_table(report, c, slower, compared, err));
    return links_table(report, c, err);
}

nearer_status nearer_ask_compare(nearer_report **out, const nearer_study *study,
                                 const nearer_query *query, nearer_date before, nearer_date after,
                                 const nearer_measure_spec *spec, nearer_error *err)
{
    comparison c = {.study = study,
                    .query = query,
                    .spec = spec,
                    .modes = query->modes,
                    .first = before,
                    .second = after};
    nr_measure_input input = {0};
    size_t n = study->network->place_count;
    if (before >= after)
        return nr_fail(err, NEARER_USAGE, "the first day must lie before the second");
    NR_TRY(nr_measure_prepare(&c.measure, &input, spec, err));
    NR_TRY(nr_study_mass(&c.mass, study, spec->mass, err));
    nr_date_label(before, c.before);
    nr_date_label(after, c.after);
    NR_TRY(nr_two_days_compute(&c.days, study, query, before, after, err));
    double *numbers = nr_alloc(9 * n, sizeof *numbers);
    c.order = nr_alloc(n, sizeof *c.order);
    nearer_report *report = NULL;
    nearer_status status =
        numbers == NULL || c.order == NULL ? nr_fail_memory(err) : nr_report_new(&report, err);
    if (status == NEARER_OK) {
        double **slots[] = {&c.time[0],       &c.time[1],       &c.time_rank[0],
                            &c.time_rank[1],  &c.score[0],      &c.score[1],
                            &c.score_rank[0], &c.score_rank[1], &c.compression};
        for (size_t k = 0; k < 9; k++) *slots[k] = numbers + k * n;
        status = fill(report, &c, err);
        if (status == NEARER_OK) status = nr_study_tell_given(report, study, err);
    }
    nr_free(numbers);
    nr_free(c.order);
    nr_two_days_clear(&c.days);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
