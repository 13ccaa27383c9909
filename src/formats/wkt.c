#include "formats/wkt.h"

#include <string.h>

#include "base/memory.h"

static const char *behind_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Behind the word, letter case aside; NULL when another stands there. */
static const char *behind_word(const char *at, const char *word)
{
    at = behind_blanks(at);
    while (*word != 0 && nr_lower(*at) == nr_lower(*word)) at++, word++;
    bool more = (nr_lower(*at) >= 'a' && nr_lower(*at) <= 'z') || *at == '_';
    return *word == 0 && !more ? at : NULL;
}

/* One vertex: two numbers, and up to two more. NULL: it is none. */
static const char *read_vertex(nr_lonlat *out, const char *at)
{
    double numbers[4];
    size_t n = 0;
    for (; n < 4; n++) {
        char number[64];
        at = behind_blanks(at);
        size_t length = strcspn(at, " \t\r\n,()");
        if (length == 0) break;
        if (length >= sizeof number) return NULL;
        memcpy(number, at, length);
        number[length] = 0;
        if (!nr_parse_number(number, &numbers[n])) return NULL;
        at += length;
    }
    if (n < 2) return NULL;
    *out = (nr_lonlat){numbers[0], numbers[1]};
    return behind_blanks(at);
}

static bool add_vertex(nr_vertices *out, nr_lonlat at)
{
    if (!nr_grow((void **)&out->at, out->count, &out->capacity, sizeof *out->at)) {
        out->failed = true;
        return false;
    }
    out->at[out->count++] = at;
    return true;
}

bool nr_wkt_read_line(nr_vertices *out, const char *text)
{
    static const char *const kinds[] = {"ZM", "Z", "M"};
    const char *at = behind_blanks(text), *next;
    out->count = 0;
    if (strncmp(at, "SRID=", 5) == 0) at = strchr(at, ';') == NULL ? at : strchr(at, ';') + 1;
    at = behind_word(at, "LINESTRING");
    for (size_t i = 0; i < 3 && at != NULL; i++)
        if ((next = behind_word(at, kinds[i])) != NULL) at = next;
    if (at == NULL) return false;
    if ((next = behind_word(at, "EMPTY")) != NULL) return *behind_blanks(next) == 0;
    at = behind_blanks(at);
    if (*at != '(') return false;
    do {
        nr_lonlat v;
        at = read_vertex(&v, at + 1);
        if (at == NULL || !add_vertex(out, v)) return false;
    } while (*at == ',');
    return *at == ')' && *behind_blanks(at + 1) == 0 && out->count >= 2;
}

void nr_wkt_add_line(nr_text *out, const nr_lonlat *at, size_t n)
{
    nr_text_add_word(out, "LINESTRING (");
    for (size_t i = 0; i < n; i++) {
        char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
        nr_text_print(out, "%s%s %s", i > 0 ? ", " : "", nr_format_number(at[i].lon, x),
                      nr_format_number(at[i].lat, y));
    }
    nr_text_add(out, ")", 1);
}
