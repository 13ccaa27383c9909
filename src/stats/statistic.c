#include "stats/statistic.h"

const nr_statistic *const nr_statistics[] = {
#define NR_STATISTIC(id) &nr_statistic_##id,
#include "stats/statistics.def"
#undef NR_STATISTIC
    NULL};
