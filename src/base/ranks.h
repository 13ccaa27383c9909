/* base/ranks: the processes a program runs as, side by side, on one machine or many (MPI; option
 * NEARER_MPI). Without it, or when it was not started by mpirun, there is one. */
#ifndef NR_BASE_RANKS_H
#define NR_BASE_RANKS_H
#include <stddef.h>

size_t nr_ranks_own(void); /* of this process, from 0 */
size_t nr_ranks(void);     /* how many there are */

/* From this process to rank 0, and there from `rank`; any number of bytes. */
void nr_ranks_send(const void *bytes, size_t count);
void nr_ranks_receive(void *bytes, size_t count, size_t rank);
/* The value that the first process has, in all of them. */
size_t nr_ranks_first(size_t value);
/* Each number becomes the sum of that number in all processes, in all of them. Where all but one
 * hold 0 that is exact, and the same for any number of processes. */
void nr_ranks_sum(double *numbers, size_t count);
#endif
