// How much a text looks like ordinary source.

/// How common the byte pairs of a text are in ordinary source.
///
/// - Returns: the mean of the pairs' logarithms (base 2, of occurrences per million pairs). Words and identifiers lie
///   above 10.4 (19 of 20 do), random text of 16 characters and more below 10.1 (99 of 100). 0 for less than two bytes.
public func pairCommonness(_ text: some Collection<UInt8>) -> Double {
  let sum = zip(text, text.dropFirst()).reduce(0) { $0 + PairFrequency.bits($1.0, $1.1) }
  return text.count > 1 ? sum / Double(text.count - 1) : 0
}
