/// The prefilter: every place of a buffer where one of a few thousand literals stands.
///
/// Three levels, each cheaper than what it saves the next one:
/// 1. Bytes are folded to 5 bits, so that a byte pair is a 10-bit number. Each literal has a window of 4 bytes
///    (literals of 3 to 5 bytes, group A) or 6 bytes (longer ones, group B); for each pair position of the window a
///    1,024-bit set tells which pairs occur there in any literal. A place passes if all its pairs are in their sets.
/// 2. A 65,536-bit map of the hashes of the folded windows.
/// 3. A bucket of literals for the hash, compared byte for byte.
/// Levels 1 and 2 compact their survivors without branches, since most candidates would mispredict.
///
/// The bodies (AVX-512 VBMI, AVX2, NEON, portable) differ in level 1 only and find exactly the same hits.
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
  vs_padding = 128,          ///< bytes that must be readable behind a buffer's end
  vs_block = 1 << 15,        ///< window starts handled in one go
  vs_set_bytes = 128,        ///< one set of byte pairs
  vs_window_a = 4,           ///< bytes of a window of group A
  vs_window_b = 6,           ///< bytes of a window of group B
  vs_pairs_a = 3,            ///< pair positions of group A
  vs_pairs_b = 5,            ///< pair positions of group B
  vs_map_words = 1024,       ///< 64-bit words of a hash map
  vs_bucket_bits = 12,       ///< buckets are chosen by the upper bits of the hash
};

/// A literal to look for.
typedef struct {
  uint32_t text;          ///< offset of its bytes in `texts`; lower case if `ignores_case`
  uint16_t length;        ///< bytes
  uint8_t window;         ///< where its window begins in it
  uint8_t ignores_case;   ///< 1: ASCII letters match in either case
} vs_literal;

/// The literals' tables; all pointers stay valid and constant for as long as they are used.
typedef struct {
  const uint8_t *_Nonnull sets_a;        ///< vs_pairs_a * vs_set_bytes
  const uint8_t *_Nonnull sets_b;        ///< vs_pairs_b * vs_set_bytes
  const uint64_t *_Nonnull map_a;        ///< vs_map_words
  const uint64_t *_Nonnull map_b;        ///< vs_map_words
  const uint32_t *_Nonnull starts_a;     ///< (1 << vs_bucket_bits) + 1 offsets into `members_a`
  const uint32_t *_Nonnull starts_b;
  const uint16_t *_Nonnull members_a;    ///< indices of literals
  const uint16_t *_Nonnull members_b;
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
  uint32_t a[vs_block + 64];
  uint32_t b[vs_block + 64];
} vs_scratch;

// MARK: - Hashing

