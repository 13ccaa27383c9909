/* Laws of lines that are inserted into a matrix: it is that of the network with the line in it. */
#include "property/networks.h"

#include "graph/times.h"
#include "study/candidates.h"

enum { NETWORKS = 150, LINES = 3, STOPS = 5, ROOM = 4000 };

static size_t add(char *text, size_t n, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    n += (size_t)vsnprintf(text + n, ROOM - n, format, args);
    va_end(args);
    assert_true(n < ROOM);
    return n;
}

/* A line with two to five stops, of which some stand twice. */
static void draw_line(char *text, chance *c, const random_study *s, size_t number)
{
    static const char *const modes[] = {"rail", "road", "air", "water"};
    const telling as = {NULL, "place"};
    size_t stops = 2 + draw_below(c, STOPS - 1), last = s->nodes, n = 0;
    size_t mode = draw_below(c, 4) == 1 ? 1 : s->link[0].mode; /* roads call where there are some */
    char id[32];
    n = add(text, n, "{\"line\": \"new %zu\", \"mode\": \"%s\"", number,
            modes[draw_once_in(c, 3) ? 2 * draw_below(c, 2) : mode]);
    size_t class = draw_once_in(c, 2) ? 1 + draw_below(c, 2) : 0;
    if (class > 0) n = add(text, n, ", \"class\": \"%zu\"", class);
    if (draw_once_in(c, 4)) n = add(text, n, ", \"service\": \"%zu\"", 1 + draw_below(c, 3));
    if (draw_once_in(c, 4)) n = add(text, n, ", \"oneway\": true");
    if (draw_once_in(c, 2) || class == 2) /* which may be new to the mode, and has no speed */
        n = add(text, n, ", \"speed_kmh\": %zu", 50 + draw_below(c, 400));
    n = add(text, n, ", \"stops\": [");
    for (size_t k = 0; k < stops; k++) {
        size_t node = draw_below(c, s->nodes);
        while (node == last) node = draw_below(c, s->nodes);
        n = add(text, n, "%s\"%s\"", k == 0 ? "" : ", ", node_id(id, s, node, &as));
        last = node;
    }
    n = add(text, n, "]");
    if (draw_once_in(c, 2)) {
        n = add(text, n, ", \"minutes\": [");
        for (size_t k = 0; k + 1 < stops; k++)
            n = add(text, n, "%s%zu", k == 0 ? "" : ", ", 1 + draw_below(c, 90));
        n = add(text, n, "]");
    }
    add(text, n, "}");
}

static nearer_study *read_with(const random_study *s, const char *const *lines, size_t count)
{
    static char scenario[LINES * ROOM];
    nearer_study *study = NULL;
    strcpy(scenario, "{\"build\": [");
    for (size_t k = 0; k < count; k++) {
        if (k > 0) strcat(scenario, ", ");
        strcat(scenario, lines[k]);
    }
    strcat(scenario, "]}");
    const char *const paths[] = {write_file("new_lines.json", scenario)};
    law_ok(s->seed, nearer_study_read_under(&study, "new.json", paths, 1, err));
    return study;
}

/* The whole matrix of the network with the lines in it. */
static void assert_as_built(const random_study *s, const nearer_query *query,
                            const nr_insertion *insertion, const char *const *lines, size_t count)
{
    nearer_study *built = read_with(s, lines, count);
    nearer_times *times = compute(s->seed, built, *query);
    double *minutes = nr_alloc(s->places, s->places * sizeof *minutes);
    nr_insertion_minutes(minutes, insertion);
    for (size_t i = 0; i < s->places; i++)
        for (size_t j = 0; j < s->places; j++)
            law(s->seed, minutes[i * s->places + j] == nearer_times_minutes(times, i, j));
    nr_free(minutes);
    nearer_times_free(times);
    nearer_study_free(built);
}

/* Each line by itself, then all one after the other. */
static size_t try_lines(const random_study *s, const nearer_query *query, nearer_study *study,
                        nearer_study *all, const char *const *lines)
{
    static nr_ticks ride[NR_MOST_STOPS * NR_MOST_STOPS];
    uint32_t stops[NR_MOST_STOPS];
    nr_candidates candidates;
    nr_insertion insertion;
    nearer_error error;
    const nearer_lines_spec spec = {.candidates = all, .speed_kmh = NAN, .detour = NAN};
    nearer_status status = nr_candidates_find(&candidates, study, query, &spec, &error);
    size_t count = candidates.count;
    law(s->seed, status == NEARER_OK || status == NEARER_NODATA);
    if (status == NEARER_NODATA) { /* they call where the mode does not run yet */
        nr_candidates_clear(&candidates);
        return 0;
    }
    const char *texts[LINES];
    for (size_t k = 0; k < count; k++) texts[k] = lines[candidates.items[k].name[4] - '0'];
    law_ok(s->seed, nr_insertion_init(&insertion, &candidates.times, err));
    for (size_t k = 0; k < count; k++) {
        const nr_new_line line = nr_candidate_line(ride, stops, &candidates, k);
        nr_insertion_begin(&insertion, &line);
        assert_as_built(s, query, &insertion, texts + k, 1);
    }
    for (size_t k = 0; k < count; k++) {
        const nr_new_line line = nr_candidate_line(ride, stops, &candidates, k);
        nr_insertion_begin(&insertion, &line);
        assert_as_built(s, query, &insertion, texts, k + 1);
        law_ok(s->seed, nr_insertion_apply(&candidates.times, &insertion, NULL, err));
    }
    nr_insertion_clear(&insertion);
    nr_candidates_clear(&candidates);
    return count;
}

