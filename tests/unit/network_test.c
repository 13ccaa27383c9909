#include "cases/drawn.h"

#include "model/network.h"

static nearer_error err;

#define ROAD_AB "from,to,minutes\nA,B,5\n"

/* The study cannot be read and says why. */
static void refused(const drawn *d, nearer_status status, const char *part)
{
    nearer_study *study = NULL;
    assert_fails(nearer_study_read(&study, drawn_write("network_wrong", d), &err), status, part);
    assert_null(study);
}

static void network__needs_places(void **state)
{
    (void)state;
    refused(&(drawn){.places = "id,lon_deg,lat_deg\n", .road = ROAD_AB}, NEARER_NODATA,
            "network_wrong_places.csv: it has no places");
}

static void network__of_one_place(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,1,2\n",
                     .nodes = "id,lon_deg,lat_deg\nn,1,2\n",
                     .road = "from,to,minutes\nA,n,5\n"};
    nearer_study *study = drawn_read("network_one", &d);
    const nearer_network *network = nearer_study_network(study);
    assert_int_equal(nearer_network_places(network), 1);
    assert_string_equal(nearer_network_place_id(network, 0), "A");
    assert_string_equal(nearer_network_place_name(network, 0), "A"); /* no name: the id */
    assert_int_equal(network->node_count, 2);
    assert_int_equal(network->nodes[0].place, 0);
    assert_int_equal(network->nodes[1].place, NR_NO_INDEX);
    nearer_study_free(study);
}

static void network__says_in_which_line_a_place_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *places;
        nearer_status status;
        const char *part;
    } wrong[] = {
        {"id,lon_deg,lat_deg\nA,0,0\n,1,0\n", NEARER_VALUE, "places.csv:3: the place has no id"},
        {"id,lon_deg,lat_deg\nA,0,0\nB,1,0\nA,2,0\n", NEARER_VALUE,
         "places.csv:4: place id 'A' stands twice"},
        {"id,lon_deg,lat_deg\nA,181,0\nB,1,0\n", NEARER_VALUE,
         "places.csv:2: position is (181, 0)"},
        {"id,lon_deg,lat_deg\nA,0,-90.5\nB,1,0\n", NEARER_VALUE, "places.csv:2: position is"},
        {"id,lon_deg,lat_deg\nA,,0\nB,1,0\n", NEARER_VALUE, "places.csv:2: position is"},
        {"id,lon_deg,lat_deg\nA,0,north\nB,1,0\n", NEARER_VALUE,
         "places.csv:2: lat_deg is 'north', a number was expected"},
        {"id,lon,lat_deg\nA,0,0\nB,1,0\n", NEARER_NAME, "no column 'lon_deg'"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused(&(drawn){.places = wrong[i].places, .road = ROAD_AB}, wrong[i].status,
                wrong[i].part);
}

static void find_place__takes_an_id_or_any_name_letter_case_aside(void **state)
{
    (void)state;
    write_file("network_names.csv", "id,name_en,local,lon_deg,lat_deg\n"
                                    "A,Xi'an,西安,0,0\nB,Lhasa,拉萨,1,0\nC,Lhasa,,2,0\n");
    write_file("network_names_road.csv", "from,to,minutes\nA,B,5\nB,C,5\n");
    write_file("network_names.json",
               "{\"places\": {\"file\": \"network_names.csv\", \"name\": \"name_en\", \"names\": "
               "[\"local\"]}, \"dates\": {\"from\": 2001, \"to\": 2020}, \"layers\": [{\"id\": "
               "\"road\", \"mode\": \"road\", \"file\": \"network_names_road.csv\", \"fields\": "
               "{\"from\": \"from\", \"to\": \"to\", \"minutes\": \"minutes\"}}]}");
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, "network_names.json", &err));
    const nearer_network *network = nearer_study_network(study);
    static const struct {
        const char *word;
        size_t place;
    } known[] = {{"A", 0}, {"a", 0}, {"xi'AN", 0}, {"西安", 0}, {"拉萨", 1}, {"b", 1}, {"C", 2}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t place = 99;
        assert_ok(nearer_network_find_place(&place, network, known[i].word, &err));
        assert_int_equal(place, known[i].place);
    }
    size_t place = 99;
    assert_fails(nearer_network_find_place(&place, network, "lhasa", &err), NEARER_NAME,
                 "'lhasa' is the name of several places");
    assert_fails(nearer_network_find_place(&place, network, "Xian", &err), NEARER_NAME,
                 "no place 'Xian'; did you mean 'Xi'an' (A)?");
    assert_fails(nearer_network_find_place(&place, network, "Reykjavik", &err), NEARER_NAME,
                 "no place 'Reykjavik'");
    assert_fails(nearer_network_find_place(&place, network, "", &err), NEARER_NAME, "no place ''");
    char endless[2000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = 0;
    assert_int_equal(nearer_network_find_place(&place, network, endless, &err), NEARER_NAME);
    assert_int_equal(nearer_network_find_place(&place, network, endless, NULL), NEARER_NAME);
    assert_int_equal(place, 99);
    nearer_study_free(study);
}

