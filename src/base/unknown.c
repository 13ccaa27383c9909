#include "base/unknown.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance in which two swapped letters are one edit (optimal string alignment), letter case
 * aside, on words of up to 63 bytes. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > 63 || m > 63) return 64;
    size_t rows[3][64] = {{0}}, *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++) above[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            char x = nr_lower(a[i - 1]), y = nr_lower(b[j - 1]);
            row[j] = least(above[j - 1] + (x != y), least(row[j - 1], above[j]) + 1);
            if (i > 1 && j > 1 && x == nr_lower(b[j - 2]) && y == nr_lower(a[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[m];
}

const char *nr_suggest(const char *word, nr_known *known, const void *context)
{
    const char *best = NULL, *candidate;
    size_t best_distance = 1 + strlen(word) / 3; /* a third of the letters may be wrong */
    for (size_t i = 0; (candidate = known(context, i)) != NULL; i++) {
        size_t distance = edit_distance(word, candidate);
        size_t n = strlen(word);
        if (n >= 3 && strlen(candidate) > n) {
            /* the beginning of a longer name is near it */
            size_t k = 0;
            while (k < n && nr_lower(word[k]) == nr_lower(candidate[k])) k++;
            if (k == n) distance = 1;
        }
        if (distance < best_distance || (distance == best_distance && best == NULL)) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

nearer_status nr_fail_unknown(nearer_error *err, const char *word, nr_known *known,
                              const void *context, const char *format, ...)
{
    enum { KNOWN_LENGTH = 500 };
    char sentence[400];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    const char *near = nr_suggest(word, known, context), *candidate;
    if (near != NULL) return nr_fail(err, NEARER_NAME, "%s; did you mean '%s'?", sentence, near);
    nr_text list = {0};
    for (size_t i = 0; (candidate = known(context, i)) != NULL && list.length < KNOWN_LENGTH; i++)
        nr_text_print(&list, "%s%s", i > 0 ? ", " : "", candidate);
    nr_fail(err, NEARER_NAME, "%s; known: %s", sentence, list.bytes == NULL ? "none" : list.bytes);
    nr_text_clear(&list);
    return NEARER_NAME;
}
