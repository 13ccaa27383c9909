#include <math.h>

#include "formats/study_file.h"
#include "model/network.h"
#include "test.h"

static nearer_error err;

/* A study file has these at the least; each test puts something else in the place of one. */
#define PLACES "\"places\": {\"file\": \"p.csv\"}"
#define LAYER "{\"id\": \"r\", \"mode\": \"rail\", \"file\": \"r.csv\", \"fields\": {}}"
#define LAYERS "\"layers\": [" LAYER "]"
#define DATES "\"dates\": {\"from\": 2001, \"to\": 2020}"
#define STUDY PLACES ", " LAYERS ", " DATES

static nr_study_spec read_study(const char *json)
{
    nr_study_spec spec;
    assert_ok(nr_study_file_read(&spec, write_file("study_file.json", json), &err));
    return spec;
}

static void assert_reads(const char *json)
{
    nr_study_spec spec = read_study(json);
    nr_study_spec_clear(&spec);
}

/* Refused with this status and part of the message, which begins with the path. */
static void assert_refused(const char *json, nearer_status status, const char *part)
{
    nr_study_spec spec, before;
    memset(&spec, 0x5a, sizeof spec);
    memcpy(&before, &spec, sizeof spec);
    write_file("study_file.json", json);
    assert_fails(nr_study_file_read(&spec, "study_file.json", &err), status, part);
    assert_ptr_equal(strstr(err.message, "study_file.json:"), err.message);
    assert_int_equal(err.status, status);
    assert_memory_equal(&spec, &before, sizeof spec);
    assert_int_equal(nr_study_file_read(&spec, "study_file.json", NULL), status);
}

/* ---- files and syntax ---- */

static void study_file__that_is_not_there_is_refused(void **state)
{
    (void)state;
    nr_study_spec spec;
    assert_fails(nr_study_file_read(&spec, "no_such_study.json", &err), NEARER_IO,
                 "no_such_study.json: cannot be read");
}

static void study_file__empty_is_refused(void **state)
{
    (void)state;
    assert_refused("", NEARER_SYNTAX, "study_file.json:1:");
    assert_refused("  \n", NEARER_SYNTAX, "no valid JSON");
    assert_refused("\xEF\xBB\xBF", NEARER_SYNTAX, "no valid JSON");
}

static void study_file__of_another_kind_is_refused(void **state)
{
    (void)state;
    assert_refused("[]", NEARER_VALUE, "the file: an object { } was expected");
    assert_refused("7", NEARER_VALUE, "an object { } was expected");
    assert_refused("null", NEARER_VALUE, "an object { } was expected");
    assert_refused("\"places\"", NEARER_VALUE, "an object { } was expected");
}

static void study_file__with_a_syntax_error_says_the_line(void **state)
{
    (void)state;
    assert_refused("{\n  \"title\": ,\n}", NEARER_SYNTAX, "study_file.json:2:");
    assert_refused("{\"title\": yes}", NEARER_SYNTAX, "study_file.json:1:");
    assert_refused("{\"a\": 1\n\n \"b\": 2}", NEARER_SYNTAX, "study_file.json:3:");
    assert_refused("\xEF\xBB\xBF{\r\n\"title\": yes}", NEARER_SYNTAX, "study_file.json:2:");
    /* something behind the end */
    assert_refused("{" STUDY "}\nmore", NEARER_SYNTAX, "study_file.json:2:");
    assert_non_null(strstr(err.message, "no valid JSON"));
}

