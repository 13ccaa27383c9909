/* What bytes say in the encodings of planners' files; the bytes are those of the code pages' own
 * tables. */
#include <shapefil.h>

#include "base/memory.h"
#include "formats/encoding.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static const struct {
    const char *encoding, *bytes, *text;
} words[] = {
    {"GBK", "\xCE\xE4\xBA\xBA", "武汉"},
    {"GBK", "Wuhan \xCE\xE4 1", "Wuhan 武 1"},
    {"gbk", "\xCC\xAB\xD4\xAD", "太原"}, /* which UTF-8 would have too, as other letters */
    {"GB18030", "\xCE\xE4\xBA\xBA", "武汉"},
    {"GB18030", "\x95\x32\x82\x36", "\U00020000"}, /* four bytes */
    {"GB18030", "\xA2\xE3", "€"},
    {"BIG5", "\xA5\x78\xA5\x5F", "台北"},
    {"CP932", "\x93\x8C\x8B\x9E", "東京"},
    {"CP949", "\xBC\xAD\xBF\xEF", "서울"},
    {"ISO-8859-1", "Z\xFCrich", "Zürich"},
    {"ISO-8859-1", "\x80\xFF", "\xC2\x80ÿ"}, /* every byte is a character */
    {"ISO-8859-2", "\xA3\xF3\x64\xBC", "Łódź"},
    {"ISO-8859-15", "\xA4", "€"},
    {"CP1250", "\xA3\xF3\x64\x9F", "Łódź"},
    {"CP1251", "\xCC\xEE\xF1\xEA\xE2\xE0", "Москва"},
    {"CP1252", "\x80 Z\xFCrich", "€ Zürich"},
    {"CP866", "\x8C\xAE\xE1\xAA\xA2\xA0", "Москва"},
    {"CP437", "M\x81nchen", "München"},
    {"CP850", "M\x81nchen", "München"},
    {"CP852", "Krak\xA2w", "Kraków"},
    {"CP1253", "\xC1\xE8\xDE\xED\xE1", "Αθήνα"},
    {"CP1254", "\xDDzmir", "İzmir"},
    {"CP1257", "R\xEEga", "Rīga"},
    {"CP874", "\xA1\xC3\xD8\xA7", "กรุง"},
    /* iconv keeps a last letter that a mark could still follow until it is told to give it */
    {"CP1255", "\xF9\xEC\xE5\xED", "שלום"},
    {"CP1258", "Hanoi", "Hanoi"},
    {"UTF-8", "Zürich 武汉 \U00020000", "Zürich 武汉 \U00020000"},
    {"utf8", "ü", "ü"},
    {NULL, "武汉", "武汉"},
    {"GBK", "", ""},
    {NULL, "", ""},
};

static const struct {
    const char *encoding, *bytes;
    size_t wrong; /* the first byte not understood */
} bad[] = {
    {"GBK", "ab\xFF", 2},
    {"GBK", "\xCE\xE4\xCE", 2}, /* half a character at the end */
    {"GBK", "\xCE", 0},
    {"GB18030", "a\x95\x32\x82", 1},
    {"CP1252", "a\x81", 1}, /* not given to any character */
    {"CP1250", "ab\x83", 2},
    {"CP1251", "\x98", 0},
    {NULL, "Z\xFCrich", 1},
    {"UTF-8", "abc\xCE\xE4", 3},
    {"UTF-8", "\xC0\x80", 0},         /* overlong */
    {"UTF-8", "a\xED\xA0\x80", 1},    /* a surrogate */
    {"UTF-8", "\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
    {"UTF-8", "ab\xE6\xAD", 2},
};

static const char *name_of(const char *encoding)
{
    return encoding == NULL ? "no encoding" : encoding;
}

static void decode__gives_the_text_of_each_encoding(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        nr_decoder decoder;
        nr_text text = {0};
        assert_ok(nr_decoder_open(&decoder, words[i].encoding, &err));
        nr_text_add_word(&text, "<");
        /* twice: nothing of a text may hang over into the next */
        for (int k = 0; k < 2; k++)
            if (!nr_decode(&text, &decoder, words[i].bytes, strlen(words[i].bytes)))
                fail_msg("%s: word %zu is not understood", name_of(words[i].encoding), i);
        char expected[100];
        snprintf(expected, sizeof expected, "<%s%s", words[i].text, words[i].text);
        assert_string_equal(text.bytes, expected);
        nr_text_clear(&text);
        nr_decoder_clear(&decoder);
        assert_null(decoder.encoding);
    }
}

