/* base/cache: what takes long to prepare, kept from run to run by name. Made in formats, where
 * files are opened; used where preparing is done. */
#ifndef NR_BASE_CACHE_H
#define NR_BASE_CACHE_H
#include "base/error.h"
#include "base/text.h"

struct nearer_cache {
    char *folder;
    /* The bytes kept by this name (free with nr_free), or NULL when there are none. */
    char *(*find)(const nearer_cache *cache, const char *name, size_t *length);
    /* Keeps them; clears `bytes`. Fails with IO. */
    nearer_status (*keep)(const nearer_cache *cache, const char *name, nr_text *bytes,
                          nearer_error *err);
};
#endif
