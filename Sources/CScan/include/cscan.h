/// The prefilter: every place of a buffer where one of a few thousand literals stands.
///
/// Bytes are folded to 5 bits (`& 31`), which joins the cases of a letter. Literals are sought in two groups:
/// - Short ones (3 to 5 bytes) by a window of 4 bytes at every position. Level 1: a folded byte pair is a 10-bit number;
///   for each of the window's 3 pairs a 1,024-bit set tells which ones occur there in any literal. A place passes if all
///   its pairs are in their sets.
/// - Long ones (6 bytes and more) by windows of 4 bytes at every third position only: whichever of three neighbouring
///   positions is looked at, some window of the literal begins there. Level 1 is a bit map of the windows' hashes.
/// Level 2, for both: further bit maps. Those of the long literals go by 6 bytes, which ordinary text rarely has in
/// common with a literal. Level 3: a bucket of entries for the hash, then the literal's bytes.
///
/// Survivors are compacted without branches, since most candidates would mispredict. The bodies (AVX-512 VBMI, AVX2,
/// NEON, portable) differ in level 1 and find exactly the same hits.
#ifndef VS_CSCAN_H
#define VS_CSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

enum {
  vs_padding = 128,        ///< bytes that must be readable behind a buffer's end
  vs_block = 1 << 15,      ///< positions handled in one go
  vs_set_bytes = 128,      ///< one set of byte pairs
  vs_window = 4,           ///< bytes of a window
  vs_wide_window = 6,      ///< bytes that level 2 looks at for the long literals
  vs_pairs = 3,            ///< byte pairs of a short literal's window
  vs_stride = 3,           ///< every how many positions the long literals are sought
  vs_longest_short = 5,    ///< bytes of a short literal at most
  vs_map_bits = 18,        ///< bits of a hash that index a map
  vs_bucket_bits = 14,     ///< the upper bits of a hash that choose the bucket
};

/// A literal to look for.
typedef struct {
  uint32_t text;         ///< offset of its bytes in `texts`; lower case if `ignores_case`
  uint16_t length;       ///< bytes
  uint16_t ignores_case; ///< 1: ASCII letters match in either case
} vs_literal;

/// A literal's window, with what of the literal stands in the 8 bytes from there on.
typedef struct {
  uint64_t bytes;    ///< folded, the first one lowest
  uint64_t mask;     ///< 31 for each byte that the literal knows
  uint32_t literal;  ///< index
  uint32_t offset;   ///< where the window begins in the literal
} vs_entry;

/// Windows by hash.
typedef struct {
  const uint32_t *_Nonnull map;      ///< 1 << vs_map_bits bits, by `vs_map_index`
  /// Of the short literals: one map by `vs_map2_index`. Of the long ones: the 6 bytes that begin at a window, or 1 or 2
  /// bytes before it where the literal ends too soon, each by `vs_wide_index`.
  const uint32_t *_Nonnull second[3];
  const uint32_t *_Nonnull starts;   ///< (1 << vs_bucket_bits) + 1 offsets into `entries`
  const vs_entry *_Nonnull entries;
} vs_index;

/// The literals' tables; all pointers stay valid and constant for as long as they are used.
typedef struct {
  const uint8_t *_Nonnull sets;  ///< of the short literals; vs_pairs * vs_set_bytes
  vs_index short_index;
  vs_index long_index;
  const vs_literal *_Nonnull literals;
  const uint8_t *_Nonnull texts;
} vs_tables;

/// A literal found.
typedef struct {
  uint32_t position;  ///< of its first byte, from the buffer's start
  uint32_t literal;   ///< index
} vs_hit;

typedef enum { vs_body_portable, vs_body_avx2, vs_body_avx512, vs_body_neon } vs_body;

/// Memory for one block's candidates; one each thread.
typedef struct {
  uint32_t places[vs_block + 64];
} vs_scratch;

// MARK: - Hashing

