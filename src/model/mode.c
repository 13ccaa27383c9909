#include "model/mode.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

const nr_mode nr_modes[NR_MODE_COUNT + 1] = {
#define NR_MODE(id, title, boards, through, speed, detour, access, board, alight, egress, dwell, \
                transfer, link, walk, limit, slow, fast)                                         \
    {#id,                                                                                        \
     title,                                                                                      \
     {boards, through, speed, detour, access, board, alight, egress, 0, dwell, transfer, link,   \
      walk, limit, slow, fast},                                                                  \
     NULL,                                                                                       \
     0},
#include "model/modes.def"
#undef NR_MODE
    {0}};

const char *const nr_through_words[] = {"no", "yes", "class", "line", "service", NULL};

size_t nr_mode_find(const char *id)
{
    size_t i = 0;
    while (i < NR_MODE_COUNT && strcmp(nr_modes[i].id, id) != 0) i++;
    return i;
}

const char *nr_mode_known(const void *unused, size_t i)
{
    (void)unused;
    return nr_modes[i].id;
}

const nr_parameter nr_parameters[] = {
#define NR_PARAMETER(member, low, high) {#member, offsetof(nr_mode_parameters, member), low, high},
#define NR_FIXED_PARAMETER(member, low, high)
#include "model/parameters.def"
#undef NR_PARAMETER
#undef NR_FIXED_PARAMETER
    {0}};

const char *nr_parameter_known(const void *unused, size_t i)
{
    (void)unused;
    return nr_parameters[i].name;
}

double nr_mode_board_min(const nr_mode_parameters *p)
{
    return p->access_min + p->boarding_min + p->headway_min / 2;
}

double nr_mode_leave_min(const nr_mode_parameters *p)
{
    return p->alighting_min + p->egress_min;
}

bool nr_mode_has_berths(const nr_mode_parameters *p)
{
    return p->boards && p->through >= NR_THROUGH_CLASS;
}

double nr_mode_run_min(const nr_mode_parameters *p, double given_min, double length_km,
                       double great_circle_km, double speed_kmh)
{
    if (!isnan(given_min)) return given_min;
    double km = isnan(length_km) ? great_circle_km * p->detour : length_km;
    return km / (isnan(speed_kmh) ? p->speed_kmh : speed_kmh) * 60 + p->link_min;
}