static void decode__says_when_bytes_are_no_text_and_goes_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        nr_decoder decoder;
        nr_text text = {0};
        assert_ok(nr_decoder_open(&decoder, bad[i].encoding, &err));
        if (nr_decode(&text, &decoder, bad[i].bytes, strlen(bad[i].bytes)))
            fail_msg("%s: bytes %zu are taken", name_of(bad[i].encoding), i);
        text.length = 0;
        assert_true(nr_decode(&text, &decoder, "good", 4));
        assert_string_equal(text.bytes, "good");
        nr_text_clear(&text);
        nr_decoder_clear(&decoder);
    }
}

static void to_utf8__turns_whole_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].bytes), wrong = 0;
        char *bytes = nr_copy_text(words[i].bytes, n);
        assert_ok(nr_to_utf8(&bytes, &n, &wrong, words[i].encoding, &err));
        assert_int_equal(n, strlen(words[i].text));
        assert_string_equal(bytes, words[i].text);
        nr_free(bytes);
    }
}

static void to_utf8__says_where_bytes_are_no_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t n = strlen(bad[i].bytes), wrong = 99;
        char *bytes = nr_copy_text(bad[i].bytes, n);
        assert_fails(nr_to_utf8(&bytes, &n, &wrong, bad[i].encoding, &err), NEARER_SYNTAX,
                     "text that is not ");
        if (wrong != bad[i].wrong)
            fail_msg("bytes %zu: wrong at %zu, not %zu", i, wrong, bad[i].wrong);
        assert_string_equal(bytes, bad[i].bytes); /* they stay, for the message */
        nr_free(bytes);
    }
}

static void to_utf8__is_not_bound_to_the_size_of_a_buffer(void **state)
{
    (void)state;
    /* 2 bytes each become 3; the buffer's end falls within a character */
    enum { N = 5000 };
    size_t n = 2 * N + 1, wrong;
    char *bytes = nr_alloc(n + 1, 1);
    assert_non_null(bytes);
    bytes[0] = 'a';
    for (size_t i = 0; i < N; i++) memcpy(bytes + 1 + 2 * i, "\xCE\xE4", 2);
    assert_ok(nr_to_utf8(&bytes, &n, &wrong, "GBK", &err));
    assert_int_equal(n, 1 + 3 * N);
    assert_int_equal(bytes[n], 0);
    for (size_t i = 0; i < N; i++) assert_memory_equal(bytes + 1 + 3 * i, "武", 3);
    nr_free(bytes);
}

static void to_utf8__cuts_the_mark_and_finds_zero_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *encoding, *bytes;
        size_t n;
        const char *text;
    } marked[] = {
        {NULL, "\xEF\xBB\xBFid", 5, "id"},          {"UTF-8", "\xEF\xBB\xBF", 3, ""},
        {"GB18030", "\x84\x31\x95\x33id", 6, "id"}, {"UTF-16", "\xFF\xFEi\0d\0", 6, "id"},
        {"UTF-16BE", "\xFE\xFF\0i\0d", 6, "id"},
    };
    size_t n, wrong = 0;
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        n = marked[i].n;
        char *bytes = nr_copy_text(marked[i].bytes, n);
        assert_ok(nr_to_utf8(&bytes, &n, &wrong, marked[i].encoding, &err));
        assert_int_equal(n, strlen(marked[i].text));
        assert_string_equal(bytes, marked[i].text);
        nr_free(bytes);
    }
    for (int gbk = 0; gbk < 2; gbk++) {
        n = 4;
        char *bytes = nr_copy_text("ab\0d", n);
        assert_int_equal(nr_to_utf8(&bytes, &n, &wrong, gbk ? "GBK" : NULL, &err), NEARER_SYNTAX);
        assert_int_equal(wrong, 2);
        nr_free(bytes);
    }
}

