#include "cases/drawn.h"

#include "model/network.h"

static nearer_error err;

#define RAIL_30_KM "\"rail\": {\"access_limit_km\": 30}, \"road\": {\"access_limit_km\": 15}"

static void attach__of_one_place_at_its_own_node(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\n",
                     .nodes = "id,lon_deg,lat_deg\nn,50,0\n",
                     .rail = "from,to,minutes\nA,n,30\n"};
    nearer_study *study = drawn_read("attach_one", &d);
    const nearer_network *network = nearer_study_network(study);
    assert_int_equal(network->access_count, 1);
    assert_true(network->accesses[0].hub);
    assert_near(network->accesses[0].km, 0, 0);
    nearer_study_free(study);
}

/* n 0.1, m 0.2, far 0.3 degrees from P (11.1, 22.3, 33.4 km), in another order in the file; the
 * limit is 30 km. Q is a node itself. q lies 5.6 km from Q and is listed behind it. */
static void attach__lists_own_node_first_then_the_nearest_within_the_limit(void **state)
{
    (void)state;
    const drawn d = {
        .places = "id,lon_deg,lat_deg\nP,0,0\nQ,10,0\n",
        .modes = RAIL_30_KM,
        .nodes = "id,lon_deg,lat_deg\nfar,0.3,0\nm,0.2,0\nq,10.05,0\nn,-0.1,0\nidle,0.01,0\n",
        .rail = "from,to,minutes\nfar,Q,30\nm,Q,30\nn,Q,30\nq,Q,5\n"};
    nearer_study *study = drawn_read("attach_order", &d);
    const nearer_network *network = nearer_study_network(study);
    static const struct {
        uint32_t place;
        const char *node;
        double degrees;
        bool hub;
    } expected[] = {
        {0, "n", 0.1, false}, {0, "m", 0.2, false}, {1, "Q", 0, true}, {1, "q", 0.05, false}};
    assert_int_equal(network->access_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const nr_access *a = &network->accesses[i];
        assert_int_equal(a->place, expected[i].place);
        assert_string_equal(network->nodes[a->node].id, expected[i].node);
        assert_near(a->km, expected[i].degrees * EQUATOR_DEGREE_KM, 1e-6);
        assert_int_equal(a->hub, expected[i].hub);
        assert_int_equal(a->mode, NR_MODE_rail);
    }
    nearer_study_free(study);
}

static void attach__keeps_to_the_limit_of_each_mode(void **state)
{
    (void)state;
    /* 22 km: within rail's 30, beyond road's 15 */
    const drawn d = {.places = "id,lon_deg,lat_deg\nP,0,0\nQ,10,0\n",
                     .modes = RAIL_30_KM,
                     .nodes = "id,lon_deg,lat_deg\nm,0.2,0\n",
                     .rail = "from,to,minutes\nm,Q,30\n",
                     .road = "from,to,minutes\nm,Q,90\n"};
    nearer_study *study = drawn_read("attach_limits", &d);
    const nearer_network *network = nearer_study_network(study);
    size_t of_p = 0;
    for (size_t i = 0; i < network->access_count; i++)
        if (network->accesses[i].place == 0) {
            assert_int_equal(network->accesses[i].mode, NR_MODE_rail);
            of_p++;
        }
    assert_int_equal(of_p, 1);
    nearer_study_free(study);
}

/* Near the antimeridian the way is short: 0.2 degrees from 179.9 to -179.9. */
static void attach__reaches_over_the_antimeridian(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nP,179.9,0\nQ,170,0\n",
                     .modes = RAIL_30_KM,
                     .nodes = "id,lon_deg,lat_deg\nm,-179.9,0\n",
                     .rail = "from,to,minutes\nm,Q,30\n"};
    nearer_study *study = drawn_read("attach_meridian", &d);
    const nearer_network *network = nearer_study_network(study);
    assert_string_equal(network->nodes[network->accesses[0].node].id, "m");
    assert_near(network->accesses[0].km, 0.2 * EQUATOR_DEGREE_KM, 1e-6);
    nearer_study_free(study);
}

static void attach__refuses_a_place_far_from_every_node_and_names_the_nearest(void **state)
{
    (void)state;
    /* half a degree: 55.66 km to n, the other node is farther; that flights may be farther away
     * is of no use where there are none */
    const drawn d = {.places = "id,lon_deg,lat_deg\nQ,10,0\nP,0,0\n",
                     .modes =
                         "\"rail\": {\"access_limit_km\": 40}, \"air\": {\"access_limit_km\": 400}",
                     .nodes = "id,lon_deg,lat_deg\nm,0.9,0\nn,0.5,0\n",
                     .rail = "from,to,minutes\nm,Q,30\nn,Q,30\n"};
    nearer_study *study = NULL;
    assert_fails(nearer_study_read(&study, drawn_write("attach_far", &d), &err), NEARER_VALUE,
                 "attach_far_places.csv:3: place 'P' is 56 km from the nearest node 'n'; at most "
                 "40 km");
    assert_null(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attach__of_one_place_at_its_own_node),
        cmocka_unit_test(attach__lists_own_node_first_then_the_nearest_within_the_limit),
        cmocka_unit_test(attach__keeps_to_the_limit_of_each_mode),
        cmocka_unit_test(attach__reaches_over_the_antimeridian),
        cmocka_unit_test(attach__refuses_a_place_far_from_every_node_and_names_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