static void study_file__with_any_other_syntax_error_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{",         "{\"a\"}",     "{\"a\": }",       "{a: 1}",   "{'a': 1}",     "{\"a\": 1,}",
        "{\"a\" 1}", "{\"a\": [1}", "{\"a\": tru}",    "// x\n{}", "{\"a\": \"b}", "{\"a\": 1 2}",
        "{} {}",     "{\"a\": .5}", "{\"a\": \"\\x\"}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused(wrong[i], NEARER_SYNTAX, "no valid JSON");
    /* deeper than any study */
    char deep[5001];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    assert_refused(deep, NEARER_SYNTAX, "no valid JSON");
}

/* ---- what is read ---- */

static void study_file__of_the_least_has_defaults(void **state)
{
    (void)state;
    nr_study_spec spec = read_study("{" STUDY "}");
    assert_string_equal(spec.path, "study_file.json");
    assert_null(spec.title);
    assert_string_equal(spec.places.file, "p.csv");
    assert_string_equal(spec.places.id, "id");
    assert_null(spec.places.name);
    assert_string_equal(spec.places.lon, "lon_deg");
    assert_string_equal(spec.places.lat, "lat_deg");
    assert_int_equal(spec.places.names.count, 0);
    assert_int_equal(spec.layer_count, 1);
    assert_string_equal(spec.layers[0].id, "r");
    assert_string_equal(spec.layers[0].mode, "rail");
    assert_string_equal(spec.layers[0].file, "r.csv");
    assert_null(spec.layers[0].how.format);
    assert_null(spec.layers[0].nodes.file);
    assert_null(spec.layers[0].fields.from);
    assert_int_equal(spec.from, nearer_date_year_end(2001));
    assert_int_equal(spec.to, nearer_date_year_end(2020));
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        assert_string_equal(spec.modes[m].id, nr_modes[m].id);
        assert_true(spec.modes[m].parameters.speed_kmh == nr_modes[m].parameters.speed_kmh);
        assert_int_equal(spec.modes[m].class_count, 0);
    }
    assert_int_equal(spec.mass_count + spec.group_count + spec.measure_count + spec.claim_count, 0);
    assert_null(spec.growth.from);
    nr_study_spec_clear(&spec);
    assert_null(spec.layers);
    nr_study_spec_clear(&spec);
}

static void study_file__takes_a_byte_order_mark(void **state)
{
    (void)state;
    assert_reads("\xEF\xBB\xBF{" STUDY "}");
}

