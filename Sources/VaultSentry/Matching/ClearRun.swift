// Searches that overlap, each byte looked at once.

/// A part of a blob that is known to hold no byte of some kind: searches that come into it go on at its end.
///
/// Text made for it has a name in every ten bytes, and each would look for the end of its value, the start of its line, or
/// the parenthesis before it, over the same hundreds of bytes.
struct ClearRun {
  private var clear = 0..<0

  /// The first place from `start` on and before `end` that fits; nil if none does.
  ///
  /// - Parameter fits: the same for all searches of a blob.
  mutating func first(from start: Int, before end: Int, where fits: (Int) -> Bool) -> Int? {
    var at = start
    var known = start
    if clear.contains(start) { (known, at) = (clear.lowerBound, clear.upperBound) }
    while at < end, !fits(at) { at += 1 }
    clear = known..<max(known, at)
    return at < end ? at : nil
  }

  /// The last place before `end` and not before `start` that fits; nil if none does.
  ///
  /// - Parameter fits: the same for all searches of a blob.
  mutating func last(before end: Int, from start: Int, where fits: (Int) -> Bool) -> Int? {
    var at = end
    while at > start {
      if clear.contains(at - 1) {
        at = clear.lowerBound
      } else if fits(at - 1) {
        break
      } else {
        at -= 1
      }
    }
    clear = at..<max(at, end)
    return at > start ? at - 1 : nil
  }
}
