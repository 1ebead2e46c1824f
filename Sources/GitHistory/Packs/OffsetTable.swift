// Which entry of a pack begins at an offset: what a difference names its base by.

import SecretModel

/// Finds entries by their offsets in a few steps, whatever the offsets are.
struct OffsetTable<Offsets: RandomAccessCollection<Int>> where Offsets.Index == Int {
  /// Ascending, from index 0.
  let offsets: Offsets
  /// The first entry at or behind each multiple of `1 << bucketShift`.
  private var buckets: [Int32] = []
  private var bucketShift = 0

  init(_ offsets: Offsets) {
    self.offsets = offsets
    guard let last = offsets.last else { return }
    while last >> bucketShift > offsets.count { bucketShift += 1 }
    buckets = [Int32](repeating: 0, count: last >> bucketShift + 2)
    var entry = 0
    for bucket in buckets.indices {
      while entry < offsets.count, offsets[entry] >> bucketShift < bucket { entry += 1 }
      buckets[bucket] = Int32(entry)
    }
  }

  /// The entry that begins at an offset; nil if none does.
  func entry(at offset: Int) -> Int32? {
    let bucket = offset >> bucketShift
    guard bucket + 1 < buckets.count else { return nil }
    // Nearly always a few entries, but one offset far away puts all others into one bucket.
    let among = Int(buckets[bucket])..<Int(buckets[bucket + 1])
    let entry = among.first(from: { offsets[$0] >= offset })
    return entry < offsets.count && offsets[entry] == offset ? Int32(entry) : nil
  }
}