static void study_file__reads_every_text_into_its_own_place(void **state)
{
    (void)state;
    nr_study_spec spec = read_study(
        "{\"title\": \"T\\u00e9st \\\"q\\\"\","
        "\"places\": {\"file\": \"p1\", \"id\": \"p2\", \"name\": \"p3\", \"lon\": \"p4\","
        "             \"lat\": \"p5\", \"names\": [\"p6\", \"p7\"]},"
        "\"layers\": [{\"id\": \"l1\", \"mode\": \"water\", \"file\": \"l2\", \"format\": \"l3\","
        "  \"class\": \"l4\","
        "  \"nodes\": {\"file\": \"n1\", \"id\": \"n2\", \"name\": \"n3\", \"lon\": \"n4\","
        "              \"lat\": \"n5\"},"
        "  \"fields\": {\"from\": \"f1\", \"to\": \"f2\", \"minutes\": \"f3\","
        "    \"length_km\": \"f4\", \"speed_kmh\": \"f5\", \"class\": \"f6\", \"line\": \"f7\","
        "    \"opened\": \"f8\", \"closed\": \"f9\", \"estimated\": \"f10\", \"oneway\": \"f11\"}},"
        "  {\"id\": \"second\", \"mode\": \"air\", \"file\": \"a\", \"fields\": {}}],"
        "\"dates\": {\"from\": \"2001-06-30\", \"to\": \"2020-02\"},"
        "\"masses\": {\"m1\": {\"file\": \"m2\", \"key\": \"m3\", \"column\": \"m4\","
        "                      \"unit\": \"m5\"},"
        "             \"m6\": {\"file\": \"m7\", \"column\": \"m8\", \"unit\": \"m9\"}},"
        "\"growth\": {\"from\": \"g1\", \"to\": \"g2\", \"initial_income\": \"g3\"},"
        "\"groups\": {\"r1\": {\"column\": \"r2\"}},"
        "\"measures\": [{\"measure\": \"s1\", \"mass\": \"s2\", \"decay\": \"s3\","
        "                \"cutoff_min\": 30, \"own_min\": 5}, {\"measure\": \"s4\"}],"
        "\"claims\": [{\"text\": \"c1\", \"statistic\": \"c2\", \"from\": \"c3\", \"to\": \"c4\","
        "  \"of\": \"c5\", \"per\": \"c6\", \"group\": \"c7\", \"is\": \"c8\", \"by\": \"c9\","
        "  \"above\": -1.5, \"claimed\": 8, \"unit\": \"c10\"},"
        "  {\"text\": \"d1\", \"statistic\": \"d2\"}]}");
    char day[16];
    assert_string_equal(spec.title, "T\xC3\xA9st \"q\"");
    assert_string_equal(spec.places.file, "p1");
    assert_string_equal(spec.places.id, "p2");
    assert_string_equal(spec.places.name, "p3");
    assert_string_equal(spec.places.lon, "p4");
    assert_string_equal(spec.places.lat, "p5");
    assert_int_equal(spec.places.names.count, 2);
    assert_string_equal(spec.places.names.items[0], "p6");
    assert_string_equal(spec.places.names.items[1], "p7");
    assert_int_equal(spec.layer_count, 2);
    const nr_layer_spec *l = &spec.layers[0];
    assert_string_equal(l->id, "l1");
    assert_string_equal(l->mode, "water");
    assert_string_equal(l->file, "l2");
    assert_string_equal(l->how.format, "l3");
    assert_string_equal(l->class_id, "l4");
    assert_string_equal(l->nodes.file, "n1");
    assert_string_equal(l->nodes.id, "n2");
    assert_string_equal(l->nodes.name, "n3");
    assert_string_equal(l->nodes.lon, "n4");
    assert_string_equal(l->nodes.lat, "n5");
    assert_string_equal(l->fields.from, "f1");
    assert_string_equal(l->fields.to, "f2");
    assert_string_equal(l->fields.minutes, "f3");
    assert_string_equal(l->fields.length_km, "f4");
    assert_string_equal(l->fields.speed_kmh, "f5");
    assert_string_equal(l->fields.class_id, "f6");
    assert_string_equal(l->fields.line, "f7");
    assert_string_equal(l->fields.opened, "f8");
    assert_string_equal(l->fields.closed, "f9");
    assert_string_equal(l->fields.estimated, "f10");
    assert_string_equal(l->fields.oneway, "f11");
    assert_string_equal(spec.layers[1].id, "second");
    assert_string_equal(nearer_date_format(spec.from, day), "2001-06-30");
    assert_string_equal(nearer_date_format(spec.to, day), "2020-02-29");
    assert_int_equal(spec.mass_count, 2);
    assert_string_equal(spec.masses[0].id, "m1");
    assert_string_equal(spec.masses[0].file, "m2");
    assert_string_equal(spec.masses[0].key, "m3");
    assert_string_equal(spec.masses[0].column, "m4");
    assert_string_equal(spec.masses[0].unit, "m5");
    assert_string_equal(spec.masses[1].id, "m6");
    assert_string_equal(spec.masses[1].key, "id");
    assert_string_equal(spec.growth.from, "g1");
    assert_string_equal(spec.growth.to, "g2");
    assert_string_equal(spec.growth.initial_income, "g3");
    assert_int_equal(spec.group_count, 1);
    assert_string_equal(spec.groups[0].id, "r1");
    assert_string_equal(spec.groups[0].column, "r2");
    assert_int_equal(spec.measure_count, 2);
    assert_string_equal(spec.measures[0].measure, "s1");
    assert_string_equal(spec.measures[0].mass, "s2");
    assert_string_equal(spec.measures[0].decay, "s3");
    assert_true(spec.measures[0].cutoff_min == 30 && spec.measures[0].own_min == 5);
    assert_null(spec.measures[1].mass);
    assert_true(isnan(spec.measures[1].cutoff_min) && isnan(spec.measures[1].own_min));
    assert_int_equal(spec.claim_count, 2);
    const nr_claim_spec *c = &spec.claims[0];
    assert_string_equal(c->text, "c1");
    assert_string_equal(c->statistic, "c2");
    assert_string_equal(c->from, "c3");
    assert_string_equal(c->to, "c4");
    assert_string_equal(c->of, "c5");
    assert_string_equal(c->per, "c6");
    assert_string_equal(c->group, "c7");
    assert_string_equal(c->is, "c8");
    assert_string_equal(c->by, "c9");
    assert_true(c->above == -1.5 && c->claimed == 8);
    assert_string_equal(c->unit, "c10");
    assert_true(isnan(spec.claims[1].above) && isnan(spec.claims[1].claimed));
    nr_study_spec_clear(&spec);
}

/* Every number of a mode, with a value all of them allow and that is no default. */
static const struct {
    const char *name;
    size_t offset;
    double value;
} parameters[] = {
#define ROW(name, value)                                 \
    {                                                    \
#name, offsetof(nr_mode_parameters, name), value \
    }
    ROW(speed_kmh, 123),
    ROW(detour, 1.75),
    ROW(access_min, 3.25),
    ROW(boarding_min, 4.25),
    ROW(alighting_min, 5.25),
    ROW(egress_min, 6.25),
    ROW(headway_min, 7.25),
    ROW(dwell_min, 8.25),
    ROW(transfer_min, 9.25),
    ROW(link_min, 10.25),
    ROW(access_speed_kmh, 11.25),
    ROW(access_limit_km, 12.25),
    ROW(plausible_low_kmh, 14.25),
    ROW(plausible_high_kmh, 15.25)
#undef ROW
};
enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static double parameter(const nr_mode *mode, size_t i)
{
    double value;
    memcpy(&value, (const char *)&mode->parameters + parameters[i].offset, sizeof value);
    return value;
}

