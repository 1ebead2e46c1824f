/// The prefilter: every place of a buffer where one of a few thousand literals stands.
///
/// Level 1 looks at every second position only, so each literal has two windows there: one that meets the even
/// positions where the literal begins at one, and one where it begins at an odd one. A window is 4 bytes, folded to 5 bits
/// each (`& 31`, which joins the cases of a letter). The first three make a 15-bit number; a table of 32 KB tells for each
/// which of 8 classes of the fourth byte follow it in some literal.
/// Level 2: bit maps of more bytes, folded less (`| 0x20`): of the first 3 or 4 bytes of a short literal, of 5 bytes from
/// the window on of a long one. Level 3: a bucket of entries for the hash of those bytes, then the literal's own bytes.
///
/// Survivors are compacted without branches, since most candidates would mispredict. The bodies find exactly the same hits:
/// AVX2 and portable, which is NEON on arm64, are plain C that compilers turn into vector code; AVX-512 has levels 1 and 3
/// of its own.
#ifndef VS_CSCAN_H
#define VS_CSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// What becomes part of a body, with that body's instructions.
#define vs_always_inline inline __attribute__((always_inline))

enum {
  vs_padding = 128,        ///< bytes that must be readable behind a buffer's end
  vs_block = 1 << 14,      ///< positions handled in one go
  vs_chunk = 512,          ///< positions level 1 takes from vectors to the table and back
  vs_window = 4,           ///< bytes of a window
  vs_window_values = 1 << 15,  ///< numbers that three folded bytes make
  vs_stride = 2,           ///< every how many positions there is a window
  vs_longest_short = 5,    ///< bytes of a short literal at most
  vs_long_key = 5,         ///< bytes that level 2 looks at for a long literal
  vs_kinds = 5,            ///< ways in which a literal may lie about a window
  vs_map_bits = 18,        ///< bits of a hash that index the long literals' map
  vs_short_map_bits = 14,  ///< those that index a map of short ones
  vs_map_words = (2 << (vs_short_map_bits - 5)) + (1 << (vs_map_bits - 5)),  ///< of all maps together
  vs_bucket_bits = 14,     ///< bits that choose the bucket
  vs_group = 4,            ///< entries of a bucket that are compared at once, where that is possible
  vs_pairs = 1 << 10,      ///< entries that fit and wait for the rest of the comparison
};

/// A literal to look for.
typedef struct {
  uint32_t text;         ///< offset of its bytes in `texts`; lower case if `ignores_case`
  uint16_t length;       ///< bytes
  uint16_t ignores_case; ///< 1: ASCII letters match in either case
} vs_literal;

/// What of a literal stands in the 8 bytes from its key on.
typedef struct {
  uint64_t bytes;   ///< folded by `vs_fold`, the first one lowest
  uint16_t literal; ///< index
  uint8_t offset;   ///< where the key begins in the literal
  uint8_t known;    ///< bytes of the literal among the 8
  uint8_t key;      ///< bytes of the key: 3, 4 or `vs_long_key`
} vs_entry;

/// The literals' tables; all pointers stay valid and constant for as long as they are used.
typedef struct {
  /// By `vs_window_index`: one bit for each class of the byte behind, see `vs_class`.
  const uint8_t *_Nonnull windows;
  /// Bits by `vs_window_index`: whether a window of a short literal is there, of whatever class.
  const uint32_t *_Nonnull shorts;
  /// Bits by `vs_map_bit`: of the literals of 3 bytes, of 4 and 5, and of the long ones, one map behind the other.
  const uint32_t *_Nonnull maps;
  const uint32_t *_Nonnull starts;   ///< (1 << vs_bucket_bits) + 1 offsets into `entries`
  const vs_entry *_Nonnull entries;  ///< `vs_group` more than there are
  const vs_literal *_Nonnull literals;
  const uint8_t *_Nonnull texts;
} vs_tables;

/// A literal found.
typedef struct {
  uint32_t position;  ///< of its first byte, from the buffer's start
  uint32_t literal;   ///< index
} vs_hit;

typedef enum { vs_body_portable, vs_body_avx2, vs_body_avx512 } vs_body;

