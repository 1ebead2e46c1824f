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

/// The tables as one block of bytes.
public struct PrefilterTables: Sendable {
  /// Every section begins at a multiple of 64 bytes.
  public let bytes: [UInt8]
  public let layout: Layout

  /// Where the sections begin, bytes from the block's start.
  public struct Layout: Sendable, Hashable {
    public var sets = 0, shortMap = 0, shortMap2 = 0, shortStarts = 0, shortEntries = 0
    public var longMap = 0, longMap2 = 0, longStarts = 0, longEntries = 0, literals = 0, texts = 0, end = 0
  }
}

extension PrefilterTables.Layout {
  /// The tables' face for C, at `base`, which is aligned to 64 bytes.
  public func tables(at base: UnsafeRawPointer) -> vs_tables {
    func index(_ map: Int, _ map2: Int, _ starts: Int, _ entries: Int) -> vs_index {
      vs_index(
        map: (base + map).assumingMemoryBound(to: UInt64.self),
        map2: (base + map2).assumingMemoryBound(to: UInt64.self),
        starts: (base + starts).assumingMemoryBound(to: UInt32.self),
        entries: (base + entries).assumingMemoryBound(to: vs_entry.self))
    }
    return vs_tables(
      sets: (base + sets).assumingMemoryBound(to: UInt8.self),
      short_index: index(shortMap, shortMap2, shortStarts, shortEntries),
      long_index: index(longMap, longMap2, longStarts, longEntries),
      literals: (base + literals).assumingMemoryBound(to: vs_literal.self),
      texts: (base + texts).assumingMemoryBound(to: UInt8.self))
  }
}

extension PrefilterTables {
  /// Builds the tables; at most 65,535 literals.
  public init(_ literals: [Literal]) {
    var pairs = PairSets()
    var short = WindowIndex(window: Int(vs_short_window)) { vs_short_hash($0) }
    var long = WindowIndex(window: Int(vs_long_window)) { vs_long_hash($0) }
    // Literals with little choice go first, so that those with more can settle where the sets are filled already.
    for index in literals.indices.sorted(by: { (literals[$0].text.count, $0) < (literals[$1].text.count, $1) }) {
      let text = literals[index].text
      if text.count <= vs_longest_short {
        short.add(text, index, at: pairs.place(text))
      } else {
        // One window for each remainder of its offset, so that any third position meets one.
        for remainder in 0..<vs_stride {
          let offsets = stride(from: Int(remainder), through: text.count - long.window, by: Int(vs_stride))
          let rarest = offsets.min { commonness(text, $0, long.window) < commonness(text, $1, long.window) }
          if let rarest { long.add(text, index, at: rarest) }
        }
      }
    }

    var texts: [UInt8] = []
    var records: [UInt8] = []
    for literal in literals {
      records.append(littleEndian: UInt32(texts.count))
      records.append(littleEndian: UInt16(literal.text.count))
      records.append(littleEndian: UInt16(literal.ignoresCase ? 1 : 0))
      texts += literal.text
    }

    var block: [UInt8] = []
    func section(_ bytes: [UInt8]) -> Int {
      block += [UInt8](repeating: 0, count: (64 - block.count % 64) % 64)
      defer { block += bytes }
      return block.count
    }
    let shortBuckets = short.buckets()
    let longBuckets = long.buckets()
    layout = Layout(
      sets: section(pairs.sets), shortMap: section(short.map),
      shortMap2: section(short.map2), shortStarts: section(shortBuckets.starts),
      shortEntries: section(shortBuckets.entries), longMap: section(long.map), longMap2: section(long.map2), longStarts: section(longBuckets.starts),
      longEntries: section(longBuckets.entries), literals: section(records), texts: section(texts), end: section([]))
    bytes = block
  }
}

/// How common a window is, as the sum of its pairs' logarithms.
private func commonness(_ text: [UInt8], _ start: Int, _ window: Int) -> Double {
  (start..<start + window - 1).reduce(0) { sum, at in
    sum + logarithm(PairFrequency.perMillion[Int(vs_pair_index(text[at], text[at + 1]))])
  }
}

/// The byte pairs of the short literals' windows.
private struct PairSets {
  /// One set of byte pairs for each pair of the window.
  private(set) var sets = [UInt8](repeating: 0, count: Int(vs_pairs * vs_set_bytes))
  /// How much of ordinary text each set lets through, pairs per million.
  private var mass = [Double](repeating: 1, count: Int(vs_pairs))

