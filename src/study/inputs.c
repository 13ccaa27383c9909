/* What a command reads, so that its outcome is not written over it. */
#include <string.h>

#include "formats/format.h"
#include "formats/study_file.h"
#include "study/study.h"

/* A path that may be written over the file or folder `input`; memory that ran out is remembered. */
typedef struct question {
    const char *path;
    bool starved;
} question;

/* The folder the path lies in is this one. */
static bool lies_in(question *q, const char *folder)
{
    size_t n = strlen(q->path);
    while (n > 1 && q->path[n - 1] == '/') n--;
    while (n > 0 && q->path[n - 1] != '/') n--;
    if (!nr_folder_exists(folder)) return false;
    char *parent = nr_copy_text(n == 0 ? "." : q->path, n == 0 ? 1 : n);
    bool same = parent != NULL && nearer_same_file(parent, folder);
    q->starved = q->starved || parent == NULL;
    nr_free(parent);
    return same;
}

/* Writing to the path touches `input`: one file, a file in a folder, or a folder around a file of a
 * network. */
static bool touches(question *q, const char *input)
{
    static const char *const parts[] = {"/config.csv", "/node.csv", "/link.csv"};
    if (nearer_same_file(q->path, input) || lies_in(q, input)) return true;
    bool same = false;
    for (size_t i = 0; i < 3 && nr_folder_exists(q->path); i++) {
        nr_text part = {0};
        nr_text_add_word(&part, q->path);
        nr_text_add_word(&part, parts[i]);
        char *whole = nr_text_take(&part);
        same = same || (whole != NULL && nearer_same_file(whole, input));
        q->starved = q->starved || whole == NULL;
        nr_free(whole);
    }
    return same;
}

static bool touches_beside(question *q, const char *study, const char *file)
{
    if (file == NULL) return false;
    char *full = nr_path_beside(study, file);
    bool same = full != NULL && touches(q, full);
    q->starved = q->starved || full == NULL;
    nr_free(full);
    return same;
}

static bool touches_named(question *q, const char *study, const nr_study_spec *spec)
{
    bool found = touches_beside(q, study, spec->places.file) ||
                 touches_beside(q, study, spec->growth.planned);
    for (size_t i = 0; i < spec->layer_count && !found; i++)
        found = touches_beside(q, study, spec->layers[i].file) ||
                touches_beside(q, study, spec->layers[i].nodes.file);
    for (size_t i = 0; i < spec->mass_count && !found; i++)
        found = touches_beside(q, study, spec->masses[i].file);
    return found;
}

nearer_status nearer_reads(bool *out, const char *input, const char *path, nearer_error *err)
{
    question q = {path, false};
    nr_study_spec spec;
    size_t n = strlen(input);
    bool found = touches(&q, input);
    if (!found && n > 5 && nr_same_word(input + n - 5, ".json")) {
        nearer_status status = nr_study_file_read(&spec, input, NULL);
        q.starved = q.starved || status == NEARER_MEMORY; /* what else is wrong is said later */
        found = status == NEARER_OK && touches_named(&q, input, &spec);
        if (status == NEARER_OK) nr_study_spec_clear(&spec);
    }
    if (q.starved) return nr_fail_memory(err);
    *out = found;
    return NEARER_OK;
}