/// Memory for one block's candidates; one each thread.
typedef struct {
  uint32_t places[vs_block / vs_stride + 64];
  uint32_t items[vs_block / vs_stride * vs_kinds + 64];  ///< place << 3 | kind
  uint64_t pairs[vs_pairs];  ///< where a key begins in the buffer << 32 | entry
} vs_scratch;

// MARK: - Keys

/// The 8 bytes at `p` as a number, the first one lowest.
static inline uint64_t vs_load(const uint8_t *_Nonnull p) {
  uint64_t v;
  memcpy(&v, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  v = __builtin_bswap64(v);
#endif
  return v;
}

static inline uint16_t vs_load2(const uint8_t *_Nonnull p) {
  uint16_t v;
  memcpy(&v, p, 2);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  v = __builtin_bswap16(v);
#endif
  return v;
}

/// The number that three bytes make.
static inline uint32_t vs_window_index(uint8_t first, uint8_t second, uint8_t third) {
  return (first & 31u) | (second & 31u) << 5 | (third & 31u) << 10;
}

/// Class of a window's fourth byte, 0 to 7.
static inline uint32_t vs_class(uint8_t byte) { return (byte >> 2) & 7u; }

/// Joins the cases of letters.
static inline uint64_t vs_fold(uint64_t bytes) { return bytes | 0x2020202020202020ull; }

/// Hash of the first `key` bytes of `folded`.
static inline uint64_t vs_hash(uint64_t folded, uint32_t key) {
  return (folded << (64 - 8 * key)) * 0x9E3779B97F4A7C15ull;
}

/// The bit of the maps that stands for a key's hash.
static inline uint32_t vs_map_bit(uint64_t hash, uint32_t key) {
  uint32_t bits = key == vs_long_key ? vs_map_bits : vs_short_map_bits;
  return (uint32_t)(hash >> (64 - bits)) + ((key - 3) << vs_short_map_bits);
}

static inline uint32_t vs_bucket(uint64_t hash) { return (uint32_t)(hash >> (64 - vs_bucket_bits)); }

/// 1 if the bit is set.
static inline uint32_t vs_bit(const uint32_t *_Nonnull map, uint32_t index) { return (map[index >> 5] >> (index & 31)) & 1; }

/// Bytes of a kind's key, and where it begins, from the window's place.
static inline uint32_t vs_key_of_kind(uint32_t kind) { return kind == 0 ? vs_long_key : kind < 3 ? 4 : 3; }
static inline int32_t vs_anchor_of_kind(uint32_t kind) { return kind == 2 ? -1 : kind == 4 ? 1 : 0; }

// MARK: - Level 1

/// Writes the even positions below `length` whose windows are in the table and returns their number.
static vs_always_inline uint32_t vs_candidates(const uint8_t *_Nonnull windows,
                                     const uint8_t *_Nonnull block, uint32_t length, uint32_t *_Nonnull places) {
  uint16_t index[vs_chunk / 2];
  uint8_t fourth[vs_chunk / 2], found[vs_chunk / 2];
  uint32_t n = 0;
  for (uint32_t p = 0; p < length; p += vs_chunk) {
    uint32_t count = ((length - p < vs_chunk ? length - p : vs_chunk) + 1) / 2;
    uint32_t all = (count + 31) & ~31u;
    const uint8_t *at = block + p;
    for (uint32_t k = 0; k < all; k++) {
      uint16_t here = vs_load2(at + 2 * k), behind = vs_load2(at + 2 * k + 2);
      index[k] = (uint16_t)((here & 0x1f) | ((here >> 3) & 0x3e0) | ((behind << 10) & 0x7c00));
      fourth[k] = (uint8_t)(behind >> 10 & 7);
    }
    // The look-ups are the only scalar step, and what the shift adds to them is free.
    for (uint32_t k = 0; k < all; k += 8) {
#pragma clang loop unroll(full)
      for (uint32_t j = 0; j < 8; j++) found[k + j] = (uint8_t)(windows[index[k + j]] >> fourth[k + j]);
    }
    for (uint32_t k = 0; k < all; k++) found[k] &= 1;
    for (uint32_t k = 0; k < all; k += 32) {
      uint64_t mask = 0;
#pragma clang loop unroll(full)
      // The product's highest byte gathers the lowest bits of eight bytes.
      for (uint32_t j = 0; j < 4; j++) mask |= ((vs_load(found + k + 8 * j) * 0x0102040810204080ull) >> 56) << (8 * j);
      if (count - k < 32) mask &= (1u << (count - k)) - 1;
      uint32_t left = (uint32_t)__builtin_popcountll(mask);
      do {
        // Four at a time: more are rare.
#pragma clang loop unroll(full)
        for (int i = 0; i < 4; i++) {
          places[n + i] = p + 2 * (k + (uint32_t)__builtin_ctzll(mask | 1ull << 32));
          mask &= mask - 1;
        }
        n += left < 4 ? left : 4;
        left -= left < 4 ? left : 4;
      } while (__builtin_expect(left != 0, 0));
    }
  }
  return n;
}

#if defined(__x86_64__)
#define vs_avx512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi2,bmi,bmi2,popcnt")))

/// What `vs_candidates` does: the bits are tested where they are, and 64 windows' places are compacted at once.
vs_avx512 static inline uint32_t vs_candidates_avx512(const uint8_t *_Nonnull windows, const uint8_t *_Nonnull block,
                                                      uint32_t length, uint32_t *_Nonnull places) {
  _Alignas(64) uint16_t index[vs_chunk / 2];
  _Alignas(64) uint8_t wanted[vs_chunk / 2];
  _Alignas(64) uint8_t found[vs_chunk / 2];
  const __m512i bits = _mm512_set1_epi64((long long)0x8040201008040201ull);
  const __m512i lanes = _mm512_add_epi64(
      _mm512_set1_epi64(0x0706050403020100),
      _mm512_mullo_epi64(_mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0), _mm512_set1_epi64(0x0808080808080808)));
  uint32_t n = 0;
  for (uint32_t p = 0; p < length; p += vs_chunk) {
    uint32_t count = ((length - p < vs_chunk ? length - p : vs_chunk) + 1) / 2;
    // What the arrays hold behind the last window does not count.
    for (uint32_t k = 0; k < count; k += 32) {
      const uint8_t *at = block + p + 2 * k;
      __m512i here = _mm512_loadu_si512(at), behind = _mm512_loadu_si512(at + 2);
      __m512i first = _mm512_and_si512(here, _mm512_set1_epi16(0x1f));
      __m512i second = _mm512_and_si512(_mm512_srli_epi16(here, 3), _mm512_set1_epi16(0x3e0));
      __m512i third = _mm512_and_si512(_mm512_slli_epi16(behind, 10), _mm512_set1_epi16(0x7c00));
      _mm512_store_si512(index + k, _mm512_or_si512(_mm512_or_si512(first, second), third));
      __m512i fourth = _mm512_and_si512(_mm512_srli_epi16(behind, 10), _mm512_set1_epi16(7));
      _mm256_store_si256((__m256i *)(wanted + k), _mm512_cvtepi16_epi8(_mm512_shuffle_epi8(bits, fourth)));
    }
    for (uint32_t k = 0; k < count; k += 8) {
      // Compilers would gather the bytes in a vector, at twice the cost.
      volatile uint8_t *to = found + k;
#pragma clang loop unroll(full)
      for (uint32_t j = 0; j < 8; j++) to[j] = windows[index[k + j]];
    }
    for (uint32_t k = 0; k < count; k += 64) {
      uint64_t mask = _mm512_test_epi8_mask(_mm512_load_si512(found + k), _mm512_load_si512(wanted + k));
      if (count - k < 64) mask &= (1ull << (count - k)) - 1;
      __m512i kept = _mm512_maskz_compress_epi8(mask, lanes);
      uint32_t left = (uint32_t)__builtin_popcountll(mask);
      for (uint32_t i = 0;;) {
        __m512i lane = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(kept));
        _mm512_storeu_si512(places + n + i, _mm512_add_epi32(_mm512_set1_epi32((int)(p + 2 * k)), _mm512_slli_epi32(lane, 1)));
        i += 16;
        // More than 16 of 64 are rare.
        if (__builtin_expect(i >= left, 1)) break;
        kept = _mm512_alignr_epi32(kept, kept, 4);
      }
      n += left;
    }
  }
  return n;
}
#endif

