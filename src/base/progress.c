#include "base/progress.h"

#include <stdarg.h>
#include <stdio.h>

#include "nearer.h"

static nearer_progress *listener;
static void *listener_context;
static nearer_forecast *forecaster;
static void *forecaster_context;

void nearer_set_progress(nearer_progress *progress, void *context)
{
    listener = progress;
    listener_context = context;
}

void nearer_set_forecast(nearer_forecast *forecast, void *context)
{
    forecaster = forecast;
    forecaster_context = context;
}

void nr_progress(const char *what, size_t done, size_t total)
{
    if (listener != NULL) listener(listener_context, what, done, total);
}

void nr_forecast(const char *format, ...)
{
    char sentence[400];
    va_list arguments;
    if (forecaster == NULL) return;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    forecaster(forecaster_context, sentence);
}
