#define _POSIX_C_SOURCE 200809L /* unlink, in a signal handler where remove() may not be called */
#include "formats/unfinished.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "nearer.h"

enum { MOST = 16, LONGEST = 4096 };

static struct {
    atomic_int used; /* 0 free, 1 being filled, 2 a file */
    char path[LONGEST];
} files[MOST];

int nr_unfinished_add(const char *path)
{
    size_t n = strlen(path);
    for (int i = 0; n < LONGEST && i < MOST; i++) {
        int expected = 0;
        if (!atomic_compare_exchange_strong(&files[i].used, &expected, 1)) continue;
        memcpy(files[i].path, path, n + 1);
        atomic_store(&files[i].used, 2);
        return i;
    }
    return -1;
}

void nr_unfinished_done(int number)
{
    atomic_store(&files[number].used, 0);
}

void nearer_remove_unfinished(void)
{
    for (int i = 0; i < MOST; i++)
        if (atomic_load(&files[i].used) == 2) unlink(files[i].path);
}
