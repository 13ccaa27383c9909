/* Seeded random studies: places, nodes and dated links of up to four modes with islands, parallel
 * links, loops and one-way links, written into the working folder and read back. The same seed
 * gives the same study on every machine; a law that does not hold is reported with its seed. */
#ifndef NEARER_PROPERTY_NETWORKS_H
#define NEARER_PROPERTY_NETWORKS_H
#include "cases/drawn.h"

#include "base/text.h"
#include "model/network.h"

#ifdef _OPENMP
#include <omp.h>
#endif

/* ---- chance (splitmix64: Steele, Lea and Flood 2014) ---- */

typedef struct chance {
    uint64_t state;
} chance;

static inline uint64_t draw(chance *c)
{
    uint64_t z = c->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* 0 .. n - 1 */
static inline size_t draw_below(chance *c, size_t n)
{
    return (size_t)(draw(c) % n);
}

static inline double draw_between(chance *c, double low, double high)
{
    return low + (high - low) * (double)(draw(c) >> 11) / 9007199254740992.0;
}

/* True once in n. */
static inline bool draw_once_in(chance *c, size_t n)
{
    return draw_below(c, n) == 0;
}

/* ---- a study in memory ---- */

enum { MOST_PLACES = 12, MOST_NODES = 36, MOST_LINKS = 160 };

typedef struct random_link {
    size_t mode, from, to;     /* nodes; the first are the places */
    double minutes, length_km; /* NAN: not given */
    int opened, closed;        /* years, 0: not given */
    int line, kind, service;   /* 0: none */
    bool oneway, transfer;
    double wait_min; /* NAN: not given */
} random_link;

typedef struct random_study {
    uint64_t seed;
    size_t places, nodes, links;
    double lon[MOST_NODES], lat[MOST_NODES];
    int mass[MOST_PLACES]; /* -1: missing */
    random_link link[MOST_LINKS];
    char modes[2000];
} random_study;

static inline void draw_link(random_link *l, chance *c, const random_study *s, size_t islands)
{
    *l = (random_link){.mode = draw_below(c, 4), .minutes = NAN, .length_km = NAN, .wait_min = NAN};
    l->from = draw_below(c, s->nodes);
    l->line = (int)draw_below(c, 3);
    l->kind = (int)draw_below(c, 3);
    l->service = (int)draw_below(c, 4);
    /* ends are on one island: nodes of one number modulo `islands` */
    do l->to = draw_below(c, s->nodes);
    while (l->to % islands != l->from % islands);
    if (draw_once_in(c, 2))
        l->minutes =
            draw_once_in(c, 2) ? (double)(1 + draw_below(c, 300)) : draw_between(c, 1, 300);
    else if (draw_once_in(c, 2))
        l->length_km = draw_between(c, 1, 900);
    if (draw_once_in(c, 3)) l->opened = 1990 + (int)draw_below(c, 35);
    if (draw_once_in(c, 6))
        l->closed = (l->opened == 0 ? 1990 : l->opened) + 1 + (int)draw_below(c, 20);
    l->oneway = draw_once_in(c, 5);
}

/* Modes with costs of their own, through or not or within a class, line or service, a speed for
 * links of class 1, that take one to three nodes near a place. */
static inline void draw_modes(random_study *s, chance *c)
{
    static const char *const ids[] = {"rail", "road", "air", "water"};
    static const char *const through[] = {"true", "false", "\"class\"", "\"line\"", "\"service\""};
    size_t n = 0;
    for (size_t m = 0; m < 4; m++)
        n += (size_t)snprintf(
            s->modes + n, sizeof s->modes - n,
            "%s\"%s\": {\"access_min\": %zu, \"boarding_min\": %zu, \"alighting_min\": %zu, "
            "\"egress_min\": %zu, \"headway_min\": %zu, \"dwell_min\": %zu, \"transfer_min\": %zu, "
            "\"link_min\": %zu, \"speed_kmh\": %zu, \"access_speed_kmh\": %zu, "
            "\"access_limit_km\": 1000, \"classes\": {\"1\": {\"speed_kmh\": %zu}}, "
            "\"through\": %s}",
            m == 0 ? "" : ", ", ids[m], draw_below(c, 30), draw_below(c, 60), draw_below(c, 20),
            draw_below(c, 30), draw_below(c, 60), draw_below(c, 5), 5 + draw_below(c, 60),
            draw_below(c, 30), 20 + draw_below(c, 300), 5 + draw_below(c, 60),
            20 + draw_below(c, 300), through[draw_below(c, 5)]);
    assert_true(n < sizeof s->modes);
}

/* The links of one mode in three are waited for, all of them; one link in eight is a way between
 * stations, or within one no longer than a change. The first link is ridden. */
static inline void draw_waits(random_study *s, chance *c)
{
    bool timed[4];
    for (size_t m = 0; m < 4; m++) timed[m] = draw_once_in(c, 3);
    for (size_t i = 0; i < s->links; i++) {
        random_link *l = &s->link[i];
        l->transfer = i > 0 && draw_once_in(c, 8);
        if (l->transfer && draw_once_in(c, 2)) l->to = l->from;
        if (l->transfer) l->minutes = 1 + (double)draw_below(c, l->from == l->to ? 5 : 60);
        if (timed[l->mode] && !l->transfer) l->wait_min = (double)draw_below(c, 60);
    }
}

static inline void draw_study(random_study *s, uint64_t seed)
{
    chance c = {seed * 1000003};
    *s = (random_study){.seed = seed};
    s->places = 1 + draw_below(&c, MOST_PLACES);
    s->nodes = s->places + 1 + draw_below(&c, MOST_NODES - MOST_PLACES - 1);
    for (size_t i = 0; i < s->nodes; i++) {
        s->lon[i] = draw_between(&c, 100, 107);
        s->lat[i] = draw_between(&c, 28, 33);
    }
    for (size_t i = 0; i < s->places; i++)
        s->mass[i] = draw_once_in(&c, 8) ? -1 : (int)draw_below(&c, 1000);
    size_t islands = draw_once_in(&c, 3) ? 1 + draw_below(&c, 3) : 1;
    s->links = 1 + draw_below(&c, 3 * s->nodes);
    for (size_t i = 0; i < s->links; i++) {
        if (i > 0 && draw_once_in(&c, 10)) { /* a parallel, on its own terms */
            size_t from = s->link[i - 1].from, to = s->link[i - 1].to;
            draw_link(&s->link[i], &c, s, islands);
            s->link[i].from = to;
            s->link[i].to = from;
        } else {
            draw_link(&s->link[i], &c, s, islands);
        }
    }
    draw_modes(s, &c);
    draw_waits(s, &(chance){seed * 2000003}); /* all else stays as it is without waits */
}

/* ---- written and read ---- */

/* How a study is told: the places in another order, under other names; NULL: as they are. */
typedef struct telling {
    const size_t *order; /* order[k]: the place told k-th */
    const char *prefix;
} telling;

static inline const char *node_id(char id[32], const random_study *s, size_t node,
                                  const telling *as)
{
    snprintf(id, 32, "%s%zu", node < s->places ? as->prefix : "node", node);
    return id;
}

static inline const char *number_or_nothing(char text[16], int number)
{
    snprintf(text, 16, "%d", number);
    return number == 0 ? "" : text;
}

static inline void add_line(char *text, size_t size, const char *line)
{
    assert_true(strlen(text) + strlen(line) < size);
    strcat(text, line);
}

/* Writes and reads it; files begin with `name`. Free with nearer_study_free. */
static inline nearer_study *tell_study(const random_study *s, const char *name, const char *more,
                                       const telling *as)
{
    static char places[4000], nodes[4000], masses[2000], links[4][20000];
    char id[32], other[32], line[300], a[NR_NUMBER_TEXT], b[NR_NUMBER_TEXT], from[16], to[16],
        line_name[16], kind[16], service[16], wait[NR_NUMBER_TEXT];
    strcpy(places, "id,lon_deg,lat_deg,all\n");
    strcpy(nodes, "id,lon_deg,lat_deg\n");
    strcpy(masses, "id,people\n");
    for (size_t k = 0; k < s->nodes; k++) {
        size_t i = k < s->places && as->order != NULL ? as->order[k] : k;
        snprintf(line, sizeof line, "%s,%s,%s%s\n", node_id(id, s, i, as),
                 nr_format_number(s->lon[i], a), nr_format_number(s->lat[i], b),
                 i < s->places ? ",yes" : "");
        add_line(i < s->places ? places : nodes, i < s->places ? sizeof places : sizeof nodes,
                 line);
        if (i >= s->places || s->mass[i] < 0) continue;
        snprintf(line, sizeof line, "%s,%d\n", id, s->mass[i]);
        add_line(masses, sizeof masses, line);
    }
    bool has[4] = {false};
    for (size_t m = 0; m < 4; m++)
        strcpy(links[m], "from,to,minutes,length_km,opened,closed,oneway,line,class,service,wait_"
                         "min,transfer\n");
    for (size_t i = 0; i < s->links; i++) {
        const random_link *l = &s->link[i];
        has[l->mode] = true;
        snprintf(line, sizeof line, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n",
                 node_id(id, s, l->from, as), node_id(other, s, l->to, as),
                 nr_format_number(l->minutes, a), nr_format_number(l->length_km, b),
                 number_or_nothing(from, l->opened), number_or_nothing(to, l->closed),
                 l->oneway ? "yes" : "", number_or_nothing(line_name, l->line),
                 number_or_nothing(kind, l->kind), number_or_nothing(service, l->service),
                 nr_format_number(l->wait_min, wait), l->transfer ? "yes" : "");
        add_line(links[l->mode], sizeof links[l->mode], line);
    }
    const drawn d = {.places = places,
                     .modes = s->modes,
                     .nodes = nodes,
                     .rail = has[0] ? links[0] : NULL,
                     .road = has[1] ? links[1] : NULL,
                     .air = has[2] ? links[2] : NULL,
                     .water = has[3] ? links[3] : NULL,
                     .masses = masses,
                     .more = more};
    nearer_study *study = NULL;
    nearer_error err;
    if (nearer_study_read(&study, drawn_write(name, &d), &err) != NEARER_OK)
        fail_msg("seed %llu: %s", (unsigned long long)s->seed, err.message);
    return study;
}

static inline nearer_study *read_random_study(const random_study *s, const char *name)
{
    return tell_study(s, name, "\"groups\": {\"all\": {\"column\": \"all\"}}",
                      &(telling){NULL, "place"});
}

/* ---- laws ---- */

/* Group setup: networks this small are not worth a team of threads. */
static inline int use_one_thread(void **state)
{
    (void)state;
#ifdef _OPENMP
    omp_set_num_threads(1);
#endif
    return 0;
}

#define law(seed, condition)                                                                 \
    do {                                                                                     \
        if (!(condition))                                                                    \
            fail_msg("seed %llu: %s does not hold", (unsigned long long)(seed), #condition); \
    } while (0)

/* Succeeds, or fails with the seed and the error's own sentence. */
#define law_ok(seed, call)                                                            \
    do {                                                                              \
        nearer_error law_error;                                                       \
        nearer_error *err = &law_error;                                               \
        if ((call) != NEARER_OK)                                                      \
            fail_msg("seed %llu: %s", (unsigned long long)(seed), law_error.message); \
    } while (0)

static inline nearer_times *compute(uint64_t seed, const nearer_study *study, nearer_query query)
{
    nearer_times *times = NULL;
    law_ok(seed, nearer_times_compute(&times, nearer_study_network(study), &query, err));
    return times;
}

static inline nearer_query at_end_of(int year)
{
    return (nearer_query){.date = nearer_date_year_end(year)};
}
#endif