/// The 8 bytes at `p` as a number, the first one lowest.
static inline uint64_t vs_load(const uint8_t *_Nonnull p) {
  uint64_t v;
  memcpy(&v, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  v = __builtin_bswap64(v);
#endif
  return v;
}

/// The bit of a map that stands for the window at `p`; a multiplication of 32 bits, so that vectors can do it too.
static inline uint32_t vs_map_index(const uint8_t *_Nonnull p) {
  return (((uint32_t)vs_load(p) & 0x1f1f1f1fu) * 0x9E3779B1u) >> (32 - vs_map_bits);
}

/// Hash of the window at `p`. Reads 8 bytes, as all of these do.
static inline uint64_t vs_hash(const uint8_t *_Nonnull p) { return (vs_load(p) & 0x1f1f1f1full) * 0x9E3779B97F4A7C15ull; }

/// The bit of a wide map that stands for the wide window at `p`.
static inline uint32_t vs_wide_index(const uint8_t *_Nonnull p) {
  return (uint32_t)(((vs_load(p) & 0x1f1f1f1f1f1full) * 0x9E3779B97F4A7C15ull) >> (64 - vs_map_bits));
}

/// The bit of the short literals' second map.
static inline uint32_t vs_map2_index(uint64_t hash) { return (uint32_t)(hash >> (64 - vs_map_bits)); }

static inline uint32_t vs_bucket(uint64_t hash) { return (uint32_t)(hash >> (64 - vs_bucket_bits)); }

/// 1 if the bit is set.
static inline uint32_t vs_bit(const uint32_t *_Nonnull map, uint32_t index) { return (map[index >> 5] >> (index & 31)) & 1; }

/// Index (byte, bit) of a byte pair in a set: byte = index >> 3, bit = index & 7.
static inline uint32_t vs_pair_index(uint8_t first, uint8_t second) {
  uint32_t byte = (first & 31u) | ((second & 3u) << 5);
  uint32_t bit = (second >> 2) & 7u;
  return byte << 3 | bit;
}

// MARK: - Level 1 of the short literals
// Each body writes the positions in [from, to) that pass into the scratch and returns their number.

/// Goes by the hash at once.
static inline uint32_t vs_short_portable(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                         uint32_t to, uint32_t *_Nonnull places) {
  uint32_t n = 0;
  for (uint32_t p = from; p < to; p++) {
    places[n] = p;
    n += vs_bit(t->short_index.map, vs_map_index(base + p));
  }
  return n;
}

#if defined(__x86_64__)

#define VS_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))
#define VS_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

VS_AVX512 static inline uint32_t vs_append_avx512(uint32_t *_Nonnull out, uint32_t n, uint64_t mask, uint32_t p) {
  const __m512i iota = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36,
      35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7,
      6, 5, 4, 3, 2, 1, 0);
  __m512i packed = _mm512_maskz_compress_epi8(mask, iota);
  uint32_t count = (uint32_t)__builtin_popcountll(mask);
  __m512i start = _mm512_set1_epi32((int)p);
  _mm512_storeu_si512(out + n, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
  if (__builtin_expect(count > 16, 0)) {
    _mm512_storeu_si512(out + n + 16,
                        _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1))));
    _mm512_storeu_si512(out + n + 32,
                        _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 2))));
    _mm512_storeu_si512(out + n + 48,
                        _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 3))));
  }
  return n + count;
}

