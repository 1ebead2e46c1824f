// The prefilter's tables (see `cscan.h`), built from literals.
//
// For each literal of more than a window's length the builder chooses the windows whose byte pairs are rarest in
// ordinary text; for the short literals, given what the pair sets hold already: a set that lets half of all text through
// filters nothing.

public import CScan

/// A literal to look for.
public struct Literal: Sendable, Hashable {
  /// 3 bytes or more; lower case if `ignoresCase`.
  public var text: [UInt8]
  public var ignoresCase: Bool

  public init(text: [UInt8], ignoresCase: Bool) {
    self.text = text
    self.ignoresCase = ignoresCase
  }

  /// The literals' least and greatest length, bytes.
  public static let lengths = 3...256
}

/// Where a literal's windows begin in it: one for a short literal, three for a long one.
public struct WindowOffsets: Sendable, Hashable {
  public var first: UInt8
  public var second: UInt8
  public var third: UInt8

  public init(_ first: Int, _ second: Int = 0, _ third: Int = 0) {
    (self.first, self.second, self.third) = (UInt8(first), UInt8(second), UInt8(third))
  }

  /// Chooses the windows of all literals.
  public static func choose(for literals: [Literal]) -> [WindowOffsets] {
    var pairs = PairSets()
    var chosen = [WindowOffsets](repeating: WindowOffsets(0), count: literals.count)
    // Literals with little choice go first, so that those with more can settle where the sets are filled already.
    for index in literals.indices.sorted(by: { (literals[$0].text.count, $0) < (literals[$1].text.count, $1) }) {
      let text = literals[index].text
      if text.count <= vs_longest_short {
        chosen[index] = WindowOffsets(pairs.place(text))
      } else {
        // One window for each remainder of its offset, so that any third position meets one.
        let offsets = (0..<Int(vs_stride)).map { remainder in
          let choices = stride(from: remainder, through: text.count - Int(vs_window), by: Int(vs_stride))
          return choices.min { commonness(text, $0) < commonness(text, $1) } ?? remainder
        }
        chosen[index] = WindowOffsets(offsets[0], offsets[1], offsets[2])
      }
    }
    return chosen
  }
}

/// The tables in memory, made when a catalogue is opened: some 0.2 ms for 5,000 literals.
public final class PrefilterTables: @unchecked Sendable {
  // The block is written by `init` alone.
  private let block: UnsafeMutableRawPointer
  /// The tables' face for C; valid for as long as this object is.
  public let face: vs_tables

  /// A literal as an image holds it.
  public struct Entry {
    /// Bytes from the texts' start.
    public let text: Int
    public let length: Int
    public let ignoresCase: Bool
    public let windows: WindowOffsets

    public init(text: Int, length: Int, ignoresCase: Bool, windows: WindowOffsets) {
      self.text = text
      self.length = length
      self.ignoresCase = ignoresCase
      self.windows = windows
    }
  }

  /// - Parameters:
  ///   - count: number of literals, at most 65,535.
  ///   - texts: where the literals' bytes are; has to outlive the tables.
  public init(count: Int, texts: UnsafePointer<UInt8>, entry: (Int) -> Entry) {
    let short = WindowTable()
    let long = WindowTable()
    let setBytes = Int(vs_pairs * vs_set_bytes)
    block = .allocate(byteCount: setBytes + count * MemoryLayout<vs_literal>.stride, alignment: 64)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: setBytes)
    let sets = block.assumingMemoryBound(to: UInt8.self)
    let literals = (block + setBytes).bindMemory(to: vs_literal.self, capacity: count)
    for index in 0..<count {
      let entry = entry(index)
      literals[index] = vs_literal(
        text: UInt32(entry.text), length: UInt16(entry.length), ignores_case: entry.ignoresCase ? 1 : 0)
      let text = UnsafeBufferPointer(start: texts + entry.text, count: entry.length)
      if entry.length <= vs_longest_short {
        let offset = Int(entry.windows.first)
        PairSets.forEachPair(text, offset) { position, pair in
          sets[position * Int(vs_set_bytes) + Int(pair >> 3)] |= 1 << UInt8(pair & 7)
        }
        short.add(text, index, at: offset, isLong: false)
      } else {
        for offset in [entry.windows.first, entry.windows.second, entry.windows.third] {
          long.add(text, index, at: Int(offset), isLong: true)
        }
      }
    }
    face = vs_tables(
      sets: sets, short_index: short.finish(), long_index: long.finish(), literals: literals, texts: texts)
  }

  deinit {
    block.deallocate()
    WindowTable.free(face.short_index)
    WindowTable.free(face.long_index)
  }
}

/// How common a window is, as the sum of its pairs' logarithms.
private func commonness(_ text: [UInt8], _ start: Int) -> Double {
  (start..<start + Int(vs_window) - 1).reduce(0) { sum, at in
    sum + logarithm(PairFrequency.perMillion[Int(vs_pair_index(text[at], text[at + 1]))])
  }
}

/// The byte pairs of the short literals' windows, while windows are chosen.
private struct PairSets {
  private var sets = [Set<UInt32>](repeating: [], count: Int(vs_pairs))
  /// How much of ordinary text each set lets through, pairs per million.
  private var mass = [Double](repeating: 1, count: Int(vs_pairs))

