/* cmocka and what nearly every test needs. */
#ifndef NEARER_TEST_H
#define NEARER_TEST_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nearer.h"

#define CHINA_STUDY NEARER_SOURCE_DIR "/examples/china/study.json"

/* Fails with the error's own sentence. */
#define assert_ok(call)                                                \
    do {                                                               \
        nearer_status assert_ok_status = (call);                       \
        if (assert_ok_status != NEARER_OK) fail_msg("%s", err.message); \
    } while (0)

/* The call fails with this status, and its message has this part. */
#define assert_fails(call, expected_status, part)                                         \
    do {                                                                                  \
        assert_int_equal((call), (expected_status));                                      \
        if (strstr(err.message, (part)) == NULL)                                          \
            fail_msg("message '%s' lacks '%s'", err.message, (part));                     \
    } while (0)

/* Writes a small file for a test and returns its path, `name` in the working folder. */
static inline const char *write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    fwrite(text, 1, strlen(text), file);
    fclose(file);
    return name;
}

/* The whole file as text; free it. */
static inline char *read_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room + 1);
    assert_non_null(text);
    for (size_t n; (n = fread(text + size, 1, room - size, file)) > 0;) {
        size += n;
        if (size < room) continue;
        text = realloc(text, (room *= 2) + 1);
        assert_non_null(text);
    }
    fclose(file);
    text[size] = 0;
    return text;
}
#endif
