/* How much time and memory is spent on travel times, and what is said of it. */
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "cli/cli.h"

/* Of this run of the program. */
static nearer_cache *cache;
static nearer_timings timings;
static bool timed;

void cli_add_reading(double since)
{
    timings.read_s += cli_clock() - since;
}

nearer_status cli_effort(nearer_query *out, const cli_options *o, nearer_error *err)
{
    out->engine = o->engine;
    if (o->max_minutes != NULL) {
        CLI_TRY(
            cli_number(&out->max_min, o->max_minutes, "--max-minutes", "a number of minutes", err));
        if (out->max_min == 0)
            return cli_fail(err, NEARER_USAGE, "--max-minutes 0: more than 0 was expected");
    }
    if (o->max_memory != NULL) {
        CLI_TRY(cli_number(&out->max_memory_mb, o->max_memory, "--max-memory",
                           "a number of megabytes", err));
        if (out->max_memory_mb == 0)
            return cli_fail(err, NEARER_USAGE, "--max-memory 0: more than 0 was expected");
    }
    if (o->cache != NULL && cache == NULL) CLI_TRY(nearer_cache_open(&cache, o->cache, err));
    out->cache = cache;
    timed = o->timings;
    out->timings = timed ? &timings : NULL;
    return NEARER_OK;
}

double cli_clock(void)
{
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void cli_effort_end(void)
{
    struct rusage usage;
    nearer_cache_free(cache);
    cache = NULL;
    if (!timed || !nearer_is_first_rank() || getrusage(RUSAGE_SELF, &usage) != 0) return;
    fprintf(stderr,
            "{\"read_s\": %.6f, \"prepare_s\": %.6f, \"compute_s\": %.6f, \"write_s\": %.6f, "
            "\"peak_memory_mb\": %.1f, \"engine\": \"%s\"}\n",
            timings.read_s, timings.prepare_s, timings.compute_s, timings.write_s,
            (double)usage.ru_maxrss / 1024, timings.engine == NULL ? "" : timings.engine);
}