static void study_file__reads_each_number_of_a_mode_and_leaves_the_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < PARAMETERS; i++) {
        char json[512];
        snprintf(json, sizeof json, "{" STUDY ", \"modes\": {\"air\": {\"%s\": %.2f}}}",
                 parameters[i].name, parameters[i].value);
        nr_study_spec spec = read_study(json);
        for (size_t k = 0; k < PARAMETERS; k++) {
            double expected = k == i ? parameters[i].value : parameter(&nr_modes[NR_MODE_air], k);
            assert_true(parameter(&spec.modes[NR_MODE_air], k) == expected);
            assert_true(parameter(&spec.modes[NR_MODE_rail], k) ==
                        parameter(&nr_modes[NR_MODE_rail], k));
        }
        nr_study_spec_clear(&spec);
    }
}

static void study_file__refuses_numbers_of_a_mode_that_make_no_sense(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {{"-1", " is -1"},
                                           {"-0.001", " is -0.001"},
                                           {"1e9", " is 1000000000"},
                                           {"1e999", " is inf"},
                                           {"\"5\"", ": a number was expected"},
                                           {"true", ": a number was expected"},
                                           {"null", ": a number was expected"},
                                           {"[5]", ": a number was expected"},
                                           {"{}", ": a number was expected"}};
    for (size_t i = 0; i < PARAMETERS; i++)
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
            char json[512], part[128];
            snprintf(json, sizeof json, "{" STUDY ", \"modes\": {\"rail\": {\"%s\": %s}}}",
                     parameters[i].name, wrong[k][0]);
            snprintf(part, sizeof part, "modes.rail.%s%s", parameters[i].name, wrong[k][1]);
            assert_refused(json, NEARER_VALUE, part);
        }
    /* nothing moves at no speed, and no way is shorter than the geodesic */
    assert_refused("{" STUDY ", \"modes\": {\"rail\": {\"speed_kmh\": 0}}}", NEARER_VALUE,
                   "modes.rail.speed_kmh is 0");
    assert_refused("{" STUDY ", \"modes\": {\"rail\": {\"access_speed_kmh\": 0}}}", NEARER_VALUE,
                   "modes.rail.access_speed_kmh is 0");
    assert_refused("{" STUDY ", \"modes\": {\"rail\": {\"detour\": 0.99}}}", NEARER_VALUE,
                   "modes.rail.detour is 0.99");
}

static void study_file__reads_through_and_classes(void **state)
{
    (void)state;
    nr_study_spec spec = read_study("{" STUDY ", \"modes\": {"
                                    "\"air\": {\"through\": true},"
                                    "\"water\": {\"through\": \"line\"},"
                                    "\"rail\": {\"through\": false, \"classes\": {}},"
                                    "\"road\": {\"classes\": {\"expressway\": {\"speed_kmh\": 90},"
                                    "           \"ordinary\": {\"speed_kmh\": 50}}}}}");
    assert_int_equal(spec.modes[NR_MODE_air].parameters.through, NR_THROUGH_ALWAYS);
    assert_int_equal(spec.modes[NR_MODE_rail].parameters.through, NR_THROUGH_NEVER);
    assert_int_equal(spec.modes[NR_MODE_water].parameters.through, NR_THROUGH_LINE);
    assert_int_equal(spec.modes[NR_MODE_rail].class_count, 0);
    assert_int_equal(spec.modes[NR_MODE_road].class_count, 2);
    assert_string_equal(spec.modes[NR_MODE_road].classes[0].id, "expressway");
    assert_true(spec.modes[NR_MODE_road].classes[0].speed_kmh == 90);
    assert_string_equal(spec.modes[NR_MODE_road].classes[1].id, "ordinary");
    assert_true(spec.modes[NR_MODE_road].classes[1].speed_kmh == 50);
    nr_study_spec_clear(&spec);
}

/* ---- what is refused ---- */

