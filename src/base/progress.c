#include "base/progress.h"

#include "nearer.h"

static nearer_progress *listener;
static void *listener_context;

void nearer_set_progress(nearer_progress *progress, void *context)
{
    listener = progress;
    listener_context = context;
}

void nr_progress(const char *what, size_t done, size_t total)
{
    if (listener != NULL) listener(listener_context, what, done, total);
}
