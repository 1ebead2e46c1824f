// What stands at the start of commits and tags.

/// The lines at the start of a commit or a tag.
struct ObjectHeader {
  private let bytes: UnsafeRawBufferPointer

  /// - Parameter bytes: have to stay for as long as the header is used.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The values of all lines with a key.
  func values(_ key: String) -> [Slice<UnsafeRawBufferPointer>] {
    var values: [Slice<UnsafeRawBufferPointer>] = []
    let key = Array((key + " ").utf8)
    var rest = bytes[...]
    while let first = rest.first, first != UInt8(ascii: "\n") {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      if rest.starts(with: key) { values.append(rest[(rest.startIndex + key.count)..<end]) }
      rest = rest[min(end + 1, rest.endIndex)...]
    }
    return values
  }

  func id(_ key: String) -> ObjectID? { values(key).first.flatMap { ObjectID(hex: $0) } }
}

/// The part of a commit that links it to others. Every commit is read, so that this takes one pass and makes no text.
struct CommitHeader {
  let tree: ObjectID
  private(set) var parents: [ObjectID] = []
  /// Seconds since 1970.
  private(set) var time: Int64 = 0

  init?(_ bytes: UnsafeRawBufferPointer) {
    var tree: ObjectID?
    var start = 0
    while start < bytes.count, bytes[start] != UInt8(ascii: "\n") {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      switch bytes[start] {
      case UInt8(ascii: "t") where tree == nil: tree = Self.value(of: line, "tree ").flatMap { ObjectID(hex: $0) }
      case UInt8(ascii: "p"):
        if let parent = Self.value(of: line, "parent ").flatMap({ ObjectID(hex: $0) }) { parents.append(parent) }
      case UInt8(ascii: "c"):
        if let committer = Self.value(of: line, "committer ") { time = Signature.time(of: committer) }
      default: break
      }
      start = end + 1
    }
    guard let tree else { return nil }
    self.tree = tree
  }

  private static func value(of line: Slice<UnsafeRawBufferPointer>, _ key: StaticString) -> Slice<
    UnsafeRawBufferPointer
  >? {
    let key = UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    return line.starts(with: key) ? line.dropFirst(key.count) : nil
  }
}

/// Who did something, and when.
package struct Signature: Sendable, Hashable {
  package let name: String
  package let email: String
  /// Seconds since 1970.
  package let time: Int64

  /// The end of the year 9999; later dates have no form in reports.
  private static let latestTime: Int64 = 253_402_300_799

  /// Reads `Name <e-mail> seconds zone`; what is not there stays empty, and times before 1970 become 1970.
  init(_ line: some BidirectionalCollection<UInt8>) {
    let open = line.firstIndex(of: UInt8(ascii: "<")) ?? line.endIndex
    let close = line.lastIndex(of: UInt8(ascii: ">")) ?? line.endIndex
    let name = String(decoding: line[..<open], as: UTF8.self)
    self.name = name.hasSuffix(" ") ? String(name.dropLast()) : name
    guard open < close, close < line.endIndex else {
      (email, time) = ("", 0)
      return
    }
    email = String(decoding: line[line.index(after: open)..<close], as: UTF8.self)
    time = Self.time(of: line)
  }

  /// The seconds behind the last `>` of a line.
  static func time(of line: some BidirectionalCollection<UInt8>) -> Int64 {
    guard let close = line.lastIndex(of: UInt8(ascii: ">")) else { return 0 }
    var seconds: Int64 = 0
    let digits = line[line.index(after: close)...].drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: " ") }
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return 0 }
      seconds = min(seconds * 10 + Int64(digit - 0x30), latestTime)
    }
    return seconds
  }
}
