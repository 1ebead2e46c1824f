// The prefilter's tables (see `cscan.h`), built from literals.
//
// Of a long literal's windows the builder takes those that are rarest in ordinary text.

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

/// Where a long literal's windows begin in it. Those of the short ones are given by their length.
public struct WindowOffsets: Sendable, Hashable {
  /// The window that is met where the literal begins at an even position; even itself.
  public var even: UInt8
  /// The one for odd positions; odd itself.
  public var odd: UInt8

  public init(even: Int, odd: Int) { (self.even, self.odd) = (UInt8(even), UInt8(odd)) }

  /// Chooses the rarest windows of a literal.
  ///
  /// - Parameter text: the literal's bytes; any for a short one, which has no choice.
  public static func rarest(in text: [UInt8]) -> WindowOffsets {
    func rarest(from first: Int) -> Int {
      stride(from: first, through: text.count - Int(vs_long_key), by: Int(vs_stride))
        .min { cost(text[$0...]) < cost(text[$1...]) } ?? first
    }
    return WindowOffsets(even: rarest(from: 0), odd: rarest(from: 1))
  }

  /// What looking at a window costs: its candidates, and four times as much for those that level 2 lets through.
  private static func cost(_ text: ArraySlice<UInt8>) -> Double {
    let bytes = Array(text.prefix(Int(vs_long_key)))
    guard bytes.count == Int(vs_long_key) else { return .infinity }
    let three = { (at: Int) in TextFrequency.ofThree(vs_window_index(bytes[at], bytes[at + 1], bytes[at + 2])) }
    // How often the next byte follows the two before it.
    let next = { (at: Int) in three(at) / PairFrequency.perMillion(bytes[at], bytes[at + 1]) }
    let four = three(0) * next(1)
    let key = (0..<5).reduce(UInt32(0)) { $0 | UInt32(bytes[$1] & 31) << UInt32(5 * $1) }
    let five = TextFrequency.ofFive(key) ?? min(four * next(2), TextFrequency.leastOfFive)
    // Three of the fourth byte's five bits count.
    return (three(0) * four).squareRoot() + 4 * five
  }
}

/// The tables in memory, made when a catalogue is opened: a fraction of a millisecond for 5,000 literals.
public final class PrefilterTables: @unchecked Sendable {
  // The blocks are written by `init` alone.
  private let windows: UnsafeMutablePointer<UInt8>
  private let shorts: UnsafeMutablePointer<UInt32>
  private let maps: UnsafeMutablePointer<UInt32>
  private let starts: UnsafeMutablePointer<UInt32>
  private let entries: UnsafeMutablePointer<vs_entry>
  private let literals: UnsafeMutablePointer<vs_literal>
  private let ownTexts: UnsafeMutablePointer<UInt8>?
  /// The tables' face for C; valid for as long as this object is.
  public let face: vs_tables

  /// What an image holds of a literal besides its text.
  struct Entry {
    let length: Int
    let ignoresCase: Bool
    let windows: WindowOffsets
  }

  /// Bytes that have to be readable behind the literals' texts.
  static let padding = 8

  /// Keeps a copy of the literals' texts.
  ///
  /// - Parameter literals: at most 65,535.
  public convenience init(_ literals: [Literal]) {
    let texts = literals.flatMap(\.text)
    let copy = UnsafeMutablePointer<UInt8>.allocate(zeros: texts.count + Self.padding)
    copy.update(from: texts, count: texts.count)
    self.init(count: literals.count, texts: copy, owned: copy) { index in
      let literal = literals[index]
      return Entry(
        length: literal.text.count, ignoresCase: literal.ignoresCase, windows: WindowOffsets.rarest(in: literal.text))
    }
  }

  /// - Parameters:
  ///   - count: number of literals, at most 65,535.
  ///   - texts: where the literals' bytes are, one literal's behind the other's, with `padding`; has to outlive the tables.
  ///   - owned: them again if they are to go with the tables.
  init(
    count: Int, texts: UnsafePointer<UInt8>, owned: UnsafeMutablePointer<UInt8>? = nil, entry: (Int) -> Entry
  ) {
    let windows = UnsafeMutablePointer<UInt8>.allocate(zeros: Int(vs_window_values))
    let shorts = UnsafeMutablePointer<UInt32>.allocate(zeros: Int(vs_window_values) / UInt32.bitWidth)
    let maps = UnsafeMutablePointer<UInt32>.allocate(zeros: Int(vs_map_words))
    // Two more than there are buckets: one for the end, one since each first stands where the one behind it ends.
    let starts = UnsafeMutablePointer<UInt32>.allocate(zeros: 1 << Int(vs_bucket_bits) + 2)
    let literals = UnsafeMutablePointer<vs_literal>.allocate(capacity: count)
    var text = 0
    var keys = 0
    for index in 0..<count {
      let entry = entry(index)
      literals[index] = vs_literal(
        text: UInt32(text), length: UInt16(entry.length), ignores_case: entry.ignoresCase ? 1 : 0)
      let bytes = UnsafeBufferPointer(start: texts + text, count: entry.length)
      Window.enter(bytes, entry.windows, windows, shorts)
      Key.each(of: bytes, entry.windows, literal: index) { key in
        key.enter(maps)
        starts[Int(vs_bucket(key.hash)) + 2] += 1
        keys += 1
      }
      text += entry.length
    }
    for bucket in 0...1 << Int(vs_bucket_bits) { starts[bucket + 1] += starts[bucket] }
    // Some more entries, which are looked at behind the last bucket.
    let entries = UnsafeMutablePointer<vs_entry>.allocate(capacity: keys + Int(vs_group))
    let none = vs_entry(bytes: 0, literal: 0, offset: 0, known: 8, key: 0)
    (entries + keys).initialize(repeating: none, count: Int(vs_group))
    for index in 0..<count {
      let literal = literals[index]
      let bytes = UnsafeBufferPointer(start: texts + Int(literal.text), count: Int(literal.length))
      Key.each(of: bytes, entry(index).windows, literal: index) { key in
        let bucket = Int(vs_bucket(key.hash)) + 1
        entries[Int(starts[bucket])] = key.entry
        starts[bucket] += 1
      }
    }
    (self.windows, self.shorts, self.maps, self.starts) = (windows, shorts, maps, starts)
    (self.entries, self.literals, ownTexts) = (entries, literals, owned)
    face = vs_tables(
      windows: windows, shorts: shorts, maps: maps, starts: starts, entries: entries,
      literals: literals, texts: texts)
  }

