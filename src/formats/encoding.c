#include "formats/encoding.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

static bool is_utf8(const char *encoding)
{
    return encoding == NULL || nr_same_word(encoding, "UTF-8") || nr_same_word(encoding, "UTF8");
}

nearer_status nr_decoder_open(nr_decoder *out, const char *encoding, nearer_error *err)
{
    *out = (nr_decoder){0};
    if (is_utf8(encoding)) return NEARER_OK;
    iconv_t handle = iconv_open("UTF-8", encoding);
    if (handle == (iconv_t)-1)
        return nr_fail(err, NEARER_NAME,
                       "unknown text encoding '%.40s'; UTF-8, GBK, GB18030, ISO-8859-1, CP1250, "
                       "CP1251, CP1252 or another that iconv knows was expected",
                       encoding);
    *out = (nr_decoder){encoding, handle};
    return NEARER_OK;
}

void nr_decoder_clear(nr_decoder *decoder)
{
    if (decoder->encoding != NULL) iconv_close(decoder->handle);
    *decoder = (nr_decoder){0};
}

/* Adds what `text` says in UTF-8; returns how many of its bytes were understood. */
static size_t decode(nr_text *out, const nr_decoder *decoder, const char *text, size_t length)
{
    char buffer[4096], *from = (char *)text;
    size_t left = length;
    iconv(decoder->handle, NULL, NULL, NULL, NULL);
    for (bool more = true; more;) {
        char *to = buffer;
        size_t room = sizeof buffer;
        more = left > 0; /* at the end iconv gives the letter a mark could still have followed */
        size_t code = iconv(decoder->handle, more ? &from : NULL, &left, &to, &room);
        nr_text_add(out, buffer, sizeof buffer - room);
        if (code == (size_t)-1 && errno != E2BIG) break;
    }
    return length - left;
}

bool nr_decode(nr_text *out, const nr_decoder *decoder, const char *text, size_t length)
{
    if (decoder->encoding != NULL) return decode(out, decoder, text, length) == length;
    nr_text_add(out, text, length);
    return nr_utf8_length(text, length) == length;
}

static void cut_mark(char *bytes, size_t *length)
{
    if (*length < 3 || memcmp(bytes, "\xEF\xBB\xBF", 3) != 0) return;
    memmove(bytes, bytes + 3, *length - 2);
    *length -= 3;
}

nearer_status nr_to_utf8(char **bytes, size_t *length, size_t *wrong, const char *encoding,
                         nearer_error *err)
{
    nr_decoder decoder;
    NR_TRY(nr_decoder_open(&decoder, encoding, err));
    if (decoder.encoding != NULL) {
        nr_text text = {0};
        *wrong = decode(&text, &decoder, *bytes, *length);
        nr_decoder_clear(&decoder);
        size_t decoded = text.length;
        char *taken = nr_text_take(&text);
        if (taken == NULL || *wrong < *length) {
            nr_free(taken);
            return taken == NULL ? nr_fail_memory(err)
                                 : nr_fail(err, NEARER_SYNTAX, "text that is not %s", encoding);
        }
        nr_free(*bytes);
        *bytes = taken;
        *length = decoded;
    }
    const char *zero = memchr(*bytes, 0, *length);
    *wrong = nr_utf8_length(*bytes, zero == NULL ? *length : (size_t)(zero - *bytes));
    if (*wrong < *length) return nr_fail(err, NEARER_SYNTAX, "text that is not UTF-8");
    cut_mark(*bytes, length);
    return NEARER_OK;
}

/* Letter case aside. */
static bool begins(const char *word, const char *with)
{
    while (*with != 0 && nr_lower(*word) == nr_lower(*with)) word++, with++;
    return *with == 0;
}

const char *nr_encoding_of_cpg(const char *text, char buffer[32])
{
    static const char *const cut[] = {"ANSI ", "OEM ", "cp", "windows-", ""};
    size_t n = strcspn(text, "\r\n");
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t')) n--;
    if (n == 0 || n > 24) return NULL;
    char word[32];
    memcpy(word, text, n);
    word[n] = 0;
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        const char *rest = word + strlen(cut[i]);
        if (!begins(word, cut[i]) || rest[0] == 0 || strspn(rest, "0123456789") != strlen(rest))
            continue;
        if (strcmp(rest, "65001") == 0) return "UTF-8";
        if (strcmp(rest, "54936") == 0) return "GB18030";
        /* "88591" is what ESRI calls ISO 8859-1 */
        if (strncmp(rest, "8859", 4) == 0 && rest[4] != 0)
            snprintf(buffer, 32, "ISO-8859-%.3s", rest + 4);
        else
            snprintf(buffer, 32, "CP%.8s", rest);
        return buffer;
    }
    bool iso = begins(word, "ISO 8859") || begins(word, "8859");
    const char *tail = iso ? word + (word[0] == '8' ? 4 : 8) : NULL;
    if (iso) tail += tail[0] == '-' || tail[0] == '_';
    if (iso)
        snprintf(buffer, 32, "ISO-8859-%.3s", tail);
    else
        snprintf(buffer, 32, "%.30s", word);
    return buffer;
}

const char *nr_encoding_of_dbf(int language)
{
    /* ESRI's list of language drivers; only those whose code page iconv has */
    static const struct {
        int first, last;
        const char *encoding;
    } known[] = {{0x01, 0x01, "CP437"},  {0x02, 0x02, "CP850"},  {0x03, 0x03, "CP1252"},
                 {0x08, 0x08, "CP865"},  {0x09, 0x0A, "CP850"},  {0x0D, 0x0D, "CP437"},
                 {0x10, 0x10, "CP850"},  {0x12, 0x12, "CP850"},  {0x13, 0x13, "CP932"},
                 {0x1F, 0x1F, "CP852"},  {0x26, 0x26, "CP866"},  {0x4D, 0x4D, "GBK"},
                 {0x4E, 0x4E, "CP949"},  {0x4F, 0x4F, "BIG5"},   {0x50, 0x50, "CP874"},
                 {0x57, 0x59, "CP1252"}, {0x64, 0x64, "CP852"},  {0x65, 0x65, "CP866"},
                 {0x66, 0x66, "CP865"},  {0x67, 0x67, "CP861"},  {0x6A, 0x6A, "CP737"},
                 {0x6B, 0x6B, "CP857"},  {0x78, 0x78, "BIG5"},   {0x79, 0x79, "CP949"},
                 {0x7A, 0x7A, "GBK"},    {0x7B, 0x7B, "CP932"},  {0x7C, 0x7C, "CP874"},
                 {0xC8, 0xC8, "CP1250"}, {0xC9, 0xC9, "CP1251"}, {0xCA, 0xCA, "CP1254"},
                 {0xCB, 0xCB, "CP1253"}, {0xCC, 0xCC, "CP1257"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (language >= known[i].first && language <= known[i].last) return known[i].encoding;
    return NULL;
}
