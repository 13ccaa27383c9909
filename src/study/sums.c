/* The matrix of kilometres or cost along the fastest paths. */
#include <math.h>
#include <string.h>

#include "base/unknown.h"
#include "graph/tree.h"
#include "study/study.h"

static const char *const known[NR_SUMS + 1] = {"length_km", "cost", NULL};

static const char *known_sum(const void *context, size_t i)
{
    (void)context;
    return known[i];
}

static nearer_status find_sum(nr_sum *out, const nearer_study *study, const char *what,
                              nearer_error *err)
{
    nr_sum sum = 0;
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    while (sum < NR_SUMS && strcmp(known[sum], what) != 0) sum++;
    if (sum == NR_SUMS)
        return nr_fail_unknown(err, what, known_sum, NULL, "unknown sum along paths '%.40s'", what);
    if (sum == NR_SUM_COST && !study->network->priced)
        return nr_fail(err, NEARER_NODATA,
                       "%s: no layer says what its links cost, in the field \"cost\"",
                       study->spec.path);
    *out = sum;
    return NEARER_OK;
}

static nearer_status put_sums(nearer_report *report, const nearer_network *network,
                              const double *sums, const char *what, nearer_error *err)
{
    size_t n = network->place_count, unreachable = 0, unknown = 0;
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, what, 1);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (i == j) continue;
            unreachable += isinf(sums[i * n + j]) ? 1 : 0;
            unknown += isnan(sums[i * n + j]) ? 1 : 0;
            nr_table_put(table, network->places[i].id, network->places[j].id, sums[i * n + j]);
        }
    NR_TRY(nr_study_put(report, "sums", "Along the fastest paths", table, err));
    NR_TRY(nr_report_add_note(report, err,
                              "%zu places, %zu ordered pairs, %zu of them unreachable (inf)", n,
                              n * (n - 1), unreachable));
    if (unknown == 0) return NEARER_OK;
    return nr_report_add_note(report, err,
                              "%zu pairs ride links whose %s is not known: theirs is not either",
                              unknown, what);
}

nearer_status nearer_ask_sums(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, const char *what, nearer_error *err)
{
    size_t n = study->network->place_count;
    nr_sum sum = NR_SUM_LENGTH_KM;
    nearer_report *report = NULL;
    NR_TRY(find_sum(&sum, study, what, err));
    double *sums = nr_alloc(n, n * sizeof *sums);
    nearer_status status = sums == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_sums_compute(sums, study->network, query, sum, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_sums(report, study->network, sums, what, err);
    nr_free(sums);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
