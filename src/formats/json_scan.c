#include "formats/json_scan.h"

#include <string.h>

const char *nr_json_blank(const char *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') at++;
    return at;
}

/* Behind the closing quote; NULL when there is none. */
static const char *skip_text(const char *at)
{
    for (at++; *at != '"'; at++) {
        if (*at == '\\') at++;
        if (*at == 0) return NULL;
    }
    return at + 1;
}

/* Behind the bracket that closes the one at `at`; NULL when there is none. */
static const char *skip_brackets(const char *at)
{
    static const bool counts[256] = {
        ['"'] = true, ['{'] = true, ['}'] = true, ['['] = true, [']'] = true, [0] = true};
    size_t depth = 0;
    for (;;) {
        while (!counts[(unsigned char)*at]) at++;
        if (*at == 0) return NULL;
        if (*at == '"') {
            at = skip_text(at);
            if (at == NULL) return NULL;
            continue;
        }
        depth += *at == '{' || *at == '[' ? 1 : (size_t)-1;
        at++;
        if (depth == 0) return at;
    }
}

const char *nr_json_value(nr_json_part *out, const char *at)
{
    at = nr_json_blank(at);
    out->begin = at;
    if (*at == '{' || *at == '[')
        out->end = skip_brackets(at);
    else if (*at == '"')
        out->end = skip_text(at);
    else
        out->end = at + strspn(at, "-+.0123456789eEtrufalsn");
    return out->end == NULL || out->end == at ? at : NULL;
}

bool nr_json_is(const nr_json_part *part, const char *text)
{
    size_t n = strlen(text);
    return part->begin != NULL && (size_t)(part->end - part->begin) == n &&
           memcmp(part->begin, text, n) == 0;
}

size_t nr_json_line(nr_json_lines *lines, const char *at)
{
    if (lines->at == NULL || at < lines->at)
        *lines = (nr_json_lines){lines->bytes, lines->bytes, 0};
    const char *p = lines->at;
    while ((p = memchr(p, '\n', (size_t)(at - p))) != NULL) {
        lines->line++;
        p++;
    }
    lines->at = at;
    return lines->line + 1;
}

nr_json_items nr_json_begin(const char *bracket)
{
    return (nr_json_items){.at = bracket + 1};
}

static bool fail(nr_json_items *items, const char *at)
{
    items->wrong = at;
    return false;
}

bool nr_json_next(nr_json_items *items, nr_json_part *name, nr_json_part *value)
{
    const char *at = nr_json_blank(items->at), *wrong;
    char closing = name == NULL ? ']' : '}';
    if (items->wrong != NULL) return false;
    if (*at == closing) {
        items->at = at;
        return false;
    }
    if (items->begun) {
        if (*at != ',') return fail(items, at);
        at = nr_json_blank(at + 1);
    }
    if (name != NULL) {
        wrong = nr_json_value(name, at);
        if (wrong != NULL || *name->begin != '"') return fail(items, at);
        at = nr_json_blank(name->end);
        if (*at != ':') return fail(items, at);
        at++;
    }
    wrong = nr_json_value(value, at);
    if (wrong != NULL) return fail(items, wrong);
    items->at = value->end;
    items->begun = true;
    return true;
}

bool nr_json_member(nr_json_part *value, const char *bracket, const char *name, size_t number)
{
    nr_json_part at;
    nr_json_items items = nr_json_begin(bracket);
    for (size_t i = 0; nr_json_next(&items, &at, value); i++)
        if (name != NULL ? nr_json_is(&at, name) : i == number) return true;
    return false;
}
