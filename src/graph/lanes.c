#include "graph/lanes.h"

#include <string.h>

int nr_lowest_bit(uint64_t bits)
{
#if defined(__GNUC__)
    return __builtin_ctzll(bits);
#else
    int place = 0;
    while ((bits >> place & 1) == 0) place++;
    return place;
#endif
}

int nr_highest_bit(uint64_t bits)
{
#if defined(__GNUC__)
    return 63 - __builtin_clzll(bits);
#else
    int place = 63;
    while ((bits >> place & 1) == 0) place--;
    return place;
#endif
}

/* Asks for memory that is needed a little later. */
#if defined(__GNUC__)
#define SOON(address) __builtin_prefetch(address)
#else
#define SOON(address) ((void)(address))
#endif

/* ---- any machine ---- */

typedef struct plain_vec {
    nr_ticks lane[NR_LANES];
} plain_vec;

static plain_vec plain_load(const nr_ticks *from)
{
    plain_vec values;
    memcpy(values.lane, from, sizeof values.lane);
    return values;
}

static void plain_store(nr_ticks *to, plain_vec values)
{
    memcpy(to, values.lane, sizeof values.lane);
}

static plain_vec plain_lower(plain_vec best, plain_vec from, nr_ticks ticks)
{
    for (int i = 0; i < NR_LANES; i++) {
        nr_ticks sum = from.lane[i] + ticks;
        best.lane[i] = sum < best.lane[i] ? sum : best.lane[i];
    }
    return best;
}

static plain_vec plain_cut(plain_vec values, bool *far)
{
    for (int i = 0; i < NR_LANES; i++) {
        if (values.lane[i] < NR_FAR || values.lane[i] >= NR_NOT_YET) continue;
        values.lane[i] = NR_FAR;
        *far = true;
    }
    return values;
}

/* `after` is nowhere above `before`. */
static bool plain_falls(plain_vec after, plain_vec before)
{
    return memcmp(&after, &before, sizeof after) != 0;
}

#define NAME(x) plain_##x
#define TARGET
#define vec plain_vec
#include "graph/lanes_kernels.h"

static void plain_turn(nr_ticks *const *out, const nr_ticks *const *from)
{
    for (int i = 0; i < NR_LANES; i++)
        for (int t = 0; t < NR_LANES; t++)
            out[i][t] = from[t][i] >= NR_NOT_YET ? NR_NEVER : from[t][i];
}

static const nr_kernels plain = {"plain", plain_up, plain_down, plain_settle, plain_turn};

#if defined(__GNUC__) && defined(__x86_64__)
#include <immintrin.h>

/* ---- 16 lanes in two registers ---- */

#define TARGET __attribute__((target("avx2")))

typedef struct avx2_vec {
    __m256i a, b;
} avx2_vec;

TARGET static avx2_vec avx2_load(const nr_ticks *from)
{
    return (avx2_vec){_mm256_loadu_si256((const __m256i *)from),
                      _mm256_loadu_si256((const __m256i *)(from + 8))};
}

TARGET static void avx2_store(nr_ticks *to, avx2_vec values)
{
    _mm256_storeu_si256((__m256i *)to, values.a);
    _mm256_storeu_si256((__m256i *)(to + 8), values.b);
}

TARGET static avx2_vec avx2_lower(avx2_vec best, avx2_vec from, nr_ticks ticks)
{
    const __m256i all = _mm256_set1_epi32((int)ticks);
    return (avx2_vec){_mm256_min_epu32(best.a, _mm256_add_epi32(from.a, all)),
                      _mm256_min_epu32(best.b, _mm256_add_epi32(from.b, all))};
}

/* Which lanes are NR_FAR or more, but not NR_NOT_YET. */
TARGET static __m256i avx2_far(__m256i values)
{
    const __m256i far = _mm256_set1_epi32((int)NR_FAR), none = _mm256_set1_epi32((int)NR_NOT_YET);
    __m256i above = _mm256_cmpeq_epi32(_mm256_max_epu32(values, far), values);
    return _mm256_andnot_si256(_mm256_cmpeq_epi32(_mm256_max_epu32(values, none), values), above);
}

TARGET static avx2_vec avx2_cut(avx2_vec values, bool *far)
{
    const __m256i least = _mm256_set1_epi32((int)NR_FAR);
    __m256i a = avx2_far(values.a), b = avx2_far(values.b), any = _mm256_or_si256(a, b);
    *far = *far || _mm256_testz_si256(any, any) == 0;
    return (avx2_vec){_mm256_blendv_epi8(values.a, least, a),
                      _mm256_blendv_epi8(values.b, least, b)};
}

