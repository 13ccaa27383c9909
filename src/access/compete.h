/* access/compete: measures in which those who have demand compete for what is at a place. */
#ifndef NR_ACCESS_COMPETE_H
#define NR_ACCESS_COMPETE_H
#include "access/pairs.h"

typedef struct nr_compete {
    const nr_measure_input *in;
    nr_decay decay;      /* a cutoff is one of 1 and 0 */
    double *supply_side; /* n: what a destination is divided by */
    double *demand_side; /* n: what an origin is divided by */
    double *power;       /* n: demand to the power of alpha */
} nr_compete;

/* Makes room. Fails with MEMORY; clear with nr_compete_clear, also then. */
nearer_status nr_compete_init(nr_compete *out, const nr_measure_input *input, nearer_error *err);
void nr_compete_clear(nr_compete *compete);

/* Parts of the formulas, of a nr_compete. */
nr_pair_value nr_weight_of_pair;    /* f_ij */
nr_pair_value nr_demand_in_reach;   /* P_i^a f_ij */
nr_pair_value nr_supply_in_reach;   /* O_j f_ij */
nr_pair_value nr_supply_per_demand; /* f_ij O_j / supply_side_j */
nr_pair_value nr_share_of_supply;   /* O_j P_i^a f_ij / supply_side_j */

/* Two steps: supply over the demand in reach of it, added up by who reaches it. */
nearer_status nr_two_steps(double *scores, const nr_measure_input *input, const nr_minutes *minutes,
                           nearer_error *err);
#endif
