// How a rule's matches begin, as far as that can be told byte by byte.

/// What every match of a pattern begins with: a check that is far cheaper than the pattern and that no match fails.
///
/// Each step takes as many bytes of its set as stand there. A step whose number of bytes varies is followed by one that
/// takes none of its bytes, so that there is one way only to go through.
public struct Opening: Sendable, Hashable {
  /// Some bytes of a set in a row.
  public struct Step: Sendable, Hashable {
    public var set: ByteSet
    public var least: Int
    /// Not less than `least`.
    public var most: Int

    public init(_ set: ByteSet, least: Int, most: Int) {
      self.set = set
      self.least = least
      self.most = most
    }
  }

  /// What may not stand right before a match.
  public var notBefore: ByteSet
  /// Bytes of a match's start that the steps leave out, since its keyword's hit vouches for them.
  public var skipped: Int
  public var steps: [Step]

  public init(notBefore: ByteSet, skipped: Int, steps: [Step]) {
    self.notBefore = notBefore
    self.skipped = skipped
    self.steps = steps
  }

  /// Whether a match may begin at `start`.
  ///
  /// - Parameters:
  ///   - start: bytes from the subject's start; what is skipped is there.
  ///   - bytes: the subject.
  public func allows(matchAt start: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    if start > 0, notBefore.contains(bytes[start - 1]) { return false }
    return steps.withUnsafeBufferPointer { steps in
      var at = start + skipped
      for index in steps.indices {
        let first = at
        let end = min(bytes.count, at + steps[index].most)
        while at < end, steps[index].set.contains(bytes[at]) { at += 1 }
        if at - first < steps[index].least { return false }
      }
      return true
    }
  }
}