static void add_nodes__refuses_an_id_that_stands_twice_in_a_layer(void **state)
{
    (void)state;
    refused(&(drawn){.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .nodes = "id,lon_deg,lat_deg\nn,0,0\nn,0,0\n",
                     .road = ROAD_AB},
            NEARER_VALUE, "nodes.csv:3: node id 'n' stands twice");
    refused(&(drawn){.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .nodes = "id,lon_deg,lat_deg\n,0,0\n",
                     .road = ROAD_AB},
            NEARER_VALUE, "nodes.csv:2: the node has no id");
}

/* A place's id in a node table is the place's own node, unless it lies elsewhere: a tenth of a
 * degree of the equator is 11 km, 10 are the same place. */
static void add_nodes__takes_a_place_for_its_own_node(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .nodes = "id,lon_deg,lat_deg\nA,0.08,0\n",
                     .road = ROAD_AB};
    nearer_study *study = drawn_read("network_own", &d);
    const nearer_network *network = nearer_study_network(study);
    assert_int_equal(network->node_count, 2);
    assert_near(network->nodes[0].at.lon, 0, 0);
    nearer_study_free(study);
    refused(&(drawn){.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .nodes = "id,lon_deg,lat_deg\nA,0.1,0\n",
                     .road = ROAD_AB},
            NEARER_VALUE, "nodes.csv:2: node id 'A' stands twice, 11 km apart");
}

static void link_open__from_the_day_it_opens_to_the_day_before_it_closes(void **state)
{
    (void)state;
    nr_link link = {.opened = 100, .closed = 200};
    assert_false(nr_link_open(&link, 99));
    assert_true(nr_link_open(&link, 100));
    assert_true(nr_link_open(&link, 199));
    assert_false(nr_link_open(&link, 200));
    link = (nr_link){.opened = NR_ALWAYS_OPEN, .closed = NR_NEVER_CLOSED};
    assert_true(nr_link_open(&link, INT32_MIN));
    assert_true(nr_link_open(&link, INT32_MAX - 1));
}

static void link_line__falls_back_on_the_class_and_the_layer(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .road = "from,to,minutes,line,class\nA,B,5,G4,expressway\nA,B,6,,expressway\n"
                             "A,B,7,,\n"};
    nearer_study *study = drawn_read("network_lines", &d);
    const nearer_network *network = nearer_study_network(study);
    assert_string_equal(nr_link_line(network, &network->links[0]), "G4");
    assert_string_equal(nr_link_line(network, &network->links[1]), "expressway");
    assert_string_equal(nr_link_line(network, &network->links[2]), "road");
    nearer_study_free(study);
}

static void network_modes__are_all_that_have_links_unless_named(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .road = ROAD_AB,
                     .water = "from,to,minutes\nA,B,5\n"};
    nearer_study *study = drawn_read("network_modes", &d);
    const nearer_network *network = nearer_study_network(study);
    unsigned modes = 0;
    assert_ok(nr_network_modes(&modes, network, NULL, &err));
    assert_int_equal(modes, 1u << NR_MODE_road | 1u << NR_MODE_water);
    assert_ok(nr_network_modes(&modes, network, "water", &err));
    assert_int_equal(modes, 1u << NR_MODE_water);
    assert_ok(nr_network_modes(&modes, network, "water,road,water", &err));
    assert_int_equal(modes, 1u << NR_MODE_road | 1u << NR_MODE_water);
    assert_fails(nr_network_modes(&modes, network, "air", &err), NEARER_NAME,
                 "no links of mode 'air'");
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(network__needs_places),
        cmocka_unit_test(network__of_one_place),
        cmocka_unit_test(network__says_in_which_line_a_place_is_wrong),
        cmocka_unit_test(find_place__takes_an_id_or_any_name_letter_case_aside),
        cmocka_unit_test(add_nodes__refuses_an_id_that_stands_twice_in_a_layer),
        cmocka_unit_test(add_nodes__takes_a_place_for_its_own_node),
        cmocka_unit_test(link_open__from_the_day_it_opens_to_the_day_before_it_closes),
        cmocka_unit_test(link_line__falls_back_on_the_class_and_the_layer),
        cmocka_unit_test(network_modes__are_all_that_have_links_unless_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