static void to_utf8__refuses_an_encoding_no_one_knows(void **state)
{
    (void)state;
    static const char *const unknown[] = {"klingon", "CP99999", "GBK,UTF-8"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        size_t n = 1, wrong = 0;
        char *bytes = nr_copy_text("a", n);
        nr_decoder decoder;
        assert_fails(nr_to_utf8(&bytes, &n, &wrong, unknown[i], &err), NEARER_NAME,
                     "unknown text encoding '");
        assert_non_null(strstr(err.message, "GB18030")); /* it says which there are */
        assert_fails(nr_decoder_open(&decoder, unknown[i], &err), NEARER_NAME, unknown[i]);
        assert_null(decoder.encoding);
        nr_free(bytes);
    }
}

static void cpg__has_many_names_for_an_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *cpg, *encoding; /* NULL: it says nothing */
    } names[] = {
        {"UTF-8", "UTF-8"},
        {"UTF-8\r\n", "UTF-8"},
        {"GBK \t\nmore", "GBK"},
        {"65001", "UTF-8"},
        {"cp65001", "UTF-8"},
        {"936", "CP936"},
        {"CP936", "CP936"},
        {"ANSI 936", "CP936"},
        {"54936", "GB18030"},
        {"GB18030", "GB18030"},
        {"1251", "CP1251"},
        {"ANSI 1252", "CP1252"},
        {"ansi 1252", "CP1252"},
        {"OEM 437", "CP437"},
        {"windows-1250", "CP1250"},
        {"Windows-1250", "CP1250"},
        {"88591", "ISO-8859-1"},
        {"885915", "ISO-8859-15"},
        {"8859-1", "ISO-8859-1"},
        {"8859_5", "ISO-8859-5"},
        {"ISO 8859-1", "ISO-8859-1"},
        {"iso 8859-1", "ISO-8859-1"},
        {"ISO-8859-2", "ISO-8859-2"},
        {"Big5", "Big5"},
        {"", NULL},
        {"\n", NULL},
        {"   ", NULL},
        {"this is far too long to be a name", NULL},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char buffer[32];
        const char *found = nr_encoding_of_cpg(names[i].cpg, buffer);
        if ((found == NULL) != (names[i].encoding == NULL) ||
            (found != NULL && strcmp(found, names[i].encoding) != 0))
            fail_msg("'%s' is %s", names[i].cpg, found == NULL ? "nothing" : found);
        nr_decoder decoder; /* and iconv knows it */
        assert_ok(nr_decoder_open(&decoder, found, &err));
        nr_decoder_clear(&decoder);
    }
}

