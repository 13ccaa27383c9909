#include "cases/drawn.h"

#include "study/study.h"

static nearer_error err;

static const drawn d = {
    .places = "id,lon_deg,lat_deg,region,pole\nA,0,0,east,1\nB,1,0,west,\nC,2,0,east,2\nD,3,0,,1\n",
    .road = "from,to,minutes\nA,B,5\nB,C,5\nC,D,5\n",
    .more = "\"groups\": {\"region\": {\"column\": \"region\"}, \"pole\": {\"column\": \"pole\"}}"};

static void grouping_find__numbers_the_values_in_order_of_first_sight(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("grouping", &d);
    nr_grouping g;
    assert_ok(nr_grouping_find(&g, study, "region", &err));
    assert_string_equal(g.spec->id, "region");
    assert_int_equal(g.values.count, 2);
    assert_string_equal(g.values.texts[0], "east");
    assert_string_equal(g.values.texts[1], "west");
    const size_t region[] = {0, 1, 0, NR_NO_NAME};
    assert_memory_equal(g.of_place, region, sizeof region);
    nr_grouping_clear(&g);
    assert_ok(nr_grouping_find(&g, study, "pole", &err));
    const size_t pole[] = {0, NR_NO_NAME, 1, 0};
    assert_memory_equal(g.of_place, pole, sizeof pole);
    nr_grouping_clear(&g);
    nr_grouping_clear(&g); /* cleared twice is cleared */
    nearer_study_free(study);
}

static void grouping_find__suggests_a_group(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("grouping", &d);
    nr_grouping g = {0};
    assert_fails(nr_grouping_find(&g, study, "regoin", &err), NEARER_NAME,
                 "grouping.json: unknown group 'regoin'; did you mean 'region'?");
    assert_fails(nr_grouping_find(&g, study, "qqqqqqqq", &err), NEARER_NAME, "unknown group");
    assert_null(g.of_place);
    nearer_study_free(study);
}

static void study_read__knows_the_columns_of_groups(void **state)
{
    (void)state;
    drawn wrong = d;
    wrong.more = "\"groups\": {\"region\": {\"column\": \"regions\"}}";
    nearer_study *study = NULL;
    assert_fails(nearer_study_read(&study, drawn_write("grouping_wrong", &wrong), &err),
                 NEARER_NAME, "no column 'regions'; did you mean 'region'?");
    assert_null(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grouping_find__numbers_the_values_in_order_of_first_sight),
        cmocka_unit_test(grouping_find__suggests_a_group),
        cmocka_unit_test(study_read__knows_the_columns_of_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