  /// Chooses a literal's window, enters its pairs, and returns where it begins.
  mutating func place(_ text: [UInt8]) -> Int {
    let start = (0...max(0, text.count - Int(vs_short_window))).min { cost(text, $0) < cost(text, $1) } ?? 0
    for position in 0..<Int(vs_pairs) {
      for index in Self.pairs(text, start + position) where !contains(index, position) {
        sets[position * Int(vs_set_bytes) + Int(index >> 3)] |= 1 << UInt8(index & 7)
        mass[position] += PairFrequency.perMillion[Int(index)]
      }
    }
    return start
  }

  /// What a window would add to the text let through, as the sum of the sets' logarithms.
  private func cost(_ text: [UInt8], _ start: Int) -> Double {
    (0..<Int(vs_pairs)).reduce(0) { sum, position in
      let added = Self.pairs(text, start + position)
        .filter { !contains($0, position) }
        .reduce(0) { $0 + PairFrequency.perMillion[Int($1)] }
      return sum + (added == 0 ? 0 : logarithm(1 + added / mass[position]))
    }
  }

  /// Indices of the pair at `position`, of which the second byte may be any behind a literal's end.
  private static func pairs(_ text: [UInt8], _ position: Int) -> [UInt32] {
    if position + 1 < text.count { return [vs_pair_index(text[position], text[position + 1])] }
    return (0..<32).map { vs_pair_index(text[position], $0) }
  }

  private func contains(_ index: UInt32, _ position: Int) -> Bool {
    sets[position * Int(vs_set_bytes) + Int(index >> 3)] & (1 << UInt8(index & 7)) != 0
  }
}

/// Windows by their hash.
private struct WindowIndex {
  let window: Int
  private let hash: (UnsafePointer<UInt8>) -> UInt64
  private(set) var map = [UInt8](repeating: 0, count: 1 << (Int(vs_map_bits) - 3))
  private(set) var map2 = [UInt8](repeating: 0, count: 1 << (Int(vs_map_bits) - 3))
  private var windows: [Window] = []

  private struct Window {
    let hash: UInt64
    let literal: Int
    let offset: Int
    /// What of the literal stands from the window's start on, folded, and where it is known.
    let bytes: UInt64
    let mask: UInt64
  }

  /// - Parameters:
  ///   - window: bytes.
  ///   - hash: reads 8 bytes.
  init(window: Int, hash: @escaping (UnsafePointer<UInt8>) -> UInt64) {
    self.window = window
    self.hash = hash
  }

  mutating func add(_ text: [UInt8], _ literal: Int, at offset: Int) {
    // A literal of three bytes stands before any fourth byte.
    let fills: [[UInt8]] = offset + window <= text.count ? [[]] : (0..<32).map { [$0] }
    for fill in fills {
      let bytes = Array(text[offset...].prefix(window)) + fill + [UInt8](repeating: 0, count: 8)
      let hash = bytes.withUnsafeBufferPointer { $0.baseAddress.map { self.hash($0) } ?? 0 }
      Self.set(vs_map_index(hash), in: &map)
      Self.set(vs_map2_index(hash), in: &map2)
      let known = text[offset...].prefix(8).enumerated()
      windows.append(
        Window(
          hash: hash, literal: literal, offset: offset,
          bytes: known.reduce(0) { $0 | UInt64($1.element & 31) << UInt64(8 * $1.offset) },
          mask: known.reduce(0) { $0 | 31 << UInt64(8 * $1.offset) }))
    }
  }

  private static func set(_ index: UInt32, in map: inout [UInt8]) { map[Int(index >> 3)] |= 1 << UInt8(index & 7) }

  /// The buckets as offsets (`UInt32`) into entries (`vs_entry`).
  func buckets() -> (starts: [UInt8], entries: [UInt8]) {
    var lists = [[Window]](repeating: [], count: 1 << Int(vs_bucket_bits))
    for window in windows { lists[Int(vs_bucket(window.hash))].append(window) }
    var starts: [UInt8] = []
    var entries: [UInt8] = []
    var count: UInt32 = 0
    for list in lists {
      starts.append(littleEndian: count)
      for window in list.sorted(by: { ($0.literal, $0.offset) < ($1.literal, $1.offset) }) {
        entries.append(littleEndian: window.bytes)
        entries.append(littleEndian: window.mask)
        entries.append(littleEndian: UInt32(window.literal))
        entries.append(littleEndian: UInt32(window.offset))
        count += 1
      }
    }
    starts.append(littleEndian: count)
    return (starts, entries)
  }
}

/// Natural logarithm by its series: near enough for comparing costs, and the same on every platform.
private func logarithm(_ value: Double) -> Double {
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

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
