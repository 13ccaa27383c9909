/* Scores of R's package accessibility (Pereira and Herszenhut, IPEA) on its sample of 59 hexagons
 * of Belo Horizonte, read where those files lie beside the sources and skipped where they do not.
 * There a place's own opportunities count at 5.8 minutes, which is own_min here. */
#include "cases/drawn.h"

#define FOLDER NEARER_SOURCE_DIR "/../shared/referee/accessibility"

static nearer_error err;

enum { PLACES = 59 };
typedef struct sample {
    nearer_table *land_use;
    double minutes[PLACES * PLACES], jobs[PLACES];
} sample;

static nearer_table *read_table(const char *path)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, path, NULL, &err));
    return table;
}

static bool is_there(void)
{
    FILE *file = fopen(FOLDER "/inputs/small_od.csv", "rb");
    if (file != NULL) fclose(file);
    return file != NULL;
}

static void read_sample(sample *s)
{
    s->land_use = read_table(FOLDER "/inputs/small_land_use.csv");
    assert_int_equal(nearer_table_rows(s->land_use), PLACES);
    for (size_t i = 0; i < PLACES; i++) s->jobs[i] = cell(s->land_use, i, "jobs");
    nearer_table *od = read_table(FOLDER "/inputs/small_od.csv");
    for (size_t k = 0; k < PLACES * PLACES; k++) s->minutes[k] = INFINITY;
    for (size_t row = 0; row < nearer_table_rows(od); row++) {
        size_t from = row_of(s->land_use, "id", cell_text(od, row, "from_id")),
               to = row_of(s->land_use, "id", cell_text(od, row, "to_id"));
        s->minutes[from * PLACES + to] = cell(od, row, "travel_time");
    }
    nearer_table_free(od);
}

static void scores__are_those_of_r_accessibility(void **state)
{
    (void)state;
    static const struct {
        nearer_measure_spec spec;
        const char *file;
    } cases[] = {
        {{.measure = "cumulative", .cutoff_min = 15, .own_min = 5.8},
         FOLDER "/expected/small_cumcut_jobs_15.csv"},
        {{.measure = "cumulative", .cutoff_min = 30, .own_min = 5.8},
         FOLDER "/expected/small_cumcut_jobs_30.csv"},
        {{.measure = "cumulative", .cutoff_min = 60, .own_min = 5.8},
         FOLDER "/expected/small_cumcut_jobs_60.csv"},
        {{.measure = "potential", .decay = "binary:30", .cutoff_min = NAN, .own_min = 5.8},
         FOLDER "/expected/small_gravity_jobs_bin30.csv"},
        {{.measure = "potential", .decay = "exponential:0.02", .cutoff_min = NAN, .own_min = 5.8},
         FOLDER "/expected/small_gravity_jobs_exp02.csv"},
        {{.measure = "potential", .decay = "linear:60", .cutoff_min = NAN, .own_min = 5.8},
         FOLDER "/expected/small_gravity_jobs_lin60.csv"},
        {{.measure = "potential", .decay = "logistic:30,10", .cutoff_min = NAN, .own_min = 5.8},
         FOLDER "/expected/small_gravity_jobs_log30_10.csv"},
        {{.measure = "potential", .decay = "power:0.5", .cutoff_min = NAN, .own_min = 5.8},
         FOLDER "/expected/small_gravity_jobs_pow05.csv"},
        {{.measure = "potential", .decay = "power:2", .cutoff_min = NAN, .own_min = 5.8},
         FOLDER "/expected/small_gravity_jobs_pow2.csv"},
    };
    if (!is_there()) {
        print_message("skipped: %s is not there\n", FOLDER);
        skip();
    }
    static sample s;
    read_sample(&s);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double scores[PLACES];
        assert_ok(nearer_scores(scores, s.minutes, s.jobs, PLACES, &cases[c].spec, &err));
        nearer_table *expected = read_table(cases[c].file);
        assert_int_equal(nearer_table_rows(expected), PLACES);
        for (size_t row = 0; row < PLACES; row++) {
            size_t i = row_of(s.land_use, "id", cell_text(expected, row, "id"));
            double score = cell(expected, row, "jobs");
            assert_near(scores[i], score, 1e-12 * fabs(score) + 1e-9);
        }
        nearer_table_free(expected);
    }
    nearer_table_free(s.land_use);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores__are_those_of_r_accessibility),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
