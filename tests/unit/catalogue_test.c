#include "cases/drawn.h"

static nearer_error err;

/* The ids a registry admits, read off its .def list: what is listed must be all of them. */
static const char *const measures[] = {
#define NR_MEASURE(id) #id,
#include "access/measures.def"
#undef NR_MEASURE
    NULL};
static const char *const decays[] = {
#define NR_DECAY(id) #id,
#include "access/decays.def"
#undef NR_DECAY
    NULL};
static const char *const modes[] = {
#define NR_MODE(id, ...) #id,
#include "model/modes.def"
#undef NR_MODE
    NULL};
static const char *const formats[] = {
#define NR_FORMAT(id) #id,
#include "formats/formats.def"
#undef NR_FORMAT
    NULL};
static const char *const statistics[] = {
#define NR_STATISTIC(id) #id,
#include "stats/statistics.def"
#undef NR_STATISTIC
    NULL};

static void catalogue__lists_every_row_of_each_registry(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        const char *const *ids;
    } kinds[] = {{"measures", measures},
                 {"decays", decays},
                 {"modes", modes},
                 {"formats", formats},
                 {"statistics", statistics}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        nearer_report *report = NULL;
        assert_ok(nearer_catalogue(&report, kinds[k].kind, &err));
        assert_int_equal(nearer_report_tables(report), 1);
        const nearer_table *t = report_table(report, kinds[k].kind);
        size_t n = 0;
        for (; kinds[k].ids[n] != NULL; n++)
            assert_string_equal(cell_text(t, n, "id"), kinds[k].ids[n]);
        assert_int_equal(nearer_table_rows(t), n);
        for (size_t row = 0; row < n; row++) {
            assert_true(strlen(cell_text(t, row, "title")) > 0);
            if (k != 2 && k != 3) assert_true(strlen(cell_text(t, row, "formula")) > 0);
        }
        nearer_report_free(report);
    }
}

static void catalogue__says_what_each_takes(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    assert_ok(nearer_catalogue(&report, "measures", &err));
    const nearer_table *t = report_table(report, "measures");
    size_t row = row_of(t, "id", "mean_time");
    assert_string_equal(cell_text(t, row, "unit"), "min");
    assert_string_equal(cell_text(t, row, "best"), "lowest");
    assert_string_equal(cell_text(t, row, "takes"), "--mass [--direction]");
    row = row_of(t, "id", "potential");
    assert_string_equal(cell_text(t, row, "takes"), "--mass --decay [--direction]");
    assert_string_equal(cell_text(t, row, "best"), "highest");
    assert_string_equal(cell_text(t, row_of(t, "id", "cumulative"), "takes"),
                        "--mass --cutoff [--direction]");
    nearer_report_free(report);
    assert_ok(nearer_catalogue(&report, "decays", &err));
    t = report_table(report, "decays");
    assert_string_equal(cell_text(t, row_of(t, "id", "logistic"), "parameters"),
                        "cutoff_min,sd_min");
    nearer_report_free(report);
    assert_ok(nearer_catalogue(&report, "formats", &err));
    t = report_table(report, "formats");
    assert_string_equal(cell_text(t, row_of(t, "id", "csv"), "read"), "yes");
    assert_string_equal(cell_text(t, row_of(t, "id", "csv"), "written"), "yes");
    nearer_report_free(report);
    assert_ok(nearer_catalogue(&report, "modes", &err));
    t = report_table(report, "modes");
    assert_near(cell(t, row_of(t, "id", "road"), "boarding_min"), 0, 0); /* a road is just driven */
    assert_true(cell(t, row_of(t, "id", "air"), "boarding_min") > 0);
    nearer_report_free(report);
}

static void catalogue__suggests_a_kind(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    assert_fails(nearer_catalogue(&report, "mesures", &err), NEARER_NAME,
                 "did you mean 'measures'?");
    assert_fails(nearer_catalogue(&report, "", &err), NEARER_NAME, "nothing is listed as ''");
    assert_fails(nearer_catalogue(&report, "qqqqqqqq", &err), NEARER_NAME,
                 "known: measures, indexes, decays, modes, formats, engines, statistics");
    assert_int_equal(nearer_catalogue(&report, "x", NULL), NEARER_NAME);
    assert_null(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue__lists_every_row_of_each_registry),
        cmocka_unit_test(catalogue__says_what_each_takes),
        cmocka_unit_test(catalogue__suggests_a_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
