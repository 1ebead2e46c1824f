// Which entries an ignore file can say anything about.

/// What some patterns can fit, told by how far below them an entry stands and how its name ends.
///
/// Every entry asks every ignore file above it; where thousands of directories each have one, this is what most of them
/// are asked.
struct IgnoreReach: Sendable {
  /// Last bytes of names that a pattern may fit, a bit each.
  private var lastBytes = SIMD4<UInt64>()
  /// Parts that the path of an entry, from the root of the walk, has at most if a pattern may fit.
  private var deepest = Int.min

  /// - Parameter depth: parts of the path from the root of the walk to where the patterns stand; negative above it.
  init(_ globs: [Glob], depth: Int) {
    for glob in globs {
      let parts = glob.greatestParts
      deepest = max(deepest, parts == .max ? .max : depth + parts)
      if let byte = glob.lastByte {
        lastBytes[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
      } else {
        lastBytes = SIMD4(repeating: .max)
      }
    }
  }

  /// Whether a pattern may fit an entry.
  func holds(_ path: EntryPath) -> Bool {
    guard path.parts <= deepest, let last = path.name.last else { return false }
    return lastBytes[Int(last >> 6)] & 1 << UInt64(last & 63) != 0
  }
}

extension [UInt8] {
  /// Names that a path is made of.
  var parts: Int { isEmpty ? 0 : count { $0 == UInt8(ascii: "/") } + 1 }
}
