// Where the entries of a pack begin.

import SecretModel

/// Places in a pack, ascending. Hardly any pack has 4 GB, so that most of them need four bytes each.
struct PackOffsets: RandomAccessCollection, Sendable {
  /// The lower 32 bits of each.
  private var lows: [UInt32] = []
  /// From which place on the upper bits are which; from the first one on they are 0.
  private var steps: [(first: Int, high: Int)] = []

  /// - Parameter offsets: ascending, none negative.
  init(_ offsets: [Int]) {
    lows.reserveCapacity(offsets.count)
    for offset in offsets {
      if offset >> 32 != steps.last?.high ?? 0 { steps.append((lows.count, offset >> 32)) }
      lows.append(UInt32(truncatingIfNeeded: offset))
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { lows.count }

  @inline(__always)
  subscript(entry: Int) -> Int {
    let low = Int(lows[entry])
    return steps.isEmpty ? low : low | high(entry) << 32
  }

  private func high(_ entry: Int) -> Int {
    let next = steps.indices.first(from: { steps[$0].first > entry })
    return next == 0 ? 0 : steps[next - 1].high
  }
}
