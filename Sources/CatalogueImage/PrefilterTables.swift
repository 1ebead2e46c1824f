// The prefilter's tables (see `cscan.h`), built from literals.
//
// For each literal of more than a window's length the builder chooses the window whose byte pairs are rarest in
// ordinary text, given what the sets hold already: a set that lets half of all text through filters nothing.

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
  /// Every section begins at a multiple of 64 bytes, in the order of `Layout`.
  public let bytes: [UInt8]
  public let layout: Layout

  /// Where the sections begin, bytes from the block's start.
  public struct Layout: Sendable, Hashable {
    public var setsA = 0, setsB = 0, mapA = 0, mapB = 0, startsA = 0, startsB = 0, membersA = 0, membersB = 0
    public var literals = 0, texts = 0, end = 0
  }
}

extension PrefilterTables.Layout {
  /// The tables' face for C, at `base`, which is aligned to 64 bytes.
  public func tables(at base: UnsafeRawPointer) -> vs_tables {
    vs_tables(
      sets_a: (base + setsA).assumingMemoryBound(to: UInt8.self),
      sets_b: (base + setsB).assumingMemoryBound(to: UInt8.self),
      map_a: (base + mapA).assumingMemoryBound(to: UInt64.self),
      map_b: (base + mapB).assumingMemoryBound(to: UInt64.self),
      starts_a: (base + startsA).assumingMemoryBound(to: UInt32.self),
      starts_b: (base + startsB).assumingMemoryBound(to: UInt32.self),
      members_a: (base + membersA).assumingMemoryBound(to: UInt16.self),
      members_b: (base + membersB).assumingMemoryBound(to: UInt16.self),
      literals: (base + literals).assumingMemoryBound(to: vs_literal.self),
      texts: (base + texts).assumingMemoryBound(to: UInt8.self))
  }
}

extension PrefilterTables {
  /// Builds the tables; at most 65,535 literals.
  public init(_ literals: [Literal]) {
    let windowA = vs_window_a
    let windowB = vs_window_b
    var groupA = Group(window: windowA)
    var groupB = Group(window: windowB)
    var windows = [Int](repeating: 0, count: literals.count)
    // Literals with little choice go first, so that those with more can settle where the sets are filled already.
    for index in literals.indices.sorted(by: { (literals[$0].text.count, $0) < (literals[$1].text.count, $1) }) {
      let text = literals[index].text
      windows[index] = text.count < windowB ? groupA.place(text, index) : groupB.place(text, index)
    }

    var texts: [UInt8] = []
    var records: [UInt8] = []
    for (literal, window) in zip(literals, windows) {
      records.append(littleEndian: UInt32(texts.count))
      records.append(littleEndian: UInt16(literal.text.count))
      records.append(UInt8(window))
      records.append(literal.ignoresCase ? 1 : 0)
      texts += literal.text
    }

    let bucketsA = groupA.buckets()
    let bucketsB = groupB.buckets()
    var block: [UInt8] = []
    func section(_ bytes: [UInt8]) -> Int {
      block += [UInt8](repeating: 0, count: (64 - block.count % 64) % 64)
      defer { block += bytes }
      return block.count
    }
    layout = Layout(
      setsA: section(groupA.sets), setsB: section(groupB.sets), mapA: section(groupA.map), mapB: section(groupB.map),
      startsA: section(bucketsA.starts), startsB: section(bucketsB.starts), membersA: section(bucketsA.members),
      membersB: section(bucketsB.members), literals: section(records), texts: section(texts), end: section([]))
    bytes = block
  }
}

/// The literals whose windows are of one length.
private struct Group {
  let window: Int
  /// One set of byte pairs for each pair position.
  private(set) var sets: [UInt8]
  /// The hash map.
  private(set) var map = [UInt8](repeating: 0, count: vs_map_words * 8)
  /// How much of ordinary text each set lets through, pairs per million.
  private var mass: [Double]
  private var placed: [(bucket: Int, literal: Int)] = []

  init(window: Int) {
    self.window = window
    sets = [UInt8](repeating: 0, count: (window - 1) * vs_set_bytes)
    mass = [Double](repeating: 1, count: window - 1)
  }

  /// Chooses the literal's window, enters it, and returns where it begins.
  mutating func place(_ text: [UInt8], _ literal: Int) -> Int {
    let start = (0...max(0, text.count - window)).min { cost(text, $0) < cost(text, $1) } ?? 0
    for position in 0..<window - 1 {
      for index in pairs(text, start + position) where !contains(index, position) {
        sets[position * vs_set_bytes + Int(index >> 3)] |= 1 << UInt8(index & 7)
        mass[position] += PairFrequency.perMillion[Int(index)]
      }
    }
    // A literal of three bytes stands before any fourth byte.
    let fills: [[UInt8]] = start + window <= text.count ? [[]] : (0..<32).map { [$0] }
    for fill in fills {
      let bytes = Array(text[start...].prefix(window)) + fill
      let padded = bytes + [UInt8](repeating: 0, count: 8 - bytes.count)
      let hash = padded.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { window == vs_window_a ? vs_hash_a($0) : vs_hash_b($0) } ?? 0
      }
      map[Int(hash >> 3)] |= 1 << UInt8(hash & 7)
      let bucket = Int(hash) >> (16 - vs_bucket_bits)
      if !placed.contains(where: { $0.bucket == bucket && $0.literal == literal }) || fills.count == 1 {
        placed.append((bucket, literal))
      }
    }
    return start
  }

  /// What the window would add to the text let through, as the sum of the sets' logarithms.
  private func cost(_ text: [UInt8], _ start: Int) -> Double {
    (0..<window - 1).reduce(0) { sum, position in
      let added = pairs(text, start + position)
        .filter { !contains($0, position) }
        .reduce(0) { $0 + PairFrequency.perMillion[Int($1)] }
      return sum + (added == 0 ? 0 : logarithm(1 + added / mass[position]))
    }
  }

  /// Indices of the pair at `position`, of which the second byte may be any behind a literal's end.
  private func pairs(_ text: [UInt8], _ position: Int) -> [UInt32] {
    if position + 1 < text.count { return [vs_pair_index(text[position], text[position + 1])] }
    return (0..<32).map { vs_pair_index(text[position], $0) }
  }

  private func contains(_ index: UInt32, _ position: Int) -> Bool {
    sets[position * vs_set_bytes + Int(index >> 3)] & (1 << UInt8(index & 7)) != 0
  }

  /// The buckets' members as offsets (`UInt32`) into literal indices (`UInt16`).
  func buckets() -> (starts: [UInt8], members: [UInt8]) {
    var lists = [[Int]](repeating: [], count: 1 << vs_bucket_bits)
    for (bucket, literal) in placed { lists[bucket].append(literal) }
    var starts: [UInt8] = []
    var members: [UInt8] = []
    for list in lists {
      starts.append(littleEndian: UInt32(members.count / 2))
      for literal in list.sorted() { members.append(littleEndian: UInt16(literal)) }
    }
    starts.append(littleEndian: UInt32(members.count / 2))
    return (starts, members)
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
