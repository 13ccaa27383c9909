#include <stddef.h>

#include "nearer.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *nearer_version(const char **details)
{
    if (details != NULL) *details = NEARER_BUILT_WITH;
    return TEXT(NEARER_VERSION_MAJOR) "." TEXT(NEARER_VERSION_MINOR) "." TEXT(NEARER_VERSION_PATCH);
}