static inline uint64_t vs_load64(const uint8_t *_Nonnull p) {
  uint64_t v;
  memcpy(&v, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  v = __builtin_bswap64(v);
#endif
  return v;
}

/// Hash of the 4 bytes at `p`, folded; 16 bits. Reads 8 bytes.
static inline uint32_t vs_hash_a(const uint8_t *_Nonnull p) {
  uint64_t v = vs_load64(p) & 0x1f1f1f1full;
  return (uint32_t)((v * 0x9E3779B97F4A7C15ull) >> 48);
}

/// Hash of the 6 bytes at `p`, folded; 16 bits. Reads 8 bytes.
static inline uint32_t vs_hash_b(const uint8_t *_Nonnull p) {
  uint64_t v = vs_load64(p) & 0x1f1f1f1f1f1full;
  return (uint32_t)((v * 0x9E3779B97F4A7C15ull) >> 48);
}

/// Index (byte, bit) of a byte pair in a set: byte = index >> 3, bit = index & 7.
static inline uint32_t vs_pair_index(uint8_t first, uint8_t second) {
  uint32_t byte = (first & 31u) | ((second & 3u) << 5);
  uint32_t bit = (second >> 2) & 7u;
  return byte << 3 | bit;
}

// MARK: - Level 1 bodies
// Each writes the window starts in [from, to) that pass level 1 (or 1 and 2) into the scratch and returns the counts.

typedef struct {
  uint32_t a, b;
} vs_counts;

static inline vs_counts vs_level1_portable(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                           uint32_t to, vs_scratch *_Nonnull scratch) {
  uint32_t na = 0, nb = 0;
  for (uint32_t p = from; p < to; p++) {
    uint32_t ha = vs_hash_a(base + p), hb = vs_hash_b(base + p);
    scratch->a[na] = p;
    scratch->b[nb] = p;
    na += (t->map_a[ha >> 6] >> (ha & 63)) & 1;
    nb += (t->map_b[hb >> 6] >> (hb & 63)) & 1;
  }
  return (vs_counts){na, nb};
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

VS_AVX512 static inline vs_counts vs_level1_avx512(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base,
                                                   uint32_t from, uint32_t to, vs_scratch *_Nonnull scratch) {
  __m512i lo_a[vs_pairs_a], hi_a[vs_pairs_a], lo_b[vs_pairs_b], hi_b[vs_pairs_b];
  for (int i = 0; i < vs_pairs_a; i++) {
    lo_a[i] = _mm512_loadu_si512(t->sets_a + i * vs_set_bytes);
    hi_a[i] = _mm512_loadu_si512(t->sets_a + i * vs_set_bytes + 64);
  }
  for (int i = 0; i < vs_pairs_b; i++) {
    lo_b[i] = _mm512_loadu_si512(t->sets_b + i * vs_set_bytes);
    hi_b[i] = _mm512_loadu_si512(t->sets_b + i * vs_set_bytes + 64);
  }
  const __m512i low5 = _mm512_set1_epi8(31), low2 = _mm512_set1_epi8(0x60), low3 = _mm512_set1_epi8(7);
  const __m512i bits = _mm512_broadcast_i32x4(
      _mm_set_epi8(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1));
  uint32_t na = 0, nb = 0;
  for (uint32_t p = from; p < to; p += 64) {
    __m512i index[vs_pairs_b], bit[vs_pairs_b];
    __m512i here = _mm512_loadu_si512(base + p);
#pragma clang loop unroll(full)
    for (int i = 0; i < vs_pairs_b; i++) {
      __m512i next = _mm512_loadu_si512(base + p + i + 1);
      index[i] = _mm512_or_si512(_mm512_and_si512(here, low5),
                                 _mm512_and_si512(_mm512_slli_epi16(next, 5), low2));
      bit[i] = _mm512_shuffle_epi8(bits, _mm512_and_si512(_mm512_srli_epi16(next, 2), low3));
      here = next;
    }
    uint64_t ma = ~0ull, mb = ~0ull;
#pragma clang loop unroll(full)
    for (int i = 0; i < vs_pairs_a; i++)
      ma &= _mm512_test_epi8_mask(_mm512_permutex2var_epi8(lo_a[i], index[i], hi_a[i]), bit[i]);
#pragma clang loop unroll(full)
    for (int i = 0; i < vs_pairs_b; i++)
      mb &= _mm512_test_epi8_mask(_mm512_permutex2var_epi8(lo_b[i], index[i], hi_b[i]), bit[i]);
    if (__builtin_expect(to - p < 64, 0)) {
      uint64_t inside = (1ull << (to - p)) - 1;
      ma &= inside;
      mb &= inside;
    }
    na = vs_append_avx512(scratch->a, na, ma, p);
    nb = vs_append_avx512(scratch->b, nb, mb, p);
  }
  return (vs_counts){na, nb};
}

/// Rows of a 128-byte table for 32 indices of 7 bits.
VS_AVX2 static inline __m256i vs_row_avx2(const __m256i *_Nonnull table, const __m256i *_Nonnull select) {
  __m256i row = _mm256_shuffle_epi8(table[0], select[0]);
#pragma clang loop unroll(full)
  for (int k = 1; k < 8; k++) row = _mm256_or_si256(row, _mm256_shuffle_epi8(table[k], select[k]));
  return row;
}

VS_AVX2 static inline uint32_t vs_append_avx2(uint32_t *_Nonnull out, uint32_t n, uint32_t mask, uint32_t p) {
  while (mask) {
    // Four at a time: the count is what varies, and it is nearly always under five.
    uint32_t m = mask;
    for (int i = 0; i < 4; i++) {
      out[n + i] = p + _tzcnt_u32(m);
      m = _blsr_u32(m);
    }
    uint32_t count = (uint32_t)__builtin_popcount(mask);
    n += count < 4 ? count : 4;
    mask = m;
  }
  return n;
}

VS_AVX2 static inline vs_counts vs_level1_avx2(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                               uint32_t to, vs_scratch *_Nonnull scratch) {
  enum { pairs = 3 };  // more pair positions cost more here than the candidates they save
  __m256i table_a[pairs][8], table_b[pairs][8];
  for (int i = 0; i < pairs; i++)
    for (int k = 0; k < 8; k++) {
      table_a[i][k] =
          _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(t->sets_a + i * vs_set_bytes + k * 16)));
      table_b[i][k] =
          _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(t->sets_b + i * vs_set_bytes + k * 16)));
    }
  const __m256i low5 = _mm256_set1_epi8(31), low2 = _mm256_set1_epi8(0x60), low3 = _mm256_set1_epi8(7);
  const __m256i bits = _mm256_broadcastsi128_si256(
      _mm_set_epi8(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1));
  uint32_t na = 0, nb = 0;
  for (uint32_t p = from; p < to; p += 32) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(base + p));
    __m256i pass_a = _mm256_set1_epi8(-1), pass_b = pass_a;
