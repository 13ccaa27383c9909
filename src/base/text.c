#define _GNU_SOURCE /* strtod_l: the host program's locale must not change what a file says */
#include "base/text.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

char nr_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* NAN when there is no memory for a locale. */
static double strtod_point(const char *text)
{
    locale_t c_locale = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0) return NAN;
    double value = strtod_l(text, NULL, c_locale);
    freelocale(c_locale);
    return value;
}

/* A decimal number as it is read. strtod alone would also take hexadecimal, "nan(...)" and line
 * ends, which no table means. */
typedef struct decimal {
    const char *end;           /* NULL: the text begins with no number */
    unsigned long long digits; /* all of them, when there are up to 19 */
    size_t count, decimals;
    bool negative, plain; /* plain: digits and a point alone */
} decimal;

static decimal read_decimal(const char *text)
{
    decimal d = {.negative = *text == '-', .plain = true};
    const char *p = text + (*text == '-' || *text == '+'), *begin = p;
    for (; *p >= '0' && *p <= '9'; p++) d.digits = d.digits * 10 + (unsigned)(*p - '0');
    d.count = (size_t)(p - begin);
    if (*p == '.') {
        begin = ++p;
        for (; *p >= '0' && *p <= '9'; p++) d.digits = d.digits * 10 + (unsigned)(*p - '0');
        d.decimals = (size_t)(p - begin);
        d.count += d.decimals;
    }
    if (d.count == 0) {
        d.plain = false;
        bool infinite = nr_lower(p[0]) == 'i' && nr_lower(p[1]) == 'n' && nr_lower(p[2]) == 'f';
        if (infinite && p == text + (*text == '-' || *text == '+')) d.end = p + 3;
        return d;
    }
    d.end = p;
    if (nr_lower(*p) != 'e') return d;
    d.plain = false;
    p += 1 + (p[1] == '-' || p[1] == '+');
    d.end = *p >= '0' && *p <= '9' ? p + strspn(p, "0123456789") : NULL;
    return d;
}

bool nr_parse_number(const char *text, double *out)
{
    /* Up to 15 digits and a power of ten up to 15 are exact in a double, and so is their quotient
     * rounded once (Clinger 1990): nearly every number in a table takes this way. */
    static const double power[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    while (is_blank(*text)) text++;
    const decimal d = read_decimal(text);
    if (d.end == NULL) return false;
    const char *rest = d.end;
    while (is_blank(*rest)) rest++;
    if (*rest != 0) return false;
    double value =
        d.plain && d.count <= 15 ? (double)d.digits / power[d.decimals] : fabs(strtod_point(text));
    bool says_infinite = nr_lower(d.end[-1]) == 'f';
    if (isnan(value) || (isinf(value) && !says_infinite)) return false; /* beyond a double */
    *out = d.negative ? -value : value;
    return true;
}

static void point_as_mark(char *text)
{
    for (char *p = text; *p != 0; p++)
        if (strchr("0123456789+-einf", *p) == NULL) *p = '.';
}

/* Numbers of up to 15 digits and 6 decimals, which are most, without trying: the digits are found
 * when so many decimals, divided again, give the number. */
static bool format_plain(double value, char buffer[NR_NUMBER_TEXT])
{
    static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    double size = fabs(value);
    if (size >= 1e9 || (size < 1e-4 && size != 0) || signbit(value) != (value < 0)) return false;
    for (int decimals = 0; decimals <= 6; decimals++) {
        double scaled = floor(size * power[decimals] + 0.5);
        if (scaled / power[decimals] != size) continue;
        char digits[24];
        int n = 0, at = 0;
        unsigned long long left = (unsigned long long)scaled;
        do digits[n++] = (char)('0' + left % 10);
        while ((left /= 10) > 0 || n <= decimals);
        if (value < 0) buffer[at++] = '-';
        while (n > 0) {
            if (n == decimals) buffer[at++] = '.';
            buffer[at++] = digits[--n];
        }
        buffer[at] = 0;
        return true;
    }
    return false;
}

const char *nr_format_number(double value, char buffer[NR_NUMBER_TEXT])
{
    buffer[0] = 0;
    if (isnan(value)) return buffer;
    if (isinf(value)) return strcpy(buffer, value > 0 ? "inf" : "-inf");
    if (format_plain(value, buffer)) return buffer;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, NR_NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) break; /* both in the same locale, whichever it is */
    }
    point_as_mark(buffer);
    return buffer;
}

const char *nr_format_fixed(double value, int decimals, char buffer[NR_NUMBER_TEXT])
{
    if (isnan(value) || isinf(value) || fabs(value) >= 1e15) return nr_format_number(value, buffer);
    snprintf(buffer, NR_NUMBER_TEXT, "%.*f", decimals, value);
    point_as_mark(buffer);
    /* "-0.0" says nothing that "0.0" does not */
    if (buffer[0] == '-' && strspn(buffer + 1, "0.") == strlen(buffer + 1))
        memmove(buffer, buffer + 1, strlen(buffer));
    return buffer;
}

/* Bytes of the character at p, 0 when it is none: RFC 3629, no overlong forms, no surrogates. */
static size_t character_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80) return 1;
    size_t n = p[0] >= 0xC2 && p[0] <= 0xDF ? 2
               : (p[0] & 0xF0) == 0xE0      ? 3
               : (p[0] & 0xF8) == 0xF0      ? 4
                                            : 0;
    if (n == 0 || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    bool wrong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
                 (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F) || p[0] > 0xF4;
    return wrong ? 0 : n;
}

size_t nr_utf8_length(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint64_t eight;
        while (at + sizeof eight <= length) { /* most text is ASCII */
            memcpy(&eight, bytes + at, sizeof eight);
            if ((eight & 0x8080808080808080u) != 0) break;
            at += sizeof eight;
        }
        if (at == length) break;
        size_t n = character_length((const unsigned char *)bytes + at, length - at);
        if (n == 0) break;
        at += n;
    }
    return at;
}

bool nr_same_word(const char *a, const char *b)
{
    while (*a != 0 && nr_lower(*a) == nr_lower(*b)) a++, b++;
    return nr_lower(*a) == nr_lower(*b);
}

void nr_text_add(nr_text *text, const char *bytes, size_t length)
{
    if (text->failed) return;
    if (text->length + length + 1 > text->capacity) {
        size_t larger = (text->length + length + 1) * 2;
        char *moved = nr_realloc(text->bytes, larger, 1);
        if (moved == NULL) {
            text->failed = true;
            return;
        }
        text->bytes = moved;
        text->capacity = larger;
    }
    if (length > 0) memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = 0;
}

void nr_text_add_word(nr_text *text, const char *word)
{
    nr_text_add(text, word, strlen(word));
}

void nr_text_print(nr_text *text, const char *format, ...)
{
    char buffer[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(buffer, sizeof buffer, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < sizeof buffer) {
        nr_text_add(text, buffer, (size_t)n);
    } else if (n >= 0) {
        char *longer = nr_alloc((size_t)n + 1, 1);
        if (longer == NULL) {
            text->failed = true;
        } else {
            vsnprintf(longer, (size_t)n + 1, format, again);
            nr_text_add(text, longer, (size_t)n);
            nr_free(longer);
        }
    }
    va_end(again);
}

char *nr_text_take(nr_text *text)
{
    nr_text_add(text, "", 0);
    char *bytes = text->bytes;
    if (text->failed) {
        nr_free(bytes);
        bytes = NULL;
    }
    *text = (nr_text){0};
    return bytes;
}

void nr_text_clear(nr_text *text)
{
    nr_free(text->bytes);
    *text = (nr_text){0};
}
