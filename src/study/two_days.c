#include <math.h>
#include <string.h>

#include "graph/times.h"
#include "study/study.h"

static nearer_status minutes_on(double **out, const nearer_study *study, nearer_query query,
                                nearer_date date, nearer_error *err)
{
    nearer_times *times = NULL;
    size_t n = study->network->place_count;
    query.date = date;
    NR_TRY(nearer_times_compute(&times, study->network, &query, err));
    *out = nr_alloc(n, n * sizeof **out);
    if (*out != NULL) memcpy(*out, nr_times_matrix(times), n * n * sizeof **out);
    nearer_times_free(times);
    return *out == NULL ? nr_fail_memory(err) : NEARER_OK;
}

nearer_status nr_two_days_compute(nr_two_days *out, const nearer_study *study,
                                  const nearer_query *query, nearer_date before, nearer_date after,
                                  nearer_error *err)
{
    nr_two_days days = {.n = study->network->place_count};
    nearer_status status = minutes_on(&days.before, study, *query, before, err);
    if (status == NEARER_OK) status = minutes_on(&days.after, study, *query, after, err);
    if (status != NEARER_OK) {
        nr_two_days_clear(&days);
        return status;
    }
    for (size_t k = 0; k < days.n * days.n; k++) {
        if (isinf(days.before[k]) == isinf(days.after[k])) continue;
        days.before[k] = days.after[k] = INFINITY;
        days.dropped++;
    }
    *out = days;
    return NEARER_OK;
}

void nr_two_days_clear(nr_two_days *days)
{
    nr_free(days->before);
    nr_free(days->after);
    *days = (nr_two_days){0};
}