VS_AVX512 static inline uint32_t vs_short_avx512(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base,
                                                 uint32_t from, uint32_t to, uint32_t *_Nonnull places) {
  __m512i low[vs_pairs], high[vs_pairs];
  for (int i = 0; i < vs_pairs; i++) {
    low[i] = _mm512_loadu_si512(t->sets + i * vs_set_bytes);
    high[i] = _mm512_loadu_si512(t->sets + i * vs_set_bytes + 64);
  }
  const __m512i five = _mm512_set1_epi8(31), two = _mm512_set1_epi8(0x60), three = _mm512_set1_epi8(7);
  const __m512i bits =
      _mm512_broadcast_i32x4(_mm_set_epi8(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1));
  uint32_t n = 0;
  for (uint32_t p = from; p < to; p += 64) {
    uint64_t mask = ~0ull;
    __m512i here = _mm512_loadu_si512(base + p);
#pragma clang loop unroll(full)
    for (int i = 0; i < vs_pairs; i++) {
      __m512i next = _mm512_loadu_si512(base + p + i + 1);
      __m512i index = _mm512_or_si512(_mm512_and_si512(here, five), _mm512_and_si512(_mm512_slli_epi16(next, 5), two));
      __m512i bit = _mm512_shuffle_epi8(bits, _mm512_and_si512(_mm512_srli_epi16(next, 2), three));
      mask &= _mm512_test_epi8_mask(_mm512_permutex2var_epi8(low[i], index, high[i]), bit);
      here = next;
    }
    if (__builtin_expect(to - p < 64, 0)) mask &= (1ull << (to - p)) - 1;
    n = vs_append_avx512(places, n, mask, p);
  }
  return n;
}

VS_AVX2 static inline uint32_t vs_append_avx2(uint32_t *_Nonnull out, uint32_t n, uint32_t mask, uint32_t p) {
  uint32_t count = (uint32_t)__builtin_popcount(mask);
  do {
    // Four at a time: more are rare.
    uint32_t m = mask;
    for (int i = 0; i < 4; i++) {
      out[n + i] = p + _tzcnt_u32(m);
      m = _blsr_u32(m);
    }
    n += count < 4 ? count : 4;
    count -= count < 4 ? count : 4;
    mask = m;
  } while (__builtin_expect(mask != 0, 0));
  return n;
}

/// Rows of a 128-byte table, given as eight lanes of 16 bytes, for 32 indices of 7 bits.
VS_AVX2 static inline __m256i vs_row_avx2(const __m256i *_Nonnull table, __m256i index) {
  __m256i bit4 = _mm256_slli_epi16(index, 3), bit5 = _mm256_slli_epi16(index, 2), bit6 = _mm256_slli_epi16(index, 1);
  __m256i pair[4];
#pragma clang loop unroll(full)
  for (int k = 0; k < 4; k++)
    pair[k] = _mm256_blendv_epi8(_mm256_shuffle_epi8(table[2 * k], index), _mm256_shuffle_epi8(table[2 * k + 1], index),
                                 bit4);
  __m256i lower = _mm256_blendv_epi8(pair[0], pair[1], bit5), upper = _mm256_blendv_epi8(pair[2], pair[3], bit5);
  return _mm256_blendv_epi8(lower, upper, bit6);
}

VS_AVX2 static inline uint32_t vs_short_avx2(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                             uint32_t to, uint32_t *_Nonnull places) {
  __m256i table[vs_pairs][8];
  for (int i = 0; i < vs_pairs; i++)
    for (int k = 0; k < 8; k++)
      table[i][k] =
          _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(t->sets + i * vs_set_bytes + k * 16)));
  const __m256i five = _mm256_set1_epi8(31), two = _mm256_set1_epi8(0x60), three = _mm256_set1_epi8(7);
  const __m256i bits =
      _mm256_broadcastsi128_si256(_mm_set_epi8(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1));
  uint32_t n = 0;
  for (uint32_t p = from; p < to; p += 32) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(base + p));
    __m256i fails = _mm256_setzero_si256();