static void study_file__refuses_a_key_it_does_not_know_with_a_suggestion(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"{" STUDY ", \"titel\": \"x\"}", "unknown key 'titel'; did you mean 'title'?"},
        {"{" STUDY ", \"Title\": \"x\"}", "unknown key 'Title'; did you mean 'title'?"},
        {"{\"places\": {\"file\": \"p\", \"lonn\": \"x\"}}",
         "unknown key 'lonn' in places; did you mean 'lon'?"},
        {"{\"modes\": {\"rail\": {\"speed\": 5}}}",
         "unknown key 'speed' in modes.rail; did you mean 'speed_kmh'?"},
        {"{\"modes\": {\"road\": {\"classes\": {\"a\": {\"sped_kmh\": 5}}}}}",
         "unknown key 'sped_kmh' in modes.road.classes.a; did you mean 'speed_kmh'?"},
        {"{\"layers\": [" LAYER ", {\"fille\": \"x\"}]}",
         "unknown key 'fille' in layers[1]; did you mean 'file'?"},
        {"{\"layers\": [{\"nodes\": {\"nmae\": \"x\"}}]}", "unknown key 'nmae' in layers[0].nodes"},
        {"{\"layers\": [{\"fields\": {\"lenght_km\": \"x\"}}]}",
         "unknown key 'lenght_km' in layers[0].fields; did you mean 'length_km'?"},
        {"{\"dates\": {\"form\": 2001}}", "unknown key 'form' in dates; did you mean 'from'?"},
        {"{\"masses\": {\"gdp\": {\"colum\": \"x\"}}}",
         "unknown key 'colum' in masses.gdp; did you mean 'column'?"},
        {"{\"growth\": {\"form\": 5}}", "unknown key 'form' in growth; did you mean 'from'?"},
        {"{\"groups\": {\"g\": {\"colunm\": \"x\"}}}", "unknown key 'colunm' in groups.g"},
        {"{\"measures\": [{\"cutoff\": 5}]}",
         "unknown key 'cutoff' in measures[0]; did you mean 'cutoff_min'?"},
        {"{\"claims\": [{\"statistics\": \"x\"}]}",
         "unknown key 'statistics' in claims[0]; did you mean 'statistic'?"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_refused(rows[i][0], NEARER_NAME, rows[i][1]);
}

static void study_file__lists_the_keys_when_none_is_near(void **state)
{
    (void)state;
    assert_refused("{\"population\": 5}", NEARER_NAME,
                   "unknown key 'population'; known: title, places, modes, layers, dates, masses");
    assert_refused("{\"dates\": {\"beginning\": 5}}", NEARER_NAME,
                   "unknown key 'beginning' in dates; known: from, to");
    assert_refused("{\"\": 5}", NEARER_NAME, "unknown key ''");
}

static void study_file__refuses_a_mode_it_does_not_know(void **state)
{
    (void)state;
    assert_refused("{\"modes\": {\"raill\": {}}}", NEARER_NAME,
                   "unknown mode 'raill' in modes; did you mean 'rail'?");
    assert_refused("{\"modes\": {\"bicycle\": {}}}", NEARER_NAME,
                   "unknown mode 'bicycle' in modes; known: rail, road, air, water");
    assert_refused("{\"layers\": [" LAYER ", {\"id\": \"s\", \"mode\": \"watr\", \"file\": \"f\","
                   "\"fields\": {}}]}",
                   NEARER_NAME, "unknown mode 'watr' in layers[1]; did you mean 'water'?");
}

