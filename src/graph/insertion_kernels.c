#include <stddef.h>

#include "graph/insertion.h"
#include "graph/lanes.h"

enum { BLOCK = 8 };

/* In a fixed order, whatever the registers. */
static double add_up(const double sums[BLOCK])
{
    double sum = 0;
    for (size_t k = 0; k < BLOCK / 2; k++) sum += sums[k] + sums[k + BLOCK / 2];
    return sum;
}

/* ---- any machine ---- */

static void plain_lower(nr_ticks *best, uint32_t *by, const nr_ticks *from, nr_ticks ticks,
                        uint32_t entry, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        nr_ticks now = from[k] + ticks;
        if (now >= best[k]) continue;
        best[k] = now;
        if (by != NULL) by[k] = entry;
    }
}

static void plain_mark(uint64_t *blocks, const nr_ticks *a, const nr_ticks *b, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (a[k] < b[k]) blocks[k / BLOCK / 64] |= (uint64_t)1 << k / BLOCK % 64;
}

static nr_ticks plain_least(nr_ticks least, const nr_entries *entries, size_t j)
{
    for (size_t e = 0; e < entries->count; e++) {
        nr_ticks now = entries->from[e] + entries->onward[e][j];
        least = now < least ? now : least;
    }
    return least;
}

static double plain_saved(const nr_ticks *t, const nr_entries *entries, const double *to)
{
    double sums[BLOCK] = {0};
    for (size_t word = 0; word < entries->words; word++)
        for (uint64_t bits = entries->blocks[word]; bits != 0; bits &= bits - 1) {
            size_t first = BLOCK * (word * 64 + (size_t)nr_lowest_bit(bits));
            for (size_t k = 0; k < BLOCK; k++) {
                size_t j = first + k;
                sums[k] += to[j] * (double)(t[j] - plain_least(t[j], entries, j));
            }
        }
    return add_up(sums);
}

static void plain_count(size_t *less, size_t *ways, const nr_ticks *t, const nr_entries *entries)
{
    for (size_t word = 0; word < entries->words; word++)
        for (uint64_t bits = entries->blocks[word]; bits != 0; bits &= bits - 1) {
            size_t first = BLOCK * (word * 64 + (size_t)nr_lowest_bit(bits));
            for (size_t j = first; j < first + BLOCK; j++) {
                if (plain_least(t[j], entries, j) >= t[j]) continue;
                *less += 1;
                *ways += t[j] == NR_NO_WAY ? 1 : 0;
            }
        }
}

static const nr_insertion_kernels plain = {"plain", plain_lower, plain_mark, plain_saved,
                                           plain_count};

#if defined(__GNUC__) && defined(__x86_64__)
#include <immintrin.h>

/* ---- 8 numbers in a register ---- */

#define TARGET __attribute__((target("avx2")))

TARGET static __m256i load(const nr_ticks *from)
{
    return _mm256_loadu_si256((const __m256i *)from);
}

TARGET static void avx2_lower(nr_ticks *best, uint32_t *by, const nr_ticks *from, nr_ticks ticks,
                              uint32_t entry, size_t count)
{
    const __m256i add = _mm256_set1_epi32((int)ticks), number = _mm256_set1_epi32((int)entry);
    for (size_t k = 0; k < count; k += BLOCK) {
        __m256i was = load(best + k),
                now = _mm256_min_epu32(was, _mm256_add_epi32(load(from + k), add));
        _mm256_storeu_si256((__m256i *)(best + k), now);
        if (by == NULL) continue;
        __m256i same = _mm256_cmpeq_epi32(was, now);
        _mm256_storeu_si256((__m256i *)(by + k), _mm256_blendv_epi8(number, load(by + k), same));
    }
}

TARGET static void avx2_mark(uint64_t *blocks, const nr_ticks *a, const nr_ticks *b, size_t count)
{
    for (size_t k = 0; k < count; k += BLOCK) {
        __m256i low = load(a + k), high = load(b + k); /* all below 2^31 */
        __m256i less = _mm256_cmpgt_epi32(high, low);
        if (_mm256_testz_si256(less, less) == 0)
            blocks[k / BLOCK / 64] |= (uint64_t)1 << k / BLOCK % 64;
    }
}

TARGET static __m256i avx2_least(__m256i was, const nr_entries *entries, size_t first)
{
    __m256i least = was;
    for (size_t e = 0; e < entries->count; e++)
        least = _mm256_min_epu32(least, _mm256_add_epi32(_mm256_set1_epi32((int)entries->from[e]),
                                                         load(entries->onward[e] + first)));
    return least;
}

TARGET static double avx2_saved(const nr_ticks *t, const nr_entries *entries, const double *to)
{
    __m256d low = _mm256_setzero_pd(), high = _mm256_setzero_pd();
    double sums[BLOCK];
    for (size_t word = 0; word < entries->words; word++)
        for (uint64_t bits = entries->blocks[word]; bits != 0; bits &= bits - 1) {
            size_t first = BLOCK * (word * 64 + (size_t)__builtin_ctzll(bits));
            __m256i was = load(t + first);
            __m256i saved = _mm256_sub_epi32(was, avx2_least(was, entries, first)); /* < 2^31 */
            if (_mm256_testz_si256(saved, saved) != 0) continue;
            low = _mm256_add_pd(low,
                                _mm256_mul_pd(_mm256_loadu_pd(to + first),
                                              _mm256_cvtepi32_pd(_mm256_castsi256_si128(saved))));
            high = _mm256_add_pd(
                high, _mm256_mul_pd(_mm256_loadu_pd(to + first + 4),
                                    _mm256_cvtepi32_pd(_mm256_extracti128_si256(saved, 1))));
        }
    _mm256_storeu_pd(sums, low);
    _mm256_storeu_pd(sums + 4, high);
    return add_up(sums);
}

TARGET static size_t set_lanes(__m256i mask)
{
    return (size_t)__builtin_popcount((unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(mask)));
}

TARGET static void avx2_count(size_t *less, size_t *ways, const nr_ticks *t,
                              const nr_entries *entries)
{
    const __m256i no_way = _mm256_set1_epi32((int)NR_NO_WAY);
    for (size_t word = 0; word < entries->words; word++)
        for (uint64_t bits = entries->blocks[word]; bits != 0; bits &= bits - 1) {
            size_t first = BLOCK * (word * 64 + (size_t)__builtin_ctzll(bits));
            __m256i was = load(t + first),
                    fell = _mm256_cmpgt_epi32(was, avx2_least(was, entries, first));
            *less += set_lanes(fell);
            *ways += set_lanes(_mm256_and_si256(fell, _mm256_cmpeq_epi32(was, no_way)));
        }
}

const nr_insertion_kernels *const *nr_insertion_kernels_known(void)
{
    static const nr_insertion_kernels avx2 = {"avx2", avx2_lower, avx2_mark, avx2_saved,
                                              avx2_count};
    static const nr_insertion_kernels *const all[] = {&avx2, &plain, NULL};
    return __builtin_cpu_supports("avx2") ? all : all + 1;
}
#else
const nr_insertion_kernels *const *nr_insertion_kernels_known(void)
{
    static const nr_insertion_kernels *const all[] = {&plain, NULL};
    return all;
}
#endif