// MARK: - Level 2

/// Writes an item for each kind of literal whose key may lie about a candidate, and returns their number. Places are
/// counted from `block` on, which is not the buffer's start if `begin` is not 0; those that may hold a short literal are
/// gathered at the places' own start.
static vs_always_inline uint32_t vs_keep(const vs_tables *_Nonnull t, const uint8_t *_Nonnull block, uint32_t begin,
                               uint32_t *_Nonnull places, uint32_t count, uint32_t *_Nonnull items) {
  uint32_t n = 0, shorts = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t p = places[i];
    uint64_t here = vs_fold(vs_load(block + p));
    items[n] = p << 3;
    n += vs_bit(t->maps, vs_map_bit(vs_hash(here, vs_long_key), vs_long_key));
    places[shorts] = p;
    shorts += vs_bit(t->shorts, vs_window_index((uint8_t)here, (uint8_t)(here >> 8), (uint8_t)(here >> 16)));
  }
  for (uint32_t i = 0; i < shorts; i++) {
    uint32_t p = places[i];
    bool is_start = begin + p == 0;
    uint64_t here = vs_fold(vs_load(block + p)), before = vs_fold(vs_load(block + p - !is_start));
#pragma clang loop unroll(full)
    for (uint32_t kind = 1; kind < vs_kinds; kind++) {
      uint32_t key = vs_key_of_kind(kind);
      int32_t anchor = vs_anchor_of_kind(kind);
      uint64_t bytes = anchor < 0 ? before : here >> (8 * anchor);
      items[n] = p << 3 | kind;
      // Nothing begins before the buffer.
      n += vs_bit(t->maps, vs_map_bit(vs_hash(bytes, key), key)) & (anchor >= 0 || !is_start);
    }
  }
  return n;
}

