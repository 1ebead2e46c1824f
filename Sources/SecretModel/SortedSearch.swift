// Binary search, for what is in order.

extension Range<Int> {
  /// The first index for which a condition holds that holds for all behind it, too; the range's end if there is none.
  @inlinable
  package func first(from condition: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