  /// Chooses a literal's window, enters its pairs, and returns where it begins.
  mutating func place(_ text: [UInt8]) -> Int {
    let starts = 0...max(0, text.count - Int(vs_window))
    let start = starts.min { cost(text, $0) < cost(text, $1) } ?? 0
    text.withUnsafeBufferPointer { text in
      Self.forEachPair(text, start) { position, pair in
        if sets[position].insert(pair).inserted { mass[position] += PairFrequency.perMillion[Int(pair)] }
      }
    }
    return start
  }

  /// What a window would add to the text let through, as the sum of the sets' logarithms.
  private func cost(_ text: [UInt8], _ start: Int) -> Double {
    var added = [Double](repeating: 0, count: Int(vs_pairs))
    text.withUnsafeBufferPointer { text in
      Self.forEachPair(text, start) { position, pair in
        if !sets[position].contains(pair) { added[position] += PairFrequency.perMillion[Int(pair)] }
      }
    }
    return zip(added, mass).reduce(0) { $0 + ($1.0 == 0 ? 0 : logarithm(1 + $1.0 / $1.1)) }
  }

  /// Calls `body` with each pair of a window: any second byte may stand behind the literal's end.
  static func forEachPair(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ body: (Int, UInt32) -> Void) {
    for position in 0..<Int(vs_pairs) {
      let at = start + position
      if at + 1 < text.count {
        body(position, vs_pair_index(text[at], text[at + 1]))
      } else {
        for next in UInt8(0)..<32 { body(position, vs_pair_index(text[at], next)) }
      }
    }
  }
}

/// Windows by their hash, while the tables are made.
private final class WindowTable {
  private let map = WindowTable.emptyMap()
  private let second = (WindowTable.emptyMap(), WindowTable.emptyMap(), WindowTable.emptyMap())
  private var windows: [(hash: UInt64, entry: vs_entry)] = []

  func add(_ text: UnsafeBufferPointer<UInt8>, _ literal: Int, at offset: Int, isLong: Bool) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { bytes in
      bytes.initialize(repeating: 0)
      var mask: UInt64 = 0
      for at in 0..<min(8, text.count - offset) {
        bytes[at] = text[offset + at]
        mask |= 31 << UInt64(8 * at)
      }
      guard let start = bytes.baseAddress.map({ UnsafePointer($0) }) else { return }
      let entry = vs_entry(
        bytes: vs_load(start) & mask, mask: mask, literal: UInt32(literal), offset: UInt32(offset))
      // A literal of three bytes stands before any fourth byte.
      let isShort = offset + Int(vs_window) > text.count
      for fill in UInt8(0)..<(isShort ? 32 : 1) {
        if isShort { bytes[Int(vs_window) - 1] = fill }
        let hash = vs_hash(start)
        set(vs_map_index(start), in: map)
        if !isLong { set(vs_map2_index(hash), in: second.0) }
        windows.append((hash, entry))
      }
      if isLong { addWide(text, offset) }
    }
  }

  /// Enters the 6 bytes of a long literal that hold the window at `offset`.
  private func addWide(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) {
    let back = max(0, offset + Int(vs_wide_window) - text.count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) { bytes in
      bytes.initialize(repeating: 0)
      for at in 0..<Int(vs_wide_window) { bytes[at] = text[offset - back + at] }
      guard let start = bytes.baseAddress.map({ UnsafePointer($0) }) else { return }
      set(vs_wide_index(start), in: back == 0 ? second.0 : back == 1 ? second.1 : second.2)
    }
  }

  /// The table; its memory is the caller's, who frees it by `free`.
  func finish() -> vs_index {
    let buckets = 1 << Int(vs_bucket_bits)
    let starts = UnsafeMutablePointer<UInt32>.allocate(capacity: buckets + 1)
    starts.initialize(repeating: 0, count: buckets + 1)
    for window in windows { starts[Int(vs_bucket(window.hash)) + 1] += 1 }
    for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
    var next = Array(UnsafeBufferPointer(start: starts, count: buckets))
    let entries = UnsafeMutablePointer<vs_entry>.allocate(capacity: max(1, windows.count))
    for window in windows {
      let bucket = Int(vs_bucket(window.hash))
      entries[Int(next[bucket])] = window.entry
      next[bucket] += 1
    }
    return vs_index(
      map: map, second: (UnsafePointer(second.0), UnsafePointer(second.1), UnsafePointer(second.2)), starts: starts,
      entries: entries)
  }

  static func free(_ index: vs_index) {
    index.map.deallocate()
    index.second.0.deallocate()
    index.second.1.deallocate()
    index.second.2.deallocate()
    index.starts.deallocate()
    index.entries.deallocate()
  }

  private static func emptyMap() -> UnsafeMutablePointer<UInt32> {
    let words = 1 << (Int(vs_map_bits) - 5)
    let map = UnsafeMutablePointer<UInt32>.allocate(capacity: words)
    map.initialize(repeating: 0, count: words)
    return map
  }

  private func set(_ index: UInt32, in map: UnsafeMutablePointer<UInt32>) {
    map[Int(index >> 5)] |= 1 << (index & 31)
  }
}

/// Natural logarithm by its series: near enough for comparing costs, and the same on every platform.
func logarithm(_ value: Double) -> Double {
  var significand = value.significand
  var result = Double(value.exponent) * 0.693_147_180_559_945_3
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  significand = ratio
  for divisor in stride(from: 1, through: 15, by: 2) {
    result += 2 * significand / Double(divisor)
    significand *= square
  }
  return result
}
