/* What a command reads, so that its outcome is not written over it. */
#include <string.h>

#include "formats/format.h"
#include "formats/study_file.h"
#include "study/study.h"

/* The folder a path lies in is this one. */
static bool lies_in(const char *path, const char *folder)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    while (n > 0 && path[n - 1] != '/') n--;
    char *parent = nr_copy_text(n == 0 ? "." : path, n == 0 ? 1 : n);
    bool same = parent != NULL && nr_folder_exists(folder) && nearer_same_file(parent, folder);
    nr_free(parent);
    return same;
}

/* Writing to `path` touches `input`: one file, a file in a folder, or a folder around a file of a
 * network. */
static bool touches(const char *path, const char *input)
{
    static const char *const parts[] = {"/config.csv", "/node.csv", "/link.csv"};
    if (nearer_same_file(path, input) || lies_in(path, input)) return true;
    bool same = false;
    for (size_t i = 0; i < 3 && nr_folder_exists(path); i++) {
        nr_text part = {0};
        nr_text_add_word(&part, path);
        nr_text_add_word(&part, parts[i]);
        char *whole = nr_text_take(&part);
        same = same || (whole != NULL && nearer_same_file(whole, input));
        nr_free(whole);
    }
    return same;
}

static bool touches_beside(const char *path, const char *study, const char *file)
{
    char *full = file == NULL ? NULL : nr_path_beside(study, file);
    bool same = full != NULL && touches(path, full);
    nr_free(full);
    return same;
}

static bool touches_named(const char *path, const char *study, const nr_study_spec *spec)
{
    bool found = touches_beside(path, study, spec->places.file);
    for (size_t i = 0; i < spec->layer_count && !found; i++)
        found = touches_beside(path, study, spec->layers[i].file) ||
                touches_beside(path, study, spec->layers[i].nodes.file);
    for (size_t i = 0; i < spec->mass_count && !found; i++)
        found = touches_beside(path, study, spec->masses[i].file);
    return found;
}

bool nearer_reads(const char *input, const char *path)
{
    nr_study_spec spec;
    size_t n = strlen(input);
    if (touches(path, input)) return true;
    if (n <= 5 || !nr_same_word(input + n - 5, ".json")) return false;
    if (nr_study_file_read(&spec, input, NULL) != NEARER_OK) return false;
    bool found = touches_named(path, input, &spec);
    nr_study_spec_clear(&spec);
    return found;
}
