// Differences between objects, as packs store them.
//
// The format is git's gitformat-pack(5), “Deltified representation”.

/// Bytes that an object has from its base.
package struct CopyRun: Sendable {
  /// In the object.
  package let start: Int
  /// In the base.
  package let source: Int
  package let count: Int
}

/// What an object has from its base, in order, neighbours in both as one; the memory is used again and again.
struct CopyRuns: ~Copyable {
  private var memory: UnsafeMutableBufferPointer<CopyRun>
  private var count = 0

  init() { memory = .allocate(capacity: 64) }

  deinit { memory.deallocate() }

  /// There until more are appended.
  var all: UnsafeBufferPointer<CopyRun> { UnsafeBufferPointer(rebasing: memory[..<count]) }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ run: CopyRun) {
    if count > 0 {
      let last = memory[count - 1]
      if last.start + last.count == run.start, last.source + last.count == run.source {
        memory[count - 1] = CopyRun(start: last.start, source: last.source, count: last.count + run.count)
        return
      }
    }
    if count == memory.count { grow() }
    memory.initializeElement(at: count, to: run)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<CopyRun>.allocate(capacity: 2 * memory.count)
    _ = larger.moveInitialize(fromContentsOf: memory)
    memory.deallocate()
    memory = larger
  }
}

/// A difference from another object; the bytes belong to whoever made it.
struct Delta {
  let baseSize: Int
  let resultSize: Int
  private let instructions: UnsafeRawBufferPointer

  /// Reads the sizes at the start; nil if there are none.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var at = 0
    guard let base = Self.size(&at, in: bytes), let result = Self.size(&at, in: bytes) else { return nil }
    (baseSize, resultSize) = (base, result)
    instructions = UnsafeRawBufferPointer(rebasing: bytes[at...])
  }

  /// Builds the object.
  ///
  /// - Parameters:
  ///   - result: room for `resultSize` bytes.
  ///   - runs: gets what was copied from the base.
  /// - Returns: false if an instruction reaches beyond the base or the result, or the result is not filled.
  func apply(
    to base: UnsafeRawBufferPointer, into result: UnsafeMutableRawPointer, recording runs: inout CopyRuns
  ) -> Bool {
    guard base.count == baseSize, let source = instructions.baseAddress else { return false }
    var at = 0
    var filled = 0
    let end = instructions.count
    while at < end {
      let instruction = source.load(fromByteOffset: at, as: UInt8.self)
      at &+= 1
      if instruction & 0x80 != 0 {
        guard let copy = Self.copy(instruction, source, &at, end) else { return false }
        // None of the sums can overflow: each part has at most 32 bits.
        guard copy.offset &+ copy.count <= base.count, filled &+ copy.count <= resultSize,
          let from = base.baseAddress
        else { return false }
        (result + filled).copyMemory(from: from + copy.offset, byteCount: copy.count)
        runs.append(CopyRun(start: filled, source: copy.offset, count: copy.count))
        filled &+= copy.count
      } else {
        let count = Int(instruction)
        guard count > 0, count <= end &- at, filled &+ count <= resultSize else { return false }
        (result + filled).copyMemory(from: source + at, byteCount: count)
        at &+= count
        filled &+= count
      }
    }
    return filled == resultSize
  }

  /// Offset and count of a copy: of seven bytes those that the instruction's low bits name, the others are zero.
  @inline(__always)
  private static func copy(
    _ instruction: UInt8, _ source: UnsafeRawPointer, _ at: inout Int, _ end: Int
  ) -> (offset: Int, count: Int)? {
    guard (instruction & 0x7F).nonzeroBitCount <= end &- at else { return nil }
    var parts = 0
    var bit = 0
    while bit < 7 {
      if instruction & 1 << bit != 0 {
        parts |= Int(source.load(fromByteOffset: at, as: UInt8.self)) << (bit &* 8)
        at &+= 1
      }
      bit &+= 1
    }
    let count = parts >> 32
    return (parts & 0xFFFF_FFFF, count == 0 ? 0x10000 : count)
  }

  /// A number in little-endian groups of seven bits.
  private static func size(_ at: inout Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    var size = 0
    var shift = 0
    while at < bytes.count, shift <= 56 {
      let byte = bytes[at]
      at += 1
      size |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return size }
      shift += 7
    }
    return nil
  }
}
