/* formats/encoding: text in the encodings planners' files come in, turned into UTF-8 by iconv. */
#ifndef NR_FORMATS_ENCODING_H
#define NR_FORMATS_ENCODING_H
#include <iconv.h>

#include "base/error.h"
#include "base/text.h"

/* Turns *bytes (nr_alloc'ed, a 0 behind them) into UTF-8 in their place. NULL as `encoding`: they
 * must be UTF-8 already. A byte order mark is cut. Fails with SYNTAX (*wrong is where; the bytes
 * stay), NAME (no such encoding), MEMORY. */
nearer_status nr_to_utf8(char **bytes, size_t *length, size_t *wrong, const char *encoding,
                         nearer_error *err);

/* Turns one short text after another. {0}: they are UTF-8. */
typedef struct nr_decoder {
    const char *encoding; /* NULL: UTF-8 */
    iconv_t handle;
} nr_decoder;
/* Fails with NAME. Clear with nr_decoder_clear. */
nearer_status nr_decoder_open(nr_decoder *out, const char *encoding, nearer_error *err);
/* Adds the text to `out`; false when it is not in the decoder's encoding. */
bool nr_decode(nr_text *out, const nr_decoder *decoder, const char *text, size_t length);
void nr_decoder_clear(nr_decoder *decoder);

/* The encoding a shapefile's .cpg (its first line) means: "936", "UTF-8", "ANSI 1252" ...; NULL:
 * none known by that name. */
const char *nr_encoding_of_cpg(const char *text, char buffer[32]);
/* The encoding of a DBF header's language byte; NULL: it says nothing. */
const char *nr_encoding_of_dbf(int language);
#endif