// MARK: - Level 3

/// Where an item's key begins.
static inline const uint8_t *_Nonnull vs_anchor(const uint8_t *_Nonnull block, uint32_t item) {
  return block + (item >> 3) + vs_anchor_of_kind(item & 7);
}

/// Keeps the items whose bucket holds an entry that fits, or several.
static vs_always_inline uint32_t vs_narrow(const vs_tables *_Nonnull t, const uint8_t *_Nonnull block, uint32_t *_Nonnull items,
                                 uint32_t count) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t item = items[i];
    uint64_t here = vs_fold(vs_load(vs_anchor(block, item)));
    uint32_t bucket = vs_bucket(vs_hash(here, vs_key_of_kind(item & 7)));
    uint32_t start = t->starts[bucket], entries = t->starts[bucket + 1] - start;
    const vs_entry *entry = &t->entries[start];
    uint64_t differs = (here ^ entry->bytes) << (64 - 8 * entry->known);
    items[n] = item;
    n += (entries > 1) | ((entries == 1) & (differs == 0));
  }
  return n;
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

/// Compares the literals of an item's bucket; appends what stands there.
static inline size_t vs_compare(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, size_t count,
                                uint32_t begin, uint32_t item, vs_hit *_Nonnull hits, size_t n, size_t capacity) {
  uint32_t key = vs_key_of_kind(item & 7);
  size_t anchor = (size_t)(vs_anchor(base + begin, item) - base);
  uint64_t here = vs_fold(vs_load(base + anchor));
  uint32_t bucket = vs_bucket(vs_hash(here, key));
  for (uint32_t i = t->starts[bucket]; i < t->starts[bucket + 1]; i++) {
    const vs_entry *entry = &t->entries[i];
    if (((here ^ entry->bytes) << (64 - 8 * entry->known)) != 0 || entry->key != key || anchor < entry->offset) continue;
    const vs_literal *literal = &t->literals[entry->literal];
    size_t start = anchor - entry->offset;
    if (start + literal->length > count) continue;
    if (!vs_equal(t->texts + literal->text, base + start, literal->length, literal->ignores_case)) continue;
    if (n < capacity) hits[n] = (vs_hit){(uint32_t)start, entry->literal};
    n++;
  }
  return n;
}