static void dbf_language__is_a_code_page(void **state)
{
    (void)state;
    /* ESRI's and dBASE's lists of language drivers */
    static const struct {
        int language;
        const char *bytes, *text;
    } known[] = {
        {0x01, "M\x81nchen", "München"},    {0x02, "M\x81nchen", "München"},
        {0x03, "Z\xFCrich", "Zürich"},      {0x13, "\x93\x8C\x8B\x9E", "東京"},
        {0x26, "\x8C\xAE\xE1\xAA", "Моск"}, {0x4D, "\xCE\xE4\xBA\xBA", "武汉"},
        {0x4E, "\xBC\xAD\xBF\xEF", "서울"}, {0x4F, "\xA5\x78\xA5\x5F", "台北"},
        {0x57, "Z\xFCrich", "Zürich"},      {0x64, "Krak\xA2w", "Kraków"},
        {0x65, "\x8C\xAE\xE1\xAA", "Моск"}, {0x78, "\xA5\x78\xA5\x5F", "台北"},
        {0x7A, "\xCE\xE4\xBA\xBA", "武汉"}, {0x7C, "\xA1\xC3\xD8\xA7", "กรุง"},
        {0xC8, "\xA3\xF3\x64\x9F", "Łódź"}, {0xC9, "\xCC\xEE\xF1\xEA", "Моск"},
        {0xCA, "\xDDzmir", "İzmir"},        {0xCB, "\xC1\xE8\xDE\xED\xE1", "Αθήνα"},
        {0xCC, "R\xEEga", "Rīga"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        nr_decoder decoder;
        nr_text text = {0};
        assert_non_null(nr_encoding_of_dbf(known[i].language));
        assert_ok(nr_decoder_open(&decoder, nr_encoding_of_dbf(known[i].language), &err));
        assert_true(nr_decode(&text, &decoder, known[i].bytes, strlen(known[i].bytes)));
        assert_string_equal(text.bytes, known[i].text);
        nr_text_clear(&text);
        nr_decoder_clear(&decoder);
    }
    assert_null(nr_encoding_of_dbf(0));
    assert_null(nr_encoding_of_dbf(0xFF));
    for (int language = 0; language < 256; language++) { /* iconv knows all we name */
        nr_decoder decoder;
        assert_ok(nr_decoder_open(&decoder, nr_encoding_of_dbf(language), &err));
        nr_decoder_clear(&decoder);
    }
}

/* ---- in a shapefile ---- */

/* One point with the field `field` that holds `value`; the .dbf's code page and the .cpg's text, or
 * NULL. */
static const char *write_layer(const char *page, const char *cpg, const char *field,
                               const char *value)
{
    double zero = 0;
    remove("encoding.cpg");
    SHPHandle shapes = SHPCreate("encoding.shp", SHPT_POINT);
    DBFHandle attributes = DBFCreateEx("encoding.shp", page);
    assert_true(shapes != NULL && attributes != NULL);
    assert_int_equal(DBFAddField(attributes, field, FTString, 20, 0), 0);
    SHPObject *shape = SHPCreateSimpleObject(SHPT_POINT, 1, &zero, &zero, NULL);
    SHPWriteObject(shapes, -1, shape);
    SHPDestroyObject(shape);
    assert_true(DBFWriteStringAttribute(attributes, 0, 0, value) != 0);
    SHPClose(shapes);
    DBFClose(attributes);
    if (cpg != NULL) write_file("encoding.cpg", cpg);
    return "encoding.shp";
}

static void shapefile__text_is_in_the_encoding_told_then_the_cpg_then_the_language(void **state)
{
    (void)state;
#define WUHAN "\xCE\xE4\xBA\xBA"
    static const struct {
        const char *page, *cpg, *told, *value, *text, *encoding;
    } cases[] = {
        {NULL, NULL, NULL, "武汉", "武汉", "UTF-8"},
        {NULL, NULL, "GBK", WUHAN, "武汉", "GBK"},
        {NULL, "936\r\n", NULL, WUHAN, "武汉", "CP936"},
        {NULL, "GB18030", NULL, WUHAN, "武汉", "GB18030"},
        {"LDID/77", NULL, NULL, WUHAN, "武汉", "GBK"},
        /* bytes that are letters in UTF-8 too are still what the file says they are */
        {"LDID/77", NULL, NULL, "\xCC\xAB\xD4\xAD", "太原", "GBK"},
        {"LDID/201", NULL, NULL, "\xCC\xEE\xF1\xEA", "Моск", "CP1251"},
        {"LDID/87", NULL, NULL, "Z\xFCrich", "Zürich", "CP1252"},
        /* what shapelib and GDAL write when they are told nothing */
        {"LDID/87", NULL, NULL, "Zürich", "Zürich", "CP1252"},
        {"LDID/87", "GBK", NULL, WUHAN, "武汉", "GBK"},
        {"LDID/77", "UTF-8", NULL, "武汉", "武汉", "UTF-8"},
        {"LDID/77", "1250", "CP1251", "\xCC\xEE\xF1\xEA", "Моск", "CP1251"},
        {NULL, "\n", NULL, "武汉", "武汉", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = NULL;
        const nearer_reading how = {.encoding = cases[i].told};
        write_layer(cases[i].page, cases[i].cpg, "NAME", cases[i].value);
        assert_ok(nearer_table_read(&table, "encoding.shp", &how, &err));
        if (strcmp(nearer_table_text(table, 0, 0), cases[i].text) != 0)
            fail_msg("case %zu: '%s' is not '%s'", i, nearer_table_text(table, 0, 0),
                     cases[i].text);
        assert_string_equal(nr_table_facts(table)->encoding, cases[i].encoding);
        nearer_table_free(table);
    }
}

static void shapefile__field_names_are_in_the_encoding_too(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    write_layer("LDID/77", NULL, "\xC3\xFB\xB3\xC6", WUHAN);
    assert_ok(nearer_table_read(&table, "encoding.shp", NULL, &err));
    assert_string_equal(nearer_table_column_name(table, 0), "名称");
    nearer_table_free(table);
    write_layer(NULL, NULL, "\xC3\xFB\xB3\xC6", "a");
    assert_fails(nearer_table_read(&table, "encoding.shp", NULL, &err), NEARER_SYNTAX,
                 "encoding.shp: the name of field 1 is not UTF-8");
}

static void shapefile__with_other_text_than_it_says_is_refused(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    const nearer_reading klingon = {.encoding = "klingon"};
    write_layer(NULL, NULL, "NAME", WUHAN);
    assert_fails(
        nearer_table_read(&table, "encoding.shp", NULL, &err), NEARER_SYNTAX,
        "encoding.shp record 1: the text of 'NAME' is not UTF-8; say the layer's encoding");
    write_layer(NULL, "GBK", "NAME", "a\xFFz");
    assert_fails(nearer_table_read(&table, "encoding.shp", NULL, &err), NEARER_SYNTAX,
                 "record 1: the text of 'NAME' is not GBK");
    write_layer(NULL, "klingon", "NAME", "a");
    assert_fails(nearer_table_read(&table, "encoding.shp", NULL, &err), NEARER_NAME,
                 "encoding.shp: unknown text encoding 'klingon'");
    write_layer(NULL, "GBK", "NAME", "a");
    assert_fails(nearer_table_read(&table, "encoding.shp", &klingon, &err), NEARER_NAME,
                 "encoding.shp: unknown text encoding 'klingon'");
    assert_null(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decode__gives_the_text_of_each_encoding),
        cmocka_unit_test(decode__says_when_bytes_are_no_text_and_goes_on),
        cmocka_unit_test(to_utf8__turns_whole_files),
        cmocka_unit_test(to_utf8__says_where_bytes_are_no_text),
        cmocka_unit_test(to_utf8__is_not_bound_to_the_size_of_a_buffer),
        cmocka_unit_test(to_utf8__cuts_the_mark_and_finds_zero_bytes),
        cmocka_unit_test(to_utf8__refuses_an_encoding_no_one_knows),
        cmocka_unit_test(cpg__has_many_names_for_an_encoding),
        cmocka_unit_test(dbf_language__is_a_code_page),
        cmocka_unit_test(shapefile__text_is_in_the_encoding_told_then_the_cpg_then_the_language),
        cmocka_unit_test(shapefile__field_names_are_in_the_encoding_too),
        cmocka_unit_test(shapefile__with_other_text_than_it_says_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