  deinit {
    windows.deallocate()
    shorts.deallocate()
    maps.deallocate()
    starts.deallocate()
    entries.deallocate()
    literals.deallocate()
    ownTexts?.deallocate()
  }
}

/// What level 1 sees of a literal.
private struct Window {
  /// From the window's first byte to the literal's; the window may begin before the literal and end behind it.
  let start: Int
  let text: UnsafeBufferPointer<UInt8>

  /// Enters one for each kind of position that a literal may begin at.
  @inline(__always)
  static func enter(
    _ text: UnsafeBufferPointer<UInt8>, _ offsets: WindowOffsets, _ table: UnsafeMutablePointer<UInt8>,
    _ shorts: UnsafeMutablePointer<UInt32>
  ) {
    if text.count > vs_longest_short {
      enterWhole(text, Int(offsets.even), table)
      enterWhole(text, Int(offsets.odd), table)
    } else {
      // With three bytes, the window before knows more than the one behind.
      for start in [0, text.count == 3 ? -1 : 1] {
        Window(start: start, text: text).enter { index, classes in
          table[index] |= classes
          shorts[index >> 5] |= 1 << UInt32(index & 31)
        }
      }
    }
  }

  /// A window of which the literal has every byte.
  @inline(__always)
  private static func enterWhole(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ table: UnsafeMutablePointer<UInt8>
  ) {
    table[Int(vs_window_index(text[start], text[start + 1], text[start + 2]))] |= 1 << UInt8(vs_class(text[start + 3]))
  }

  /// The folded values of one of the window's bytes: all where any byte may stand.
  private func values(_ offset: Int) -> ClosedRange<UInt8> {
    let at = start + offset
    guard at >= 0, at < text.count else { return 0...31 }
    return text[at] & 31...text[at] & 31
  }

  /// Tells for each index of the window the classes of the byte behind.
  private func enter(_ tell: (_ index: Int, _ classes: UInt8) -> Void) {
    let last = start + 3
    let classes = last < text.count ? UInt8(1) << UInt8(vs_class(text[last])) : .max
    let second = text[start + 1]
    for first in values(0) {
      for third in values(2) { tell(Int(vs_window_index(first, second, third)), classes) }
    }
  }
}

/// The bytes of a literal that level 2 goes by.
private struct Key {
  let hash: UInt64
  let entry: vs_entry

  /// Tells a short literal's first bytes, or those from either window on of a long one.
  @inline(__always)
  static func each(
    of text: UnsafeBufferPointer<UInt8>, _ offsets: WindowOffsets, literal: Int, _ tell: (Key) -> Void
  ) {
    if text.count > vs_longest_short {
      tell(Key(text, Int(offsets.even), UInt32(vs_long_key), literal))
      tell(Key(text, Int(offsets.odd), UInt32(vs_long_key), literal))
    } else {
      tell(Key(text, 0, text.count == 3 ? 3 : 4, literal))
    }
  }

  @inline(__always)
  private init(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int, _ length: UInt32, _ literal: Int) {
    let known = min(8, text.count - offset)
    // What is behind the literal does not count.
    let bytes = vs_fold(vs_load(text.baseAddress! + offset) & UInt64.max >> UInt64(64 - 8 * known))
    hash = vs_hash(bytes, length)
    entry = vs_entry(
      bytes: bytes, literal: UInt16(literal), offset: UInt8(offset), known: UInt8(known), key: UInt8(length))
  }

  func enter(_ maps: UnsafeMutablePointer<UInt32>) {
    let bit = vs_map_bit(hash, UInt32(entry.key))
    maps[Int(bit >> 5)] |= 1 << (bit & 31)
  }
}

extension UnsafeMutablePointer where Pointee: FixedWidthInteger {
  fileprivate static func allocate(zeros count: Int) -> Self {
    let memory = Self.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
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