#pragma clang loop unroll(full)
    for (int i = 0; i < pairs; i++) {
      __m256i next = _mm256_loadu_si256((const __m256i *)(base + p + i + 1));
      __m256i index = _mm256_or_si256(_mm256_and_si256(here, low5), _mm256_and_si256(_mm256_slli_epi16(next, 5), low2));
      __m256i bit = _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(next, 2), low3));
      __m256i select[8];
#pragma clang loop unroll(full)
      for (int k = 0; k < 8; k++)  // 0x70 + low nibble where the index lies in the k-th sixteenth, 0x80 and up elsewhere
        select[k] = _mm256_adds_epu8(_mm256_xor_si256(index, _mm256_set1_epi8((char)(k << 4))), _mm256_set1_epi8(0x70));
      __m256i zero = _mm256_setzero_si256();
      pass_a = _mm256_andnot_si256(_mm256_cmpeq_epi8(_mm256_and_si256(vs_row_avx2(table_a[i], select), bit), zero), pass_a);
      pass_b = _mm256_andnot_si256(_mm256_cmpeq_epi8(_mm256_and_si256(vs_row_avx2(table_b[i], select), bit), zero), pass_b);
      here = next;
    }
    uint32_t ma = (uint32_t)_mm256_movemask_epi8(pass_a), mb = (uint32_t)_mm256_movemask_epi8(pass_b);
    if (__builtin_expect(to - p < 32, 0)) {
      uint32_t inside = (1u << (to - p)) - 1;
      ma &= inside;
      mb &= inside;
    }
    na = vs_append_avx2(scratch->a, na, ma, p);
    nb = vs_append_avx2(scratch->b, nb, mb, p);
  }
  return (vs_counts){na, nb};
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

static inline vs_counts vs_level1_neon(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, uint32_t from,
                                       uint32_t to, vs_scratch *_Nonnull scratch) {
  enum { pairs = 3 };
  uint8x16x4_t table_a[pairs][2], table_b[pairs][2];
  for (int i = 0; i < pairs; i++)
    for (int k = 0; k < 2; k++) {
      table_a[i][k] = vld1q_u8_x4(t->sets_a + i * vs_set_bytes + k * 64);
      table_b[i][k] = vld1q_u8_x4(t->sets_b + i * vs_set_bytes + k * 64);
    }
  static const uint8_t bit_values[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vld1q_u8(bit_values), low5 = vdupq_n_u8(31), low3 = vdupq_n_u8(7);
  uint32_t na = 0, nb = 0;
  for (uint32_t p = from; p < to; p += 16) {
    uint8x16_t here = vld1q_u8(base + p);
    uint8x16_t pass_a = vdupq_n_u8(255), pass_b = pass_a;
    for (int i = 0; i < pairs; i++) {
      uint8x16_t next = vld1q_u8(base + p + i + 1);
      uint8x16_t index = vorrq_u8(vandq_u8(here, low5), vandq_u8(vshlq_n_u8(next, 5), vdupq_n_u8(0x60)));
      uint8x16_t bit = vqtbl1q_u8(bits, vandq_u8(vshrq_n_u8(next, 2), low3));
      pass_a = vandq_u8(pass_a, vtstq_u8(vs_row_neon(table_a[i], index), bit));
      pass_b = vandq_u8(pass_b, vtstq_u8(vs_row_neon(table_b[i], index), bit));
      here = next;
    }
    uint32_t ma = vs_mask_neon(pass_a), mb = vs_mask_neon(pass_b);
    if (to - p < 16) {
      uint32_t inside = (1u << (to - p)) - 1;
      ma &= inside;
      mb &= inside;
    }
    for (; ma; ma &= ma - 1) scratch->a[na++] = p + (uint32_t)__builtin_ctz(ma);
    for (; mb; mb &= mb - 1) scratch->b[nb++] = p + (uint32_t)__builtin_ctz(mb);
  }
  return (vs_counts){na, nb};
}

#endif

// MARK: - Levels 2 and 3

/// Keeps the candidates whose window's hash is in the map.
static inline uint32_t vs_level2(uint32_t *_Nonnull places, uint32_t count, const uint8_t *_Nonnull base,
                                 const uint64_t *_Nonnull map, bool is_a) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t p = places[i];
    uint32_t h = is_a ? vs_hash_a(base + p) : vs_hash_b(base + p);
    places[kept] = p;
    kept += (map[h >> 6] >> (h & 63)) & 1;
  }
  return kept;
}

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

