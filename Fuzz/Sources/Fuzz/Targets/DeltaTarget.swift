@testable import GitHistory

/// Differences between objects, against a reader that is simple and slow.
final class DeltaTarget: FuzzTarget {
  static let name = "delta"

  static func seeds() -> [[UInt8]] {
    let base = Array("0123456789abcdef0123456789abcdef".utf8)
    return [
      [32, 0, 16] + base + [0x90, 16], [32, 0, 20] + base + [0x91, 8, 16, 4] + Array("more".utf8),
      [32, 0, 64] + base + [0xB0, 32, 0, 0xB1, 0, 32, 0], [0, 0, 3, 3, 65, 66, 67], [32, 0, 0] + base + [0x80, 0],
    ]
  }

  func run(_ input: UnsafeRawBufferPointer) {
    _ = Delta(input)
    guard input.count >= 3, input.count >= 3 + Int(input[0]) else { return }
    let size = Int(input[1]) << 8 | Int(input[2])
    let base = UnsafeRawBufferPointer(rebasing: input[3..<3 + Int(input[0])])
    let instructions = Array(input[(3 + base.count)...])
    let bytes = Self.number(base.count) + Self.number(size) + instructions
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { room.deallocate() }
    var runs = CopyRuns()
    let isApplied = bytes.withUnsafeBytes { bytes in
      guard let delta = Delta(bytes), let start = room.baseAddress else { return false }
      return delta.apply(to: base, into: start, recording: &runs)
    }
    let expected = Self.naive(Array(base), size, instructions)
    // Nobody asks for an object of no bytes by a difference, so that it may be refused.
    if size > 0 || isApplied {
      check(isApplied == (expected != nil), "what is damaged is not refused, or the other way round")
    }
    guard isApplied, let expected else { return }
    check(room.elementsEqual(expected), "the object is another one")
    for run in runs.all {
      check(
        expected[run.start..<run.start + run.count].elementsEqual(base[run.source..<run.source + run.count]),
        "a copy is none")
    }
  }

  private static func number(_ number: Int) -> [UInt8] {
    number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + Self.number(number >> 7)
  }

  /// gitformat-pack(5), word for word.
  private static func naive(_ base: [UInt8], _ size: Int, _ instructions: [UInt8]) -> [UInt8]? {
    var rest = instructions[...]
    var result: [UInt8] = []
    while let first = rest.popFirst() {
      if first & 0x80 == 0 {
        guard first > 0, rest.count >= Int(first) else { return nil }
        result += rest.prefix(Int(first))
        rest = rest.dropFirst(Int(first))
      } else {
        var fields = [Int](repeating: 0, count: 7)
        for bit in 0..<7 where first & 1 << UInt8(bit) != 0 {
          guard let byte = rest.popFirst() else { return nil }
          fields[bit] = Int(byte)
        }
        let offset = fields[0] | fields[1] << 8 | fields[2] << 16 | fields[3] << 24
        let count = fields[4] | fields[5] << 8 | fields[6] << 16
        let end = offset + (count == 0 ? 0x10000 : count)
        guard end <= base.count else { return nil }
        result += base[offset..<end]
      }
      guard result.count <= size else { return nil }
    }
    return result.count == size ? result : nil
  }
}
