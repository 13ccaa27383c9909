/* base/text: numbers and words, the same in every locale. */
#ifndef NR_BASE_TEXT_H
#define NR_BASE_TEXT_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Reads a whole text as a decimal number ("12", "-3.5e2", "inf"), blanks around it aside; false
 * when it is anything else or empty. */
bool nr_parse_number(const char *text, double *out);
/* A whole number of more digits than a double is sure to hold: a name of something. */
bool nr_is_long_integer(const char *text, size_t length);

enum { NR_NUMBER_TEXT = 40 };
/* The shortest text that reads back as the same double; "inf", "-inf", "" for NAN. */
const char *nr_format_number(double value, char buffer[NR_NUMBER_TEXT]);
/* With that many decimals, point as decimal mark; "inf" and "" as above. */
const char *nr_format_fixed(double value, int decimals, char buffer[NR_NUMBER_TEXT]);

/* An ASCII letter in lower case, anything else as it is. */
char nr_lower(char c);
/* How many of the bytes are UTF-8: `length`, or where the first wrong one stands. */
size_t nr_utf8_length(const char *bytes, size_t length);
/* Equal, ASCII letter case aside. */
bool nr_same_word(const char *a, const char *b);

typedef struct nr_text_list {
    const char **items;
    size_t count;
} nr_text_list;

/* A growing text. After a failed allocation `failed` stays set and nothing more is added. */
typedef struct nr_text {
    char *bytes; /* ends in 0 */
    size_t length, capacity;
    bool failed;
} nr_text;

void nr_text_add(nr_text *text, const char *bytes, size_t length);
void nr_text_add_word(nr_text *text, const char *word);
void nr_text_print(nr_text *text, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
/* Gives the bytes away (free with nr_free) or NULL when something failed. */
char *nr_text_take(nr_text *text);
void nr_text_clear(nr_text *text);
#endif