static void insertion__is_the_network_with_the_line(void **state)
{
    (void)state;
    static random_study s;
    static char texts[LINES][ROOM];
    const char *const lines[LINES] = {texts[0], texts[1], texts[2]};
    size_t tried[2] = {0};
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        chance c = {seed ^ 0x11E5};
        for (size_t k = 0; k < LINES; k++) draw_line(texts[k], &c, &s, k);
        nearer_study *study = read_random_study(&s, "new"), *all = read_with(&s, lines, LINES);
        for (int station = 0; station < 2; station++) {
            nearer_query query = at_end_of(2001 + (int)(seed % 20));
            query.station_to_station = station == 1;
            tried[station] += try_lines(&s, &query, study, all, lines);
        }
        nearer_study_free(study);
        nearer_study_free(all);
    }
    assert_true(tried[0] > NETWORKS && tried[1] > NETWORKS / 4);
}

/* Sums of what is saved are those over the matrices, by whatever registers. */
static void saved__is_the_difference_of_the_matrices(void **state)
{
    (void)state;
    static random_study s;
    static char text[ROOM];
    static nr_ticks ride[NR_MOST_STOPS * NR_MOST_STOPS];
    uint32_t stops[NR_MOST_STOPS];
    const char *const lines[] = {text};
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        chance c = {seed ^ 0x5A5ED};
        draw_line(text, &c, &s, 0);
        nearer_study *study = read_random_study(&s, "new"), *one = read_with(&s, lines, 1);
        const nearer_query query = at_end_of(2010);
        nr_candidates candidates;
        nr_insertion insertion;
        const nearer_lines_spec spec = {.candidates = one, .speed_kmh = NAN, .detour = NAN};
        nearer_error error;
        if (nr_candidates_find(&candidates, study, &query, &spec, &error) == NEARER_NODATA) {
            nr_candidates_clear(&candidates);
            nearer_study_free(study);
            nearer_study_free(one);
            continue;
        }
        law_ok(seed, nr_insertion_init(&insertion, &candidates.times, err));
        const nr_stop_times *t = &candidates.times;
        double from[MOST_PLACES], to[MOST_PLACES + 8] = {0}, saved[MOST_PLACES], sums[4] = {0};
        double minutes[MOST_PLACES * MOST_PLACES], wanted = 0;
        size_t seen_faster = 0, seen_connected = 0, kinds = 0, half = s.places / 2 + 1;
        size_t faster[4] = {0}, connected[4] = {0};
        for (size_t i = 0; i < s.places; i++) from[i] = draw_between(&c, 0, 1);
        for (size_t i = 0; i < s.places; i++) to[i] = draw_between(&c, 0, 1);
        const nr_new_line line = nr_candidate_line(ride, stops, &candidates, 0);
        const nr_insertion_kernels *const *all = nr_insertion_kernels_known();
        for (; all[kinds] != NULL; kinds++) {
            insertion.kernels = all[kinds];
            nr_insertion_begin(&insertion, &line);
            for (size_t first = 0; first < s.places; first += half) {
                size_t last = first + half < s.places ? first + half : s.places;
                nr_insertion_saved(&sums[kinds], saved, &insertion, from, to, first, last);
                nr_insertion_count(&faster[kinds], &connected[kinds], &insertion, first, last);
            }
            law(seed, sums[kinds] == sums[0]);
            law(seed, faster[kinds] == faster[0] && connected[kinds] == connected[0]);
        }
        nr_insertion_minutes(minutes, &insertion);
        for (size_t i = 0; i < s.places; i++) {
            double row = 0;
            for (size_t j = 0; j < s.places; j++) {
                nr_ticks was = t->between[i * t->stride + j];
                double is = minutes[t->place[i] * s.places + t->place[j]] * NR_TICKS_PER_MINUTE;
                bool less = was == NR_NO_WAY ? isfinite(is) : is < was - 0.5;
                seen_faster += less ? 1 : 0;
                seen_connected += less && was == NR_NO_WAY ? 1 : 0;
                if (was != NR_NO_WAY) row += to[j] * (was - is);
            }
            law(seed, fabs(row - saved[i]) <= 1e-9 * fabs(row) + 1e-6);
            wanted += from[i] * row;
        }
        law(seed, fabs(wanted - sums[0]) <= 1e-9 * fabs(wanted) + 1e-6);
        law(seed, faster[0] == seen_faster && connected[0] == seen_connected);
        nr_insertion_clear(&insertion);
        nr_candidates_clear(&candidates);
        nearer_study_free(study);
        nearer_study_free(one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(insertion__is_the_network_with_the_line),
        cmocka_unit_test(saved__is_the_difference_of_the_matrices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
