// Keywords of a file that differs little from one whose keywords are known.

import CScan
import CatalogueImage
import SecretModel

/// A part of a file that another one has, too.
struct SharedPart {
  /// In the file.
  let start: Int
  /// In the other one.
  let source: Int
  let count: Int

  var end: Int { start + count }
}

/// Finds keywords by what changed: a keyword inside a shared part stands in the other file as well, so that only the
/// surroundings of what is not shared are looked at. The result is that of looking at everything.
struct KeywordHits {
  /// Ascending by position; several keywords may stand at one.
  private(set) var hits: [vs_hit] = []
  /// Bytes that were looked at for them.
  private(set) var examined = 0
  private var fresh: [vs_hit] = []
  private var windows: [Range<Int>] = []

  /// Looks at everything.
  mutating func find(in bytes: UnsafeRawBufferPointer, _ prefilter: inout Prefilter) {
    hits.removeAll(keepingCapacity: true)
    examined = bytes.count
    prefilter.forEachHit(in: bytes, 0..<bytes.count) { hits.append($0) }
    hits.sort { $0.position < $1.position }
  }

  /// Takes over what shared parts hold and looks at the rest.
  ///
  /// - Parameters:
  ///   - known: the other file's.
  ///   - parts: ascending, not overlapping.
  mutating func find<Parts: RandomAccessCollection<SharedPart>>(
    in bytes: UnsafeRawBufferPointer, from known: KeywordHits, sharing parts: Parts,
    _ lengths: KeywordLengths, _ prefilter: inout Prefilter
  ) where Parts.Index == Int {
    markWindows(between: parts, bytes.count, reach: lengths.longest - 1)
    examined = windows.reduce(0) { $0 + $1.count }
    if examined > bytes.count / 2 { return find(in: bytes, &prefilter) }
    fresh.removeAll(keepingCapacity: true)
    for window in windows {
      prefilter.forEachHit(in: bytes, window) { hit in
        if !Self.holds(Int(hit.position), lengths[hit.literal], inOneOf: parts) { fresh.append(hit) }
      }
    }
    fresh.sort { $0.position < $1.position }
    hits.removeAll(keepingCapacity: true)
    var next = 0
    var at = 0
    for part in parts {
      at = known.firstHit(from: part.source, near: max(0, at - 1))
      while at < known.hits.count {
        var hit = known.hits[at]
        at += 1
        guard Int(hit.position) < part.source + part.count else { break }
        guard Int(hit.position) + lengths[hit.literal] <= part.source + part.count else { continue }
        hit.position = UInt32(Int(hit.position) - part.source + part.start)
        while next < fresh.count, fresh[next].position < hit.position {
          hits.append(fresh[next])
          next += 1
        }
        hits.append(hit)
      }
    }
    hits += fresh[next...]
  }

  /// Marks where a keyword may stand that is not inside one part: what lies between parts, and their seams.
  private mutating func markWindows(between parts: some Sequence<SharedPart>, _ count: Int, reach: Int) {
    windows.removeAll(keepingCapacity: true)
    var latest: Range<Int>?
    var end = 0
    func mark(_ window: Range<Int>) {
      // Ends rise as starts do.
      if let last = latest, last.upperBound >= window.lowerBound {
        latest = last.lowerBound..<window.upperBound
      } else {
        if let latest { windows.append(latest) }
        latest = window
      }
    }
    for part in parts {
      if part.start > 0 { mark(max(0, end - reach)..<min(count, part.start + reach)) }
      end = part.end
    }
    if end < count { mark(max(0, end - reach)..<count) }
    if let latest { windows.append(latest) }
  }

  /// Whether one part holds bytes as a whole.
  private static func holds<Parts: RandomAccessCollection<SharedPart>>(
    _ position: Int, _ length: Int, inOneOf parts: Parts
  ) -> Bool where Parts.Index == Int {
    let place = (parts.startIndex..<parts.endIndex).first(from: { parts[$0].end > position })
    return place < parts.endIndex && parts[place].start <= position && position + length <= parts[place].end
  }

  /// The first hit at or behind a position.
  ///
  /// - Parameter guess: what it is, or one of the few before it, if parts follow each other as in the other file.
  private func firstHit(from position: Int, near guess: Int) -> Int {
    if guess == 0 || Int(hits[guess - 1].position) < position {
      for at in guess..<min(hits.count, guess + 4) where Int(hits[at].position) >= position { return at }
      if guess >= hits.count - 4 { return hits.count }
    }
    return (0..<hits.count).first(from: { Int(hits[$0].position) >= position })
  }
}

/// Lengths of a catalogue's keywords, bytes.
struct KeywordLengths {
  private let lengths: [Int]
  let longest: Int

  init(_ image: CatalogueImage) {
    lengths = (0..<image.literalCount).map { image.length(ofLiteral: $0) }
    longest = lengths.max() ?? 1
  }

  subscript(literal: UInt32) -> Int { lengths[Int(literal)] }
}
