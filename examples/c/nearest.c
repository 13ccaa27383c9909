/* The ten places nearest to one place on a day: a program on <nearer.h>.
 *   cc nearest.c $(pkg-config --cflags --libs nearer) -o nearest
 *   ./nearest examples/china/study.json Wuhan 2020 */
#include <math.h>
#include <nearer.h>
#include <stdio.h>
#include <stdlib.h>

static void print_nearest(const nearer_network *network, const nearer_times *times, size_t from)
{
    size_t n = nearer_times_places(times);
    double after = -1;
    for (int k = 0; k < 10; k++) {
        size_t best = n;
        for (size_t to = 0; to < n; to++) {
            double minutes = nearer_times_minutes(times, from, to);
            if (to == from || minutes <= after || isinf(minutes)) continue;
            if (best == n || minutes < nearer_times_minutes(times, from, best)) best = to;
        }
        if (best == n) return;
        after = nearer_times_minutes(times, from, best);
        printf("%6.1f min  %s\n", after, nearer_network_place_name(network, best));
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: nearest STUDY PLACE YEAR\n");
        return 2;
    }
    nearer_error err;
    nearer_study *study = NULL;
    nearer_times *times = NULL;
    nearer_query query = {.date = nearer_date_year_end(atoi(argv[3]))};
    size_t from = 0;
    nearer_status status = nearer_study_read(&study, argv[1], &err);
    if (status == NEARER_OK)
        status = nearer_network_find_place(&from, nearer_study_network(study), argv[2], &err);
    if (status == NEARER_OK)
        status = nearer_times_compute(&times, nearer_study_network(study), &query, &err);
    if (status == NEARER_OK)
        print_nearest(nearer_study_network(study), times, from);
    else
        fprintf(stderr, "%s\n", err.message);
    nearer_times_free(times);
    nearer_study_free(study);
    return nearer_status_exit_code(status);
}