TARGET static bool avx2_falls(avx2_vec after, avx2_vec before)
{
    __m256i changed =
        _mm256_or_si256(_mm256_xor_si256(after.a, before.a), _mm256_xor_si256(after.b, before.b));
    return _mm256_testz_si256(changed, changed) == 0;
}

#define NAME(x) avx2_##x
#define vec avx2_vec
#include "graph/lanes_kernels.h"

/* ---- 16 lanes in one register ---- */

#define TARGET __attribute__((target("avx512f")))

TARGET static __m512i avx512_load(const nr_ticks *from)
{
    return _mm512_loadu_si512(from);
}

TARGET static void avx512_store(nr_ticks *to, __m512i values)
{
    _mm512_storeu_si512(to, values);
}

TARGET static __m512i avx512_lower(__m512i best, __m512i from, nr_ticks ticks)
{
    return _mm512_min_epu32(best, _mm512_add_epi32(from, _mm512_set1_epi32((int)ticks)));
}

TARGET static __m512i avx512_cut(__m512i values, bool *far)
{
    const __m512i least = _mm512_set1_epi32((int)NR_FAR), none = _mm512_set1_epi32((int)NR_NOT_YET);
    __mmask16 cut =
        _mm512_mask_cmplt_epu32_mask(_mm512_cmpge_epu32_mask(values, least), values, none);
    *far = *far || cut != 0;
    return _mm512_mask_mov_epi32(values, cut, least);
}

TARGET static bool avx512_falls(__m512i after, __m512i before)
{
    return _mm512_cmpneq_epu32_mask(after, before) != 0;
}

#define NAME(x) avx512_##x
#define vec __m512i
#include "graph/lanes_kernels.h"

/* A 16 x 16 matrix turned: pairs of numbers, pairs of pairs, and quarters of registers are swapped.
 */
__attribute__((target("avx512f"))) static void avx512_turn(nr_ticks *const *out,
                                                           const nr_ticks *const *from)
{
    const __m512i none = _mm512_set1_epi32((int)NR_NOT_YET), never = _mm512_set1_epi32(-1);
    __m512i a[NR_LANES], b[NR_LANES];
    for (int t = 0; t < NR_LANES; t++) {
        a[t] = _mm512_loadu_si512(from[t]);
        a[t] = _mm512_mask_mov_epi32(a[t], _mm512_cmpge_epu32_mask(a[t], none), never);
    }
    for (int t = 0; t < NR_LANES; t += 2) {
        b[t] = _mm512_unpacklo_epi32(a[t], a[t + 1]);
        b[t + 1] = _mm512_unpackhi_epi32(a[t], a[t + 1]);
    }
    for (int t = 0; t < NR_LANES; t += 4) { /* a[t + k]: number k of each quarter, of 4 rows */
        a[t] = _mm512_unpacklo_epi64(b[t], b[t + 2]);
        a[t + 1] = _mm512_unpackhi_epi64(b[t], b[t + 2]);
        a[t + 2] = _mm512_unpacklo_epi64(b[t + 1], b[t + 3]);
        a[t + 3] = _mm512_unpackhi_epi64(b[t + 1], b[t + 3]);
    }
    for (int k = 0; k < 4; k++) {
        __m512i low = _mm512_shuffle_i32x4(a[k], a[k + 4], 0x44);
        __m512i low_rest = _mm512_shuffle_i32x4(a[k], a[k + 4], 0xEE);
        __m512i high = _mm512_shuffle_i32x4(a[k + 8], a[k + 12], 0x44);
        __m512i high_rest = _mm512_shuffle_i32x4(a[k + 8], a[k + 12], 0xEE);
        _mm512_storeu_si512(out[k], _mm512_shuffle_i32x4(low, high, 0x88));
        _mm512_storeu_si512(out[k + 4], _mm512_shuffle_i32x4(low, high, 0xDD));
        _mm512_storeu_si512(out[k + 8], _mm512_shuffle_i32x4(low_rest, high_rest, 0x88));
        _mm512_storeu_si512(out[k + 12], _mm512_shuffle_i32x4(low_rest, high_rest, 0xDD));
    }
}

const nr_kernels *const *nr_kernels_known(void)
{
    static const nr_kernels avx2 = {"avx2", avx2_up, avx2_down, avx2_settle, plain_turn},
                            avx512 = {"avx512", avx512_up, avx512_down, avx512_settle, avx512_turn};
    static const nr_kernels *const all[] = {&avx512, &avx2, &plain, NULL};
    if (__builtin_cpu_supports("avx512f")) return all;
    return __builtin_cpu_supports("avx2") ? all + 1 : all + 2;
}
#else
const nr_kernels *const *nr_kernels_known(void)
{
    static const nr_kernels *const all[] = {&plain, NULL};
    return all;
}
#endif
