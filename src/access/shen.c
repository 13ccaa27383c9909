/* Accessibility with competition (Shen 1998): jobs in reach over the seekers in reach of them. */
#include "access/compete.h"

const nr_measure nr_measure_shen = {
    .id = "shen",
    .title = "supply in reach over the demand in reach of it",
    .formula = "sum_j f(t_ij) M_j / sum_k D_k f(t_kj)",
    .unit = "per_demand",
    .needs = NR_DEMAND | NR_DECAY,
    .own = true,
    .decimals = 4,
    .whole = nr_two_steps,
};
