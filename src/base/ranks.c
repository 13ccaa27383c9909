#include "base/ranks.h"

#include "nearer.h"

#ifdef NEARER_MPI
#include <mpi.h>

enum { AT_ONCE = 1 << 28 }; /* MPI counts in int */

static bool is_on(void)
{
    int begun = 0, ended = 0;
    MPI_Initialized(&begun);
    MPI_Finalized(&ended);
    return begun && !ended;
}

void nearer_ranks_begin(int *argc, char ***argv)
{
    MPI_Init(argc, argv);
}

/* A wrong word is seen by all processes alike; of anything else the others may not know, and would
 * wait for this one. */
void nearer_ranks_end(int exit_code)
{
    bool alike = exit_code == 0 || exit_code == nearer_status_exit_code(NEARER_USAGE) ||
                 exit_code == nearer_status_exit_code(NEARER_SYNTAX) ||
                 exit_code == nearer_status_exit_code(NEARER_NAME);
    if (!is_on()) return;
    if (!alike && nr_ranks() > 1) MPI_Abort(MPI_COMM_WORLD, exit_code);
    MPI_Finalize();
}

size_t nr_ranks_own(void)
{
    int rank = 0;
    if (is_on()) MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return (size_t)rank;
}

size_t nr_ranks(void)
{
    int ranks = 1;
    if (is_on()) MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    return (size_t)ranks;
}

void nr_ranks_send(const void *bytes, size_t count)
{
    const char *at = bytes;
    for (; count > 0;) {
        size_t n = count < AT_ONCE ? count : AT_ONCE;
        MPI_Send(at, (int)n, MPI_BYTE, 0, 0, MPI_COMM_WORLD);
        at += n;
        count -= n;
    }
}

void nr_ranks_receive(void *bytes, size_t count, size_t rank)
{
    char *at = bytes;
    for (; count > 0;) {
        size_t n = count < AT_ONCE ? count : AT_ONCE;
        MPI_Recv(at, (int)n, MPI_BYTE, (int)rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        at += n;
        count -= n;
    }
}

size_t nr_ranks_first(size_t value)
{
    unsigned long long shared = value;
    if (nr_ranks() > 1) MPI_Bcast(&shared, 1, MPI_UNSIGNED_LONG_LONG, 0, MPI_COMM_WORLD);
    return (size_t)shared;
}

void nr_ranks_sum(double *numbers, size_t count)
{
    if (nr_ranks() == 1) return;
    for (; count > 0;) {
        size_t n = count < AT_ONCE / sizeof *numbers ? count : AT_ONCE / sizeof *numbers;
        MPI_Allreduce(MPI_IN_PLACE, numbers, (int)n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
        numbers += n;
        count -= n;
    }
}
#else
void nearer_ranks_begin(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
}

void nearer_ranks_end(int exit_code)
{
    (void)exit_code;
}

size_t nr_ranks_own(void)
{
    return 0;
}

size_t nr_ranks(void)
{
    return 1;
}

void nr_ranks_send(const void *bytes, size_t count)
{
    (void)bytes;
    (void)count;
}

void nr_ranks_receive(void *bytes, size_t count, size_t rank)
{
    (void)bytes;
    (void)count;
    (void)rank;
}

size_t nr_ranks_first(size_t value)
{
    return value;
}

void nr_ranks_sum(double *numbers, size_t count)
{
    (void)numbers;
    (void)count;
}
#endif

bool nearer_is_first_rank(void)
{
    return nr_ranks_own() == 0;
}