#pragma clang loop unroll(full)
    for (int i = 0; i < vs_pairs; i++) {
      __m256i next = _mm256_loadu_si256((const __m256i *)(base + p + i + 1));
      __m256i index = _mm256_or_si256(_mm256_and_si256(here, five), _mm256_and_si256(_mm256_slli_epi16(next, 5), two));
      __m256i bit = _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(next, 2), three));
      __m256i row = _mm256_and_si256(vs_row_avx2(table[i], index), bit);
      fails = _mm256_or_si256(fails, _mm256_cmpeq_epi8(row, _mm256_setzero_si256()));
      here = next;
    }
    uint32_t mask = ~(uint32_t)_mm256_movemask_epi8(fails);
    if (__builtin_expect(to - p < 32, 0)) mask &= (1u << (to - p)) - 1;
    n = vs_append_avx2(places, n, mask, p);
  }
  return n;
}

#elif defined(__aarch64__)

static inline uint8x16_t vs_row_neon(const uint8x16x4_t *_Nonnull table, uint8x16_t index) {
  uint8x16_t low = vqtbl4q_u8(table[0], index);
  return vqtbx4q_u8(low, table[1], veorq_u8(index, vdupq_n_u8(64)));
}

/// Sixteen flags of 0 or 255 as 16 bits.
static inline uint32_t vs_mask_neon(uint8x16_t flags) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t v = vandq_u8(flags, vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(v)) | (uint32_t)vaddv_u8(vget_high_u8(v)) << 8;
}

static inline uint32_t vs_short_neon(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                     uint32_t to, uint32_t *_Nonnull places) {
  uint8x16x4_t table[vs_pairs][2];
  for (int i = 0; i < vs_pairs; i++)
    for (int k = 0; k < 2; k++) table[i][k] = vld1q_u8_x4(t->sets + i * vs_set_bytes + k * 64);
  static const uint8_t bit_values[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vld1q_u8(bit_values), five = vdupq_n_u8(31), three = vdupq_n_u8(7);
  uint32_t n = 0;
  for (uint32_t p = from; p < to; p += 16) {
    uint8x16_t here = vld1q_u8(base + p);
    uint8x16_t passes = vdupq_n_u8(255);
    for (int i = 0; i < vs_pairs; i++) {
      uint8x16_t next = vld1q_u8(base + p + i + 1);
      uint8x16_t index = vorrq_u8(vandq_u8(here, five), vandq_u8(vshlq_n_u8(next, 5), vdupq_n_u8(0x60)));
      uint8x16_t bit = vqtbl1q_u8(bits, vandq_u8(vshrq_n_u8(next, 2), three));
      passes = vandq_u8(passes, vtstq_u8(vs_row_neon(table[i], index), bit));
      here = next;
    }
    uint32_t mask = vs_mask_neon(passes);
    if (to - p < 16) mask &= (1u << (to - p)) - 1;
    for (; mask; mask &= mask - 1) places[n++] = p + (uint32_t)__builtin_ctz(mask);
  }
  return n;
}

#endif

// MARK: - Level 2

/// Every third position in [from, to) whose window is in the first map; `from` is a multiple of 3.
static inline uint32_t vs_long_portable(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                        uint32_t to, uint32_t *_Nonnull places) {
  const uint32_t *map = t->long_index.map;
  uint32_t n = 0;
  for (uint32_t p = from; p < to; p += vs_stride) {
    places[n] = p;
    n += vs_bit(map, vs_map_index(base + p));
  }
  return n;
}

#if defined(__x86_64__)

/// The same, eight positions at a time.
VS_AVX2 static inline uint32_t vs_long_avx2(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                            uint32_t to, uint32_t *_Nonnull places) {
  const int *map = (const int *)t->long_index.map;
  const __m256i spread = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12));
  const __m256i five = _mm256_set1_epi8(31), factor = _mm256_set1_epi32((int)0x9E3779B1u), one = _mm256_set1_epi32(1);
  uint32_t n = 0, p = from;
  for (; p + 8 * vs_stride <= to; p += 8 * vs_stride) {
    __m256i bytes = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(base + p))),
                                            _mm_loadu_si128((const __m128i *)(base + p + 4 * vs_stride)), 1);
    __m256i windows = _mm256_and_si256(_mm256_shuffle_epi8(bytes, spread), five);
    __m256i index = _mm256_srli_epi32(_mm256_mullo_epi32(windows, factor), 32 - vs_map_bits);
    __m256i words = _mm256_i32gather_epi32(map, _mm256_srli_epi32(index, 5), 4);
    __m256i set = _mm256_and_si256(words, _mm256_sllv_epi32(one, _mm256_and_si256(index, _mm256_set1_epi32(31))));
    uint32_t mask =
        ~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(set, _mm256_setzero_si256()))) & 255;
    uint32_t m = mask;
    for (int i = 0; i < 2; i++) {
      places[n + i] = p + vs_stride * _tzcnt_u32(m);
      m = _blsr_u32(m);
    }
    uint32_t count = (uint32_t)__builtin_popcount(mask);
    if (__builtin_expect(count > 2, 0))
      for (uint32_t i = 2; i < count; i++) {
        places[n + i] = p + vs_stride * _tzcnt_u32(m);
        m = _blsr_u32(m);
      }
    n += count;
  }
  return n + vs_long_portable(t, base, p, to, places + n);
}