#if defined(__x86_64__)
/// Appends the literals that stand where `pairs` say; nothing here branches on whether they do.
vs_avx512 static inline size_t vs_verify_avx512(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, size_t count,
                                                const uint64_t *_Nonnull pairs, uint32_t pair_count, vs_hit *_Nonnull hits,
                                                size_t n, size_t capacity) {
  for (uint32_t i = 0; i < pair_count; i++) {
    const vs_entry *entry = &t->entries[(uint32_t)pairs[i]];
    const vs_literal *literal = &t->literals[entry->literal];
    const uint8_t *text = t->texts + literal->text;
    size_t anchor = pairs[i] >> 32;
    bool stands = (anchor >= entry->offset) & (anchor - entry->offset + literal->length <= count);
    size_t start = stands ? anchor - entry->offset : 0;
    if (__builtin_expect(literal->length <= 64, 1)) {
      // No byte is touched where the mask is 0.
      __mmask64 mask = _bzhi_u64(-(uint64_t)stands, literal->length);
      __m512i here = _mm512_maskz_loadu_epi8(mask, base + start);
      __mmask64 capitals = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(here, _mm512_set1_epi8('A')), _mm512_set1_epi8(26));
      here = _mm512_mask_add_epi8(here, capitals & -(uint64_t)literal->ignores_case, here, _mm512_set1_epi8(0x20));
      stands &= _mm512_mask_cmpneq_epu8_mask(mask, here, _mm512_maskz_loadu_epi8(mask, text)) == 0;
    } else {
      stands = stands && vs_equal(text, base + start, literal->length, literal->ignores_case);
    }
    if (n < capacity) hits[n] = (vs_hit){(uint32_t)start, entry->literal};
    n += stands;
  }
  return n;
}

/// What `vs_narrow` and `vs_compare` do for all items: of each bucket, `vs_group` entries are compared at once.
vs_avx512 static inline size_t vs_compare_avx512(const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, size_t count,
                                                 uint32_t begin, vs_scratch *_Nonnull scratch, uint32_t item_count,
                                                 vs_hit *_Nonnull hits, size_t n, size_t capacity) {
  uint64_t *pairs = scratch->pairs;
  uint32_t waiting = 0;
  for (uint32_t i = 0; i < item_count; i++) {
    uint32_t key = vs_key_of_kind(scratch->items[i] & 7);
    const uint8_t *anchor = vs_anchor(base + begin, scratch->items[i]);
    uint64_t here = vs_fold(vs_load(anchor)), place = (uint64_t)(anchor - base) << 32;
    uint32_t bucket = vs_bucket(vs_hash(here, key)), start = t->starts[bucket], end = t->starts[bucket + 1];
    do {
      // Each entry's bytes are the lower half of 16; what else it has is brought below the bytes.
      __m512i entries = _mm512_loadu_si512(t->entries + start);
      __m512i rest = _mm512_shuffle_epi32(entries, _MM_PERM_BADC);
      __m512i known = _mm512_and_si512(_mm512_srli_epi64(rest, 24), _mm512_set1_epi64(0xff));
      __m512i unknown = _mm512_slli_epi64(_mm512_sub_epi64(_mm512_set1_epi64(8), known), 3);
      __m512i differs = _mm512_sllv_epi64(_mm512_xor_si512(entries, _mm512_set1_epi64((long long)here)), unknown);
      __m512i other_key = _mm512_xor_si512(_mm512_srli_epi64(rest, 32), _mm512_set1_epi64(key));
      uint32_t fit = _mm512_testn_epi64_mask(differs, differs) & _mm512_testn_epi64_mask(other_key, _mm512_set1_epi64(0xff));
      fit = _bzhi_u32(fit & 0x55, 2 * (end - start < vs_group ? end - start : vs_group));
      pairs[waiting] = place | (start + (uint32_t)__builtin_ctz(fit | 0x100) / 2);
      waiting += fit != 0;
      // More than one are rare.
      while (__builtin_expect((fit &= fit - 1) != 0, 0)) {
        pairs[waiting++] = place | (start + (uint32_t)__builtin_ctz(fit) / 2);
      }
      if (__builtin_expect(waiting > vs_pairs - vs_group, 0)) {
        n = vs_verify_avx512(t, base, count, pairs, waiting, hits, n, capacity);
        waiting = 0;
      }
      start += vs_group;
    } while (__builtin_expect(start < end, 0));
  }
  return vs_verify_avx512(t, base, count, pairs, waiting, hits, n, capacity);
}
#endif

