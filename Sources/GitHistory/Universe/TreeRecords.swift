// What trees hold, one behind the other in as few bytes as it takes.

/// The entries of trees, to be read in the order in which they were written.
///
/// A tree is how far before it its base was written, 0 for none; then what it holds; then 0. Each number takes seven bits a
/// byte, the lowest first. An entry is its object's number + 2 and its name; some entries of the base are 1, how far they
/// stand from where they would if everything before them had been replaced one by one, and their count.
struct TreeRecords: Sendable {
  /// What a tree holds, in its order.
  enum Item {
    /// Entries of the base, by their positions.
    case copied(Range<Int>)
    case entry(TreeLog.Entry)
  }

  /// Whole trees each, so that nothing has to be moved when more come.
  private var chunks: [[UInt8]] = []
  /// The tree that is being written.
  private var record: [UInt8] = []
  /// Entries of the base that are not written yet, since more may follow them.
  private var pending = 0..<0
  /// Where the base's entries go on if what was written replaces as many.
  private var expected = 0

  fileprivate static let end = 0
  fileprivate static let copied = 1
  fileprivate static let firstObject = 2
  /// Bytes.
  private static let chunkLength = 1 << 18

  /// - Parameter distance: trees back to the base; 0 for none.
  mutating func beginTree(base distance: Int) {
    record.removeAll(keepingCapacity: true)
    expected = 0
    write(distance)
  }

  mutating func append(copied positions: Range<Int>) {
    if !pending.isEmpty, pending.upperBound == positions.lowerBound {
      pending = pending.lowerBound..<positions.upperBound
    } else {
      writePending()
      pending = positions
    }
  }

  mutating func append(_ entry: TreeLog.Entry) {
    writePending()
    write(Int(entry.object) + Self.firstObject)
    write(Int(entry.nameAndKind))
    expected += 1
  }

  mutating func endTree() {
    writePending()
    write(Self.end)
    if (chunks.last?.capacity ?? 0) - (chunks.last?.count ?? 0) < record.count {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(max(Self.chunkLength, record.count))
    }
    chunks[chunks.count - 1] += record
  }

  /// Goes through all trees from the first one on: calls `body` with one reader after the other, each of some trees.
  func read<Failure>(_ body: (inout Reader) throws(Failure) -> Void) throws(Failure) {
    for chunk in chunks {
      let result = chunk.withUnsafeBytes { bytes in
        Result { () throws(Failure) in
          var reader = Reader(bytes)
          try body(&reader)
        }
      }
      try result.get()
    }
  }

  private mutating func writePending() {
    if pending.isEmpty { return }
    write(Self.copied)
    let step = pending.lowerBound - expected
    write(step << 1 ^ step >> (Int.bitWidth - 1))
    write(pending.count)
    expected = pending.upperBound
    pending = 0..<0
  }

  /// - Parameter number: not negative.
  @inline(__always)
  private mutating func write(_ number: Int) {
    var rest = number
    while rest > 0x7F {
      record.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    record.append(UInt8(truncatingIfNeeded: rest))
  }
}

extension TreeRecords {
  /// Reads trees and what they hold; the bytes are there for as long as the call it was made for.
  struct Reader {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0
    private var expected = 0

    fileprivate init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Begins the next tree; what is left of the one before must have been read.
    ///
    /// - Returns: trees back to its base, 0 for none; nil behind the last tree.
    mutating func nextTree() -> Int? {
      if at == bytes.count { return nil }
      expected = 0
      return read()
    }

    /// The next part of the tree; nil at its end.
    @inline(__always)
    mutating func next() -> Item? {
      let head = read()
      if head == TreeRecords.end { return nil }
      guard head == TreeRecords.copied else {
        expected += 1
        return .entry(TreeLog.Entry(object: head - TreeRecords.firstObject, nameAndKind: read()))
      }
      let step = read()
      let start = expected + (step >> 1 ^ -(step & 1))
      expected = start + read()
      return .copied(start..<expected)
    }

    @inline(__always)
    private mutating func read() -> Int {
      var byte = bytes[at]
      at += 1
      var number = Int(byte & 0x7F)
      var shift = 7
      while byte & 0x80 != 0 {
        byte = bytes[at]
        at += 1
        number |= Int(byte & 0x7F) << shift
        shift += 7
      }
      return number
    }
  }
}