#endif

static inline uint32_t vs_long(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base, uint32_t from,
                               uint32_t to, uint32_t *_Nonnull places) {
  from += (vs_stride - from % vs_stride) % vs_stride;
#if defined(__x86_64__)
  if (body == vs_body_avx2 || body == vs_body_avx512) return vs_long_avx2(t, base, from, to, places);
#endif
  (void)body;
  return vs_long_portable(t, base, from, to, places);
}

/// Keeps the short literals' candidates whose windows are in both maps.
static inline uint32_t vs_keep_short(uint32_t *_Nonnull places, uint32_t count, const uint8_t *_Nonnull base,
                                     const vs_index *_Nonnull index) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t p = places[i];
    places[kept] = p;
    kept += vs_bit(index->map, vs_map_index(base + p)) & vs_bit(index->second[0], vs_map2_index(vs_hash(base + p)));
  }
  return kept;
}

/// Keeps the long literals' candidates with 6 bytes of a literal.
static inline uint32_t vs_keep_long(uint32_t *_Nonnull places, uint32_t count, const uint8_t *_Nonnull base,
                                    const vs_index *_Nonnull index) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t p = places[i];
    places[kept] = p;
    // No window begins so near to the buffer's start that its literal began before it.
    const uint8_t *one = base + (p >= 1 ? p - 1 : 0), *two = base + (p >= 2 ? p - 2 : 0);
    kept += vs_bit(index->second[0], vs_wide_index(base + p)) | vs_bit(index->second[1], vs_wide_index(one)) |
            vs_bit(index->second[2], vs_wide_index(two));
  }
  return kept;
}

// MARK: - Level 3

/// Whether the literal stands at `p`, which has its `length` bytes.
static inline bool vs_equal(const uint8_t *_Nonnull text, const uint8_t *_Nonnull p, size_t length, bool ignores_case) {
  if (!ignores_case) return memcmp(text, p, length) == 0;
  for (size_t i = 0; i < length; i++) {
    uint8_t c = p[i];
    if (c >= 'A' && c <= 'Z') c |= 0x20;
    if (c != text[i]) return false;
  }
  return true;
}

/// Compares the literals whose windows have the hash of the one at `place`; appends what stands there.
static inline size_t vs_compare(const vs_tables *_Nonnull t, const vs_index *_Nonnull index, uint64_t hash,
                                const uint8_t *_Nonnull base, size_t count, uint32_t place, vs_hit *_Nonnull hits,
                                size_t n, size_t capacity) {
  uint32_t bucket = vs_bucket(hash);
  uint64_t here = vs_load(base + place);
  for (uint32_t i = index->starts[bucket]; i < index->starts[bucket + 1]; i++) {
    const vs_entry *entry = &index->entries[i];
    if (((here ^ entry->bytes) & entry->mask) != 0 || place < entry->offset) continue;
    const vs_literal *literal = &t->literals[entry->literal];
    size_t start = place - entry->offset;
    if (start + literal->length > count) continue;
    if (!vs_equal(t->texts + literal->text, base + start, literal->length, literal->ignores_case)) continue;
    if (n < capacity) hits[n] = (vs_hit){(uint32_t)start, entry->literal};
    n++;
  }
  return n;
}