static void study_file__refuses_a_wrong_kind(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"{\"title\": 5}", "title: a text was expected"},
        {"{\"title\": \"\"}", "title: a text was expected"},
        {"{\"title\": null}", "title: a text was expected"},
        {"{\"title\": [\"a\"]}", "title: a text was expected"},
        {"{\"places\": []}", "places: an object { } was expected"},
        {"{\"places\": \"p.csv\"}", "places: an object { } was expected"},
        {"{\"places\": {\"file\": 5}}", "places.file: a text was expected"},
        {"{\"places\": {\"names\": \"a\"}}", "places.names: a list [ ] of texts was expected"},
        {"{\"places\": {\"names\": [\"a\", 5]}}", "places.names: a text was expected"},
        {"{\"modes\": []}", "modes: an object { } of modes was expected"},
        {"{\"modes\": {\"rail\": 5}}", "modes.rail: an object { } was expected"},
        {"{\"modes\": {\"rail\": {\"through\": 1}}}",
         "modes.rail.through: true, false, \"class\", \"line\" or \"service\" was expected"},
        {"{\"modes\": {\"rail\": {\"through\": \"yes\"}}}",
         "modes.rail.through: true, false, \"class\", \"line\" or \"service\" was expected"},
        {"{\"modes\": {\"rail\": {\"through\": \"line\", \"transfer_min\": 1}}}",
         "modes.rail: transfer_min is 1, at least dwell_min (2) was expected"},
        {"{\"modes\": {\"rail\": {\"classes\": []}}}",
         "modes.rail.classes: an object { } of classes was expected"},
        {"{\"modes\": {\"rail\": {\"classes\": {\"a\": 90}}}}",
         "modes.rail.classes.a: an object { } was expected"},
        {"{\"modes\": {\"rail\": {\"classes\": {\"a\": {\"speed_kmh\": \"90\"}}}}}",
         "modes.rail.classes.a.speed_kmh: a number was expected"},
        {"{\"layers\": {}}", "layers: a list [ ] of layers was expected"},
        {"{\"layers\": [5]}", "layers[0]: an object { } was expected"},
        {"{\"layers\": [" LAYER ", []]}", "layers[1]: an object { } was expected"},
        {"{\"layers\": [{\"fields\": []}]}", "layers[0].fields: an object { } was expected"},
        {"{\"layers\": [{\"nodes\": \"n.csv\"}]}", "layers[0].nodes: an object { } was expected"},
        {"{\"layers\": [{\"fields\": {\"from\": 1}}]}",
         "layers[0].fields.from: a text was expected"},
        {"{\"dates\": [2001, 2020]}", "dates: an object { } was expected"},
        {"{\"dates\": {\"from\": true}}", "dates.from: a year or a date was expected"},
        {"{\"masses\": []}", "masses: an object { } of masses was expected"},
        {"{\"masses\": {\"gdp\": \"gdp.csv\"}}", "masses.gdp: an object { } was expected"},
        {"{\"growth\": []}", "growth: an object { } was expected"},
        {"{\"growth\": {\"from\": 19}}", "growth.from: a text was expected"},
        {"{\"groups\": []}", "groups: an object { } of groups was expected"},
        {"{\"measures\": {}}", "measures: a list [ ] of measures was expected"},
        {"{\"measures\": [\"mean_time\"]}", "measures[0]: an object { } was expected"},
        {"{\"measures\": [{\"cutoff_min\": \"60\"}]}",
         "measures[0].cutoff_min: a number was expected"},
        {"{\"claims\": {}}", "claims: a list [ ] of claims was expected"},
        {"{\"claims\": [{\"claimed\": \"8 %\"}]}", "claims[0].claimed: a number was expected"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_refused(rows[i][0], NEARER_VALUE, rows[i][1]);
}

static void study_file__refuses_numbers_out_of_range(void **state)
{
    (void)state;
    assert_refused("{\"modes\": {\"road\": {\"classes\": {\"a\": {\"speed_kmh\": 0}}}}}",
                   NEARER_VALUE, "modes.road.classes.a.speed_kmh is 0, ");
    assert_refused("{\"measures\": [{\"cutoff_min\": -1}]}", NEARER_VALUE,
                   "measures[0].cutoff_min is -1, ");
    assert_refused("{\"measures\": [{\"own_min\": -0.5}]}", NEARER_VALUE,
                   "measures[0].own_min is -0.5, ");
    assert_refused("{\"claims\": [{\"claimed\": 1e999}]}", NEARER_VALUE,
                   "claims[0].claimed is inf");
}

static void study_file__refuses_a_key_that_stands_twice(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"{\"title\": \"a\", \"title\": \"a\"}", "title stands twice"},
        {"{" STUDY ", " DATES "}", "dates stands twice"},
        {"{\"places\": {\"file\": \"a\", \"id\": \"b\", \"file\": \"c\"}}",
         "places.file stands twice"},
        {"{\"modes\": {\"rail\": {\"dwell_min\": 1, \"dwell_min\": 2}}}",
         "modes.rail.dwell_min stands twice"},
        {"{\"layers\": [{\"id\": \"a\", \"id\": \"b\"}]}", "layers[0].id stands twice"},
        {"{\"dates\": {\"from\": 2001, \"from\": 2002}}", "dates.from stands twice"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_refused(rows[i][0], NEARER_VALUE, rows[i][1]);
}

static void study_file__keeps_the_mass_one_for_itself(void **state)
{
    (void)state;
    assert_refused("{" STUDY ", \"masses\": {\"one\": {}}}", NEARER_VALUE,
                   "masses.one: 'one' is kept for places that all weigh the same");
}

