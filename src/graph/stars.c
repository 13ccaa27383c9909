#include "graph/stars.h"

#include <string.h>

static nr_ray *find(const nr_star *star, uint32_t to)
{
    for (uint32_t i = 0; i < star->count; i++)
        if (star->rays[i].to == to) return &star->rays[i];
    return NULL;
}

static uint32_t power_of(uint32_t capacity)
{
    uint32_t power = 0;
    while ((uint32_t)1 << power < capacity) power++;
    return power;
}

static nr_ray *take_room(nr_stars *stars, uint32_t power)
{
    void *room = stars->spare[power];
    if (room == NULL) return nr_arena_alloc(&stars->arena, (size_t)1 << power, sizeof(nr_ray));
    memcpy(&stars->spare[power], room, sizeof(void *));
    return room;
}

/* A free room keeps where the next one is in its first bytes. */
static void give_back(nr_stars *stars, nr_star *star)
{
    if (star->capacity == 0) return;
    uint32_t power = power_of(star->capacity);
    memcpy(star->rays, &stars->spare[power], sizeof(void *));
    stars->spare[power] = star->rays;
}

static bool grow(nr_stars *stars, nr_star *star, uint32_t capacity)
{
    uint32_t power = power_of(capacity);
    nr_ray *room = take_room(stars, power);
    if (room == NULL) return false;
    if (star->count > 0) memcpy(room, star->rays, star->count * sizeof *room);
    give_back(stars, star);
    star->rays = room;
    star->capacity = (uint32_t)1 << power;
    return true;
}

static nr_ray *ray_to(nr_stars *stars, uint32_t v, uint32_t to)
{
    nr_star *star = &stars->of[v];
    nr_ray *ray = find(star, to);
    if (ray != NULL) return ray;
    if (star->count == star->capacity && !grow(stars, star, star->count == 0 ? 2 : star->count * 2))
        return NULL;
    ray = &star->rays[star->count++];
    *ray = (nr_ray){.to = to, .out = NR_NEVER, .in = NR_NEVER};
    return ray;
}

bool nr_stars_join(nr_stars *stars, uint32_t from, uint32_t to, nr_ticks ticks)
{
    nr_ray *ray = ray_to(stars, from, to);
    if (ray == NULL) return false;
    if (ray->out <= ticks) return true;
    ray->out = ticks;
    ray = ray_to(stars, to, from);
    if (ray == NULL) return false;
    ray->in = ticks;
    return true;
}

void nr_stars_take(nr_stars *stars, uint32_t v)
{
    for (uint32_t i = 0; i < stars->of[v].count; i++) {
        nr_star *star = &stars->of[stars->of[v].rays[i].to];
        *find(star, v) = star->rays[star->count - 1];
        star->count--;
    }
}

static nr_ticks far_at_most(nr_ticks ticks)
{
    return ticks < NR_FAR ? ticks : NR_FAR;
}

nearer_status nr_stars_make(nr_stars *out, const nr_rows *rows, nearer_error *err)
{
    nr_stars stars = {.n = rows->vertices, .of = nr_alloc(rows->vertices, sizeof *stars.of)};
    bool good = stars.of != NULL;
    for (uint32_t v = 0; good && v < rows->vertices; v++)
        for (uint32_t k = rows->first[v]; good && k < rows->first[v + 1]; k++)
            if (rows->to[k] != v)
                good = nr_stars_join(&stars, v, rows->to[k], far_at_most(rows->weight[k]));
    if (good)
        *out = stars;
    else
        nr_stars_clear(&stars);
    return good ? NEARER_OK : nr_fail_memory(err);
}

void nr_stars_clear(nr_stars *stars)
{
    nr_free(stars->of);
    nr_arena_clear(&stars->arena);
    *stars = (nr_stars){0};
}
