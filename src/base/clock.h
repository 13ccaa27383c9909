/* base/clock: how long work takes. */
#ifndef NR_BASE_CLOCK_H
#define NR_BASE_CLOCK_H

/* Seconds since some moment; only differences mean anything. */
double nr_clock(void);
#endif
