#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

nearer_status nr_fail(nearer_error *err, nearer_status status, const char *format, ...)
{
    if (err != NULL) {
        err->status = status;
        va_list args;
        va_start(args, format);
        vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
    }
    return status;
}

nearer_status nr_fail_memory(nearer_error *err)
{
    return nr_fail(err, NEARER_MEMORY, "out of memory");
}

int nearer_status_exit_code(nearer_status status)
{
    switch (status) {
#define EXIT_CODE(name, exit_code, meaning) \
    case NEARER_##name: return exit_code;
        NEARER_STATUSES(EXIT_CODE)
#undef EXIT_CODE
    }
    return 70;
}