// MARK: - The filter

/// The fastest body of this machine.
static inline vs_body vs_best_body(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return vs_body_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return vs_body_avx2;
  return vs_body_portable;
#elif defined(__aarch64__)
  return vs_body_neon;
#else
  return vs_body_portable;
#endif
}

/// Whether this machine can run `body`.
static inline bool vs_can_run(vs_body body) {
#if defined(__x86_64__)
  if (body == vs_body_avx2) return vs_best_body() != vs_body_portable;
  if (body == vs_body_avx512) return vs_best_body() == vs_body_avx512;
  return body == vs_body_portable;
#elif defined(__aarch64__)
  return body == vs_body_portable || body == vs_body_neon;
#else
  return body == vs_body_portable;
#endif
}

/// Positions in [from, to) where a short literal may stand, by all but the last level.
static inline uint32_t vs_short(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base, uint32_t from,
                                uint32_t to, uint32_t *_Nonnull places) {
  uint32_t n;
#if defined(__x86_64__)
  if (body == vs_body_avx512)
    n = vs_short_avx512(t, base, from, to, places);
  else if (body == vs_body_avx2)
    n = vs_short_avx2(t, base, from, to, places);
  else
    n = vs_short_portable(t, base, from, to, places);
#elif defined(__aarch64__)
  if (body == vs_body_neon)
    n = vs_short_neon(t, base, from, to, places);
  else
    n = vs_short_portable(t, base, from, to, places);
#else
  (void)body;
  n = vs_short_portable(t, base, from, to, places);
#endif
  return vs_keep_short(places, n, base, &t->short_index);
}

/// Finds every literal with a window that begins in [*from, count), block by block, until the buffer's end or until a
/// block has no room left for its hits.
///
/// `base` has `count` bytes (under 4 GB) and `vs_padding` readable ones behind them. Writes up to `capacity` hits and
/// returns their number; `*from` is set to the first position not yet looked at, `count` when done. A return value
/// above `capacity` means that the first block alone had that many: nothing of it counts, call again with more room.
/// Each occurrence is reported once; the hits of a block come in no particular order.
static inline size_t vs_prefilter(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base, size_t count,
                                  size_t *_Nonnull from, vs_scratch *_Nonnull scratch, vs_hit *_Nonnull hits,
                                  size_t capacity) {
  size_t n = 0;
  uint32_t *places = scratch->places;
  while (*from < count) {
    uint32_t begin = (uint32_t)*from;
    uint32_t end = count - begin > vs_block ? begin + vs_block : (uint32_t)count;
    size_t before = n;
    uint32_t found = vs_short(t, body, base, begin, end, places);
    for (uint32_t i = 0; i < found; i++)
      n = vs_compare(t, &t->short_index, vs_hash(base + places[i]), base, count, places[i], hits, n, capacity);
    found = vs_keep_long(places, vs_long(t, body, base, begin, end, places), base, &t->long_index);
    for (uint32_t i = 0; i < found; i++)
      n = vs_compare(t, &t->long_index, vs_hash(base + places[i]), base, count, places[i], hits, n, capacity);
    if (n > capacity) return before == 0 ? n : before;
    *from = end;
  }
  return n;
}

/// The first place of `needle` in the `count` bytes at `text`; null if it is nowhere. (`memmem`, which is no standard C.)
const uint8_t *_Nullable vs_find(const uint8_t *_Nonnull text, size_t count, const char *_Nonnull needle, size_t length);

#endif
