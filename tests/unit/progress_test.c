#include "cases/drawn.h"

#include "base/progress.h"

static nearer_error err;

typedef struct heard {
    size_t calls, done, total;
    char what[40];
    bool falls; /* a call below the one before it, or above its total */
} heard;

static void listen(void *context, const char *what, size_t done, size_t total)
{
    heard *h = context;
    if (h->calls > 0 && (done < h->done || total != h->total)) h->falls = true;
    if (done > total) h->falls = true;
    h->calls++;
    h->done = done;
    h->total = total;
    snprintf(h->what, sizeof h->what, "%s", what);
}

static void progress__without_listener_does_nothing(void **state)
{
    (void)state;
    nearer_set_progress(NULL, NULL);
    nr_progress("nothing", 0, 0);
    nr_progress("nothing", 1, 2);
}

static void remember(void *context, const char *sentence)
{
    snprintf(context, 40, "%s", sentence);
}

static void forecasts__are_passed_on_until_turned_off(void **state)
{
    (void)state;
    char said[40] = "";
    nr_forecast("%d lost", 1);
    nearer_set_forecast(remember, said);
    nr_forecast("%d rows", 5);
    assert_string_equal(said, "5 rows");
    nearer_set_forecast(NULL, NULL);
    nr_forecast("%d rows", 6);
    assert_string_equal(said, "5 rows");
}

static void progress__is_passed_on_until_turned_off(void **state)
{
    (void)state;
    heard h = {0};
    nearer_set_progress(listen, &h);
    nr_progress("steps", 2, 5);
    assert_int_equal(h.calls, 1);
    assert_int_equal(h.done, 2);
    assert_int_equal(h.total, 5);
    assert_string_equal(h.what, "steps");
    nearer_set_progress(NULL, NULL);
    nr_progress("steps", 3, 5);
    assert_int_equal(h.calls, 1);
}

static const drawn two = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                          .rail = "from,to,minutes\nA,B,50\n",
                          .more = "\"sensitivity\": ["
                                  "{\"parameter\": \"rail.access_min\", \"low\": 0, \"high\": 9, "
                                  "\"basis\": \"b\"}]"};

/* From 0 up to the total: once a step and once at the end. */
static void assert_heard(const heard *h, const char *what, size_t total)
{
    assert_string_equal(h->what, what);
    assert_int_equal(h->total, total);
    assert_int_equal(h->done, total);
    assert_int_equal(h->calls, total + 1);
    assert_false(h->falls);
}

static void progress__rises_from_0_to_the_total(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("progress", &two);
    nearer_query query = {0};
    nearer_report *report = NULL;
    nearer_timeline_spec years = {.from = 2001, .to = 2004};

    heard h = {0};
    nearer_set_progress(listen, &h);
    assert_ok(nearer_ask_timeline(&report, study, &query, &years, &err));
    nearer_report_free(report);
    assert_heard(&h, "years", 4);

    h = (heard){0};
    assert_ok(nearer_ask_sensitivity(&report, study, &query, day("2001"), day("2020"), NULL, &err));
    nearer_report_free(report);
    assert_heard(&h, "parameters", 1);

    nearer_table *observed = NULL;
    assert_ok(nearer_table_read(&observed,
                                write_file("progress_observed.csv",
                                           "from,to,mode,period,minutes\nA,B,rail,2010,50\n"
                                           "B,A,rail,2010,50\nA,B,rail,2012,50\n"),
                                NULL, &err));
    h = (heard){0};
    assert_ok(nearer_ask_validate(&report, study, &query, observed, 2001, 2020, &err));
    nearer_report_free(report);
    assert_heard(&h, "observations", 3);

    h = (heard){0};
    nearer_set_progress(NULL, NULL);
    assert_ok(nearer_ask_timeline(&report, study, &query, &years, &err));
    nearer_report_free(report);
    assert_int_equal(h.calls, 0);
    nearer_table_free(observed);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress__without_listener_does_nothing),
        cmocka_unit_test(forecasts__are_passed_on_until_turned_off),
        cmocka_unit_test(progress__is_passed_on_until_turned_off),
        cmocka_unit_test(progress__rises_from_0_to_the_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
