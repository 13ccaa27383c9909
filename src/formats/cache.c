/* A cache as a folder: a file a name. */
#include "base/cache.h"

#include <string.h>

#include "base/memory.h"
#include "formats/format.h"

static char *path_of(const nearer_cache *cache, const char *name)
{
    nr_text path = {0};
    nr_text_add_word(&path, cache->folder);
    nr_text_add_word(&path, "/");
    nr_text_add_word(&path, name);
    return nr_text_take(&path);
}

static char *find(const nearer_cache *cache, const char *name, size_t *length)
{
    char *path = path_of(cache, name), *bytes = NULL;
    if (path != NULL && nr_file_exists(path) &&
        nr_file_read(&bytes, length, path, NULL) != NEARER_OK)
        bytes = NULL; /* what cannot be read is made again */
    nr_free(path);
    return bytes;
}

static nearer_status keep(const nearer_cache *cache, const char *name, nr_text *bytes,
                          nearer_error *err)
{
    nr_output output = {0};
    char *path = path_of(cache, name);
    *nr_output_add(&output, "") = *bytes;
    *bytes = (nr_text){0};
    nearer_status status = path == NULL ? nr_fail_memory(err) : nr_output_write(&output, path, err);
    nr_output_clear(&output);
    nr_free(path);
    return status;
}

nearer_status nearer_cache_open(nearer_cache **out, const char *folder, nearer_error *err)
{
    NR_TRY(nearer_folder_make(folder, err));
    nearer_cache *cache = nr_alloc(1, sizeof *cache);
    if (cache == NULL) return nr_fail_memory(err);
    *cache = (nearer_cache){nr_copy_text(folder, strlen(folder)), find, keep};
    if (cache->folder == NULL) {
        nr_free(cache);
        return nr_fail_memory(err);
    }
    *out = cache;
    return NEARER_OK;
}

void nearer_cache_free(nearer_cache *cache)
{
    if (cache == NULL) return;
    nr_free(cache->folder);
    nr_free(cache);
}