static void study_file__refuses_a_name_that_stands_twice(void **state)
{
    (void)state;
    assert_refused("{\"layers\": [" LAYER ", " LAYER "]}", NEARER_VALUE,
                   "layers[1]: layer id 'r' stands twice");
    assert_refused("{" STUDY ", \"modes\": {\"rail\": {}, \"rail\": {}}}", NEARER_VALUE,
                   "modes.rail stands twice");
    assert_refused("{" STUDY ", \"modes\": {\"rail\": {\"classes\": {\"a\": {\"speed_kmh\": 5},"
                   "\"a\": {\"speed_kmh\": 6}}}}}",
                   NEARER_VALUE, "modes.rail.classes.a stands twice");
    assert_refused("{" STUDY ", \"masses\": {"
                   "\"gdp\": {\"file\": \"a\", \"column\": \"b\", \"unit\": \"c\"},"
                   "\"gdp\": {\"file\": \"d\", \"column\": \"e\", \"unit\": \"f\"}}}",
                   NEARER_VALUE, "masses.gdp stands twice");
    assert_refused("{" STUDY ", \"groups\": {"
                   "\"g\": {\"column\": \"a\"}, \"g\": {\"column\": \"b\"}}}",
                   NEARER_VALUE, "groups.g stands twice");
}

static void study_file__refuses_a_key_that_is_missing(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"{}", "places is missing"},
        {"{" LAYERS ", " DATES "}", "places is missing"},
        {"{" PLACES ", " DATES "}", "layers is missing"},
        {"{" PLACES ", " LAYERS "}", "dates is missing"},
        {"{\"places\": {\"id\": \"a\"}}", "places.file is missing"},
        {"{\"modes\": {\"rail\": {\"classes\": {\"a\": {}}}}}",
         "modes.rail.classes.a.speed_kmh is missing"},
        {"{\"layers\": [{\"mode\": \"rail\", \"file\": \"a\", \"fields\": {}}]}",
         "layers[0].id is missing"},
        {"{\"layers\": [{\"id\": \"a\", \"file\": \"a\", \"fields\": {}}]}",
         "layers[0].mode is missing"},
        {"{\"layers\": [" LAYER ", {\"id\": \"a\", \"mode\": \"rail\", \"fields\": {}}]}",
         "layers[1].file is missing"},
        {"{\"layers\": [{\"nodes\": {\"id\": \"a\"}}]}", "layers[0].nodes.file is missing"},
        {"{\"dates\": {\"from\": 2001}}", "dates.to is missing"},
        {"{\"dates\": {\"to\": 2001}}", "dates.from is missing"},
        {"{\"masses\": {\"gdp\": {\"column\": \"a\", \"unit\": \"b\"}}}",
         "masses.gdp.file is missing"},
        {"{\"masses\": {\"gdp\": {\"file\": \"a\", \"unit\": \"b\"}}}",
         "masses.gdp.column is missing"},
        {"{\"masses\": {\"gdp\": {\"file\": \"a\", \"column\": \"b\"}}}",
         "masses.gdp.unit is missing"},
        {"{\"growth\": {\"to\": \"a\"}}", "growth.from is missing"},
        {"{\"growth\": {\"from\": \"a\"}}", "growth.to is missing"},
        {"{\"groups\": {\"g\": {}}}", "groups.g.column is missing"},
        {"{\"measures\": [{\"mass\": \"a\"}]}", "measures[0].measure is missing"},
        {"{\"claims\": [{\"statistic\": \"a\"}]}", "claims[0].text is missing"},
        {"{\"claims\": [{\"text\": \"a\"}]}", "claims[0].statistic is missing"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_refused(rows[i][0], NEARER_VALUE, rows[i][1]);
}

static void study_file__refuses_a_study_without_layers(void **state)
{
    (void)state;
    assert_refused("{" PLACES ", \"layers\": [], " DATES "}", NEARER_VALUE,
                   "layers: at least one layer was expected");
}

static void study_file__refuses_one_end_of_a_link_without_the_other(void **state)
{
    (void)state;
    assert_refused("{\"layers\": [{\"fields\": {\"from\": \"a\"}}]}", NEARER_VALUE,
                   "layers[0].fields: 'from' and 'to' go together");
    assert_refused("{\"layers\": [{\"fields\": {\"to\": \"a\"}}]}", NEARER_VALUE,
                   "'from' and 'to' go together");
}

static void study_file__takes_years_and_dates(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"2001", "\"2002\"", "2001-12-31"},
                                          {"\"2001\"", "2002", "2001-12-31"},
                                          {"\"2001-06\"", "2001", "2001-06-30"},
                                          {"\"2001-06-29\"", "\"2001-06\"", "2001-06-29"},
                                          {"800", "2020", "0800-12-31"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[512], day[16];
        snprintf(json, sizeof json,
                 "{" PLACES ", " LAYERS ", \"dates\": {\"from\": %s, \"to\": %s}}", rows[i][0],
                 rows[i][1]);
        nr_study_spec spec = read_study(json);
        assert_string_equal(nearer_date_format(spec.from, day), rows[i][2]);
        nr_study_spec_clear(&spec);
    }
}

