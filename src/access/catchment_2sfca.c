/* Two-step floating catchment area (Luo and Wang 2003); with a decay it is the enhanced one. */
#include "access/compete.h"

const nr_measure nr_measure_catchment_2sfca = {
    .id = "catchment_2sfca",
    .title = "supply per head in two-step floating catchment areas",
    .formula = "sum_j f(t_ij) M_j / sum_k D_k f(t_kj)",
    .unit = "per_demand",
    .needs = NR_DEMAND,
    .needs_one = NR_DECAY | NR_CUTOFF,
    .own = true,
    .decimals = 4,
    .whole = nr_two_steps,
};