/// Compares the literals of a candidate's bucket; appends what stands there.
static inline size_t vs_level3(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, size_t count, uint32_t place,
                               bool is_a, vs_hit *_Nonnull hits, size_t n, size_t capacity) {
  uint32_t bucket = (is_a ? vs_hash_a(base + place) : vs_hash_b(base + place)) >> (16 - vs_bucket_bits);
  const uint32_t *starts = is_a ? t->starts_a : t->starts_b;
  const uint16_t *members = is_a ? t->members_a : t->members_b;
  for (uint32_t i = starts[bucket]; i < starts[bucket + 1]; i++) {
    const vs_literal *literal = &t->literals[members[i]];
    if (place < literal->window) continue;
    size_t start = place - literal->window;
    if (start + literal->length > count) continue;
    if (!vs_equal(t->texts + literal->text, base + start, literal->length, literal->ignores_case)) continue;
    if (n < capacity) hits[n] = (vs_hit){(uint32_t)start, members[i]};
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

static inline vs_counts vs_level1(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base, uint32_t from,
                                  uint32_t to, vs_scratch *_Nonnull scratch) {
#if defined(__x86_64__)
  if (body == vs_body_avx512) return vs_level1_avx512(t, base, from, to, scratch);
  if (body == vs_body_avx2) return vs_level1_avx2(t, base, from, to, scratch);
#elif defined(__aarch64__)
  if (body == vs_body_neon) return vs_level1_neon(t, base, from, to, scratch);
#endif
  return vs_level1_portable(t, base, from, to, scratch);
}

/// Finds every literal whose window begins in [*from, count), block by block, until the buffer's end or until a block
/// has no room left for its hits.
///
/// `base` has `count` bytes (under 4 GB) and `vs_padding` readable ones behind them. Writes up to `capacity` hits and
/// returns their number; `*from` is set to the first window start not yet looked at, `count` when done. A return value
/// above `capacity` means that the first block alone had that many: nothing of it counts, call again with more room.
/// Hits of one block come in order of their groups, not of position.
static inline size_t vs_prefilter(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base, size_t count,
                                  size_t *_Nonnull from, vs_scratch *_Nonnull scratch, vs_hit *_Nonnull hits,
                                  size_t capacity) {
  size_t n = 0;
  while (*from < count) {
    uint32_t begin = (uint32_t)*from;
    uint32_t end = count - begin > vs_block ? begin + vs_block : (uint32_t)count;
    vs_counts counts = vs_level1(t, body, base, begin, end, scratch);
    if (body != vs_body_portable) {
      counts.a = vs_level2(scratch->a, counts.a, base, t->map_a, true);
      counts.b = vs_level2(scratch->b, counts.b, base, t->map_b, false);
    }
    size_t before = n;
    for (uint32_t i = 0; i < counts.a; i++) n = vs_level3(t, base, count, scratch->a[i], true, hits, n, capacity);
    for (uint32_t i = 0; i < counts.b; i++) n = vs_level3(t, base, count, scratch->b[i], false, hits, n, capacity);
    if (n > capacity) return before == 0 ? n : before;
    *from = end;
  }
  return n;
}

// MARK: - Counting

/// Number of `byte` in a buffer.
static inline size_t vs_count_byte(const uint8_t *_Nonnull base, size_t count, uint8_t byte) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) n += base[i] == byte;
  return n;
}

#endif