static void study_file__refuses_what_is_no_year_or_date(void **state)
{
    (void)state;
    static const char *const wrong[] = {"-1",
                                        "12345",
                                        "\"\"",
                                        "\"2001-13\"",
                                        "null",
                                        "\"in 2001\"",
                                        "\"20010101\"",
                                        "[2001]",
                                        "1e99",
                                        "\"2001-02-30\"",
                                        "\"2001-01-01T00:00\""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char json[512];
        snprintf(json, sizeof json,
                 "{" PLACES ", " LAYERS ", \"dates\": {\"from\": %s, \"to\": 2020}}", wrong[i]);
        assert_refused(json, NEARER_VALUE, "dates.from: a year or a date was expected");
    }
}

static void study_file__refuses_a_part_of_a_year(void **state)
{
    (void)state;
    assert_refused("{" PLACES ", " LAYERS ", \"dates\": {\"from\": 2001.5, \"to\": 2020}}",
                   NEARER_VALUE, "dates.from: a year or a date was expected");
}

static void study_file__refuses_dates_that_do_not_follow(void **state)
{
    (void)state;
    assert_refused("{\"dates\": {\"from\": 2020, \"to\": 2020}}", NEARER_VALUE,
                   "dates: 'from' must lie before 'to'");
    assert_refused("{\"dates\": {\"from\": 2020, \"to\": 2001}}", NEARER_VALUE,
                   "dates: 'from' must lie before 'to'");
    /* the year's last day is the 31st of December */
    assert_refused("{\"dates\": {\"from\": 2020, \"to\": \"2020-12-31\"}}", NEARER_VALUE,
                   "'from' must lie before 'to'");
}

static void study_file__says_long_names_without_harm(void **state)
{
    (void)state;
    char json[4000], name[1500];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    snprintf(json, sizeof json, "{\"%s\": 5}", name);
    assert_refused(json, NEARER_NAME, "unknown key 'xxx");
    snprintf(json, sizeof json, "{\"masses\": {\"%s\": {\"%s\": 5}}}", name, name);
    assert_refused(json, NEARER_NAME, "unknown key 'xxx");
    snprintf(json, sizeof json, "{\"modes\": {\"%s\": {}}}", name);
    assert_refused(json, NEARER_NAME, "unknown mode 'xxx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study_file__that_is_not_there_is_refused),
        cmocka_unit_test(study_file__empty_is_refused),
        cmocka_unit_test(study_file__of_another_kind_is_refused),
        cmocka_unit_test(study_file__with_a_syntax_error_says_the_line),
        cmocka_unit_test(study_file__with_any_other_syntax_error_is_refused),
        cmocka_unit_test(study_file__of_the_least_has_defaults),
        cmocka_unit_test(study_file__takes_a_byte_order_mark),
        cmocka_unit_test(study_file__reads_every_text_into_its_own_place),
        cmocka_unit_test(study_file__reads_each_number_of_a_mode_and_leaves_the_others),
        cmocka_unit_test(study_file__refuses_numbers_of_a_mode_that_make_no_sense),
        cmocka_unit_test(study_file__reads_through_and_classes),
        cmocka_unit_test(study_file__refuses_a_key_it_does_not_know_with_a_suggestion),
        cmocka_unit_test(study_file__lists_the_keys_when_none_is_near),
        cmocka_unit_test(study_file__refuses_a_mode_it_does_not_know),
        cmocka_unit_test(study_file__refuses_a_wrong_kind),
        cmocka_unit_test(study_file__refuses_numbers_out_of_range),
        cmocka_unit_test(study_file__refuses_a_key_that_stands_twice),
        cmocka_unit_test(study_file__keeps_the_mass_one_for_itself),
        cmocka_unit_test(study_file__refuses_a_name_that_stands_twice),
        cmocka_unit_test(study_file__refuses_a_key_that_is_missing),
        cmocka_unit_test(study_file__refuses_a_study_without_layers),
        cmocka_unit_test(study_file__refuses_one_end_of_a_link_without_the_other),
        cmocka_unit_test(study_file__takes_years_and_dates),
        cmocka_unit_test(study_file__refuses_what_is_no_year_or_date),
        cmocka_unit_test(study_file__refuses_a_part_of_a_year),
        cmocka_unit_test(study_file__refuses_dates_that_do_not_follow),
        cmocka_unit_test(study_file__says_long_names_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
