/* stats/shapley: what each player adds, averaged over the orders in which they might come. */
#ifndef NR_STATS_SHAPLEY_H
#define NR_STATS_SHAPLEY_H
#include <stdint.h>

#include "base/error.h"
#include "stats/random.h"

enum { NR_SHAPLEY_MOST = 20 };

/* Of a game's values[2^players] by which players are in (bits): sum over sets S without i of
 * |S|! (players - |S| - 1)! / players! (v(S + i) - v(S)) (Shapley 1953). `union_of` (NULL: none) is
 * the union each player belongs to, by number: sets then hold all or none of every other union, and
 * weigh as unions and, within its own, players are ordered (Owen 1977). O(players 2^players). */
void nr_shapley(double *out, const double *values, size_t players, const uint32_t *union_of);
/* An order of all players by chance; those of a union stay together. order[players]; room[2 *
 * players]. */
void nr_shapley_order(uint32_t *order, double *room, size_t players, const uint32_t *union_of,
                      nr_random *random);
#endif
