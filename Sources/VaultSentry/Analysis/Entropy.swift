// Shannon entropy: how evenly a text uses its characters.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Shannon entropy of a text over the bytes it holds.
///
/// - Returns: bits per character, 0 for an empty text; at most log2 of its length.
public func shannonEntropy(_ text: some Collection<UInt8>) -> Double {
  guard !text.isEmpty else { return 0 }
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { counts in
    counts.initialize(repeating: 0)
    for byte in text { counts[Int(byte)] += 1 }
    let total = Double(text.count)
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / total
      return sum - share * log2(share)
    }
  }
}
