/* graph/contract: takes a graph's vertices out one after the other, the least important first, and
 * leaves ways behind that keep all distances between those left (Geisberger, Sanders, Schultes,
 * Delling 2008, "Contraction hierarchies"). */
#ifndef NR_GRAPH_CONTRACT_H
#define NR_GRAPH_CONTRACT_H
#include "graph/stars.h"

/* Turns stars of a graph into those of its hierarchy: around each vertex stand the ways to those
 * taken out after it. `level`[n]: above those of all neighbours taken out before. In rounds of
 * vertices that are no neighbours, on all cores; the same outcome for any number of them. Fails
 * with MEMORY and, unless `patient`, NODATA (too many ways are left behind: the graph has no
 * hierarchy to speak of). */
nearer_status nr_contract(nr_stars *stars, uint32_t *level, bool patient, nearer_error *err);
#endif
