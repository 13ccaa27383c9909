/* Enhanced two-step floating catchment area (Luo and Qi 2009): what is nearer counts more in both
 * steps. */
#include "access/compete.h"

const nr_measure nr_measure_catchment_e2sfca = {
    .id = "catchment_e2sfca",
    .title = "supply per head in enhanced two-step floating catchment areas",
    .formula = "sum_j f(t_ij) M_j / sum_k D_k f(t_kj)",
    .unit = "per_demand",
    .needs = NR_DEMAND | NR_DECAY,
    .own = true,
    .decimals = 4,
    .whole = nr_two_steps,
};
