/* graph/stops: times between places, and between them and stops where new lines may call. */
#ifndef NR_GRAPH_STOPS_H
#define NR_GRAPH_STOPS_H
#include "model/network.h"

#include "base/ticks.h"

/* Cannot go; so far below 2^32 that two of them can be added up. */
#define NR_NO_WAY ((nr_ticks)0x7FFFFFFF)

/* Places come in an order of their own, near ones together, so that what a line changes lies
 * together too; in columns of `stride` numbers, those behind the last NR_NO_WAY. Board and leave:
 * the departure and the arrival of a vehicle that calls at the stop. */
typedef struct nr_stop_times {
    size_t n, m, stride;      /* places, stops */
    size_t stop_stride;       /* of rows by stop, those behind the last NR_NO_WAY */
    uint32_t *place;          /* n: the network's number of each */
    nr_ticks *between;        /* n x stride */
    nr_ticks *counted;        /* the same, 0 where there is no way at first: of these no minutes can
                                 be saved */
    nr_ticks *to_board;       /* m x stride: from each place */
    nr_ticks *from_leave;     /* m x stride: to each place */
    nr_ticks *again, *across; /* m x stop_stride: from where it is left to where it, or another
                                 vehicle of its kind, is boarded */
    size_t unreachable;       /* ordered pairs of places */
    /* Bounds, m x stride, that hold also when lines are built. Who leaves later than the first gets
     * nowhere faster: wherever one goes on to from there can be reached as fast without the line.
     * Who needs as long from boarding on to a place as the second gains nothing by boarding. */
    nr_ticks *leave_before, *board_within;
} nr_stop_times;

/* Of a network whose last 2 * m links are calls: of each stop a vehicle and another of its kind.
 * Fails as nr_graph_build, nr_matrix_make; VALUE where a way is longer than 8 days. Clear with
 * nr_stop_times_clear, also then. O(m + n) searches. */
nearer_status nr_stop_times_find(nr_stop_times *out, const nearer_network *network,
                                 const nearer_query *query, size_t stops, nearer_error *err);
/* Fails with MEMORY; clear as the original. */
nearer_status nr_stop_times_copy(nr_stop_times *out, const nr_stop_times *times, nearer_error *err);
/* Sets times to those of another of the same stops. */
void nr_stop_times_set(nr_stop_times *times, const nr_stop_times *to);
void nr_stop_times_clear(nr_stop_times *times);
#endif