// MARK: - The filter

/// The fastest body of this machine.
static inline vs_body vs_best_body(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2"))
    return vs_body_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return vs_body_avx2;
#endif
  return vs_body_portable;
}

/// Whether this machine can run `body`.
static inline bool vs_can_run(vs_body body) {
#if defined(__x86_64__)
  if (body == vs_body_avx2) return vs_best_body() != vs_body_portable;
  if (body == vs_body_avx512) return vs_best_body() == vs_body_avx512;
#endif
  return body == vs_body_portable;
}

/// The filter, made for each body's machine by being put into a function of that target.
static vs_always_inline size_t vs_filter(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base,
                                                              size_t count, size_t *_Nonnull from,
                                                              vs_scratch *_Nonnull scratch, vs_hit *_Nonnull hits,
                                                              size_t capacity) {
  size_t n = 0;
  while (*from < count) {
    uint32_t begin = (uint32_t)*from;
    uint32_t end = count - begin > vs_block ? begin + vs_block : (uint32_t)count;
    size_t before = n;
    const uint8_t *block = base + begin;
#if defined(__x86_64__)
    if (body == vs_body_avx512) {
      uint32_t found = vs_candidates_avx512(t->windows, block, end - begin, scratch->places);
      found = vs_keep(t, block, begin, scratch->places, found, scratch->items);
      n = vs_compare_avx512(t, base, count, begin, scratch, found, hits, n, capacity);
    } else
#endif
    {
      uint32_t found = vs_candidates(t->windows, block, end - begin, scratch->places);
      found = vs_keep(t, block, begin, scratch->places, found, scratch->items);
      found = vs_narrow(t, block, scratch->items, found);
      for (uint32_t i = 0; i < found; i++) n = vs_compare(t, base, count, begin, scratch->items[i], hits, n, capacity);
    }
    if (n > capacity) return before == 0 ? n : before;
    *from = end;
  }
  return n;
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline size_t vs_filter_avx2(
    const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, size_t count, size_t *_Nonnull from,
    vs_scratch *_Nonnull scratch, vs_hit *_Nonnull hits, size_t capacity) {
  return vs_filter(t, vs_body_avx2, base, count, from, scratch, hits, capacity);
}

vs_avx512 static inline size_t vs_filter_avx512(
    const vs_tables *_Nonnull t, const uint8_t *_Nonnull base, size_t count, size_t *_Nonnull from,
    vs_scratch *_Nonnull scratch, vs_hit *_Nonnull hits, size_t capacity) {
  return vs_filter(t, vs_body_avx512, base, count, from, scratch, hits, capacity);
}
#endif

/// Finds every literal whose window lies in [*from, count), block by block, until the buffer's end or until a block has
/// no room left for its hits.
///
/// `base` has `count` bytes (under 4 GB) and `vs_padding` readable ones behind them; `*from` is 0 or what an earlier
/// call set. Writes up to `capacity` hits and returns their number; `*from` is set to the first position not yet looked
/// at, `count` when done. A return value above `capacity` means that the first block alone had that many: nothing of it
/// counts, call again with more room. Each occurrence is reported once; the hits of a block come in no particular order.
static inline size_t vs_prefilter(const vs_tables *_Nonnull t, vs_body body, const uint8_t *_Nonnull base, size_t count,
                                  size_t *_Nonnull from, vs_scratch *_Nonnull scratch, vs_hit *_Nonnull hits,
                                  size_t capacity) {
#if defined(__x86_64__)
  if (body == vs_body_avx512) return vs_filter_avx512(t, base, count, from, scratch, hits, capacity);
  if (body == vs_body_avx2) return vs_filter_avx2(t, base, count, from, scratch, hits, capacity);
#endif
  (void)body;
  return vs_filter(t, vs_body_portable, base, count, from, scratch, hits, capacity);
}

/// The first place of `needle` in the `count` bytes at `text`; null if it is nowhere. (`memmem`, which is no standard C.)
const uint8_t *_Nullable vs_find(const uint8_t *_Nonnull text, size_t count, const char *_Nonnull needle, size_t length);

#endif
