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

static const char *skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9') p++;
    return p;
}

/* Behind the number the text begins with; NULL when there is none. strtod alone would also take
 * hexadecimal, "nan(...)" and line ends, which no table means. */
static const char *number_end(const char *text)
{
    const char *begin = text + (*text == '-' || *text == '+');
    if (nr_lower(begin[0]) == 'i' && nr_lower(begin[1]) == 'n' && nr_lower(begin[2]) == 'f')
        return begin + 3;
    const char *p = skip_digits(begin);
    bool digits = p > begin;
    if (*p == '.') {
        begin = p + 1;
        p = skip_digits(begin);
        digits = digits || p > begin;
    }
    if (!digits) return NULL;
    if (nr_lower(*p) != 'e') return p;
    begin = p + 1 + (p[1] == '-' || p[1] == '+');
    p = skip_digits(begin);
    return p > begin ? p : NULL;
}

/* Digits and a point alone, as nearly every number in a table. Up to 15 digits and a power of ten
 * up to 15 are exact in a double, and so is their quotient rounded once (Clinger 1990). */
static bool parse_plain(const char *text, double *out)
{
    static const double power[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *begin = text + (*text == '-'), *p = begin;
    uint64_t digits = 0; /* of more than 19 it is wrong, and not used */
    size_t decimals = 0;
    for (; *p >= '0' && *p <= '9'; p++) digits = digits * 10 + (uint64_t)(*p - '0');
    size_t count = (size_t)(p - begin);
    if (*p == '.') {
        begin = ++p;
        for (; *p >= '0' && *p <= '9'; p++) digits = digits * 10 + (uint64_t)(*p - '0');
        decimals = (size_t)(p - begin);
        count += decimals;
    }
    if (*p != 0 || count == 0 || count > 15) return false;
    double value = (double)digits;
    if (decimals > 0) value /= power[decimals];
    *out = *text == '-' ? -value : value;
    return true;
}

bool nr_parse_number(const char *text, double *out)
{
    if (parse_plain(text, out)) return true;
    while (is_blank(*text)) text++;
    const char *end = number_end(text), *rest = end;
    if (end == NULL) return false;
    while (is_blank(*rest)) rest++;
    if (*rest != 0) return false;
    double value = strtod_point(text);
    bool says_infinite = nr_lower(end[-1]) == 'f';
    if (isnan(value) || (isinf(value) && !says_infinite)) return false; /* beyond a double */
    *out = value;
    return true;
}

bool nr_is_long_integer(const char *text, size_t length)
{
    size_t sign = length > 0 && text[0] == '-' ? 1 : 0;
    for (size_t i = sign; i < length; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    return length - sign > 15;
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
