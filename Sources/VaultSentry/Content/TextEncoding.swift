// Which bytes a file's text is made of, and UTF-16 text brought to UTF-8.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a file stores its text.
enum TextEncoding {
  /// UTF-8, Latin-1 or whatever else holds ASCII as it is: scanned in place.
  case asciiSuperset
  case utf16LittleEndian
  case utf16BigEndian

  /// Bytes at a file's start that decide; git looks at as many for NUL bytes.
  static let sniffLength = 8_000

  /// Tells how the text is stored; nil for content that is not text.
  static func sniff(_ start: UnsafeRawBufferPointer) -> TextEncoding? {
    let start = UnsafeRawBufferPointer(rebasing: start.prefix(sniffLength))
    if start.count >= 2 {
      let isUTF32 = start.count >= 4 && start[2] == 0 && start[3] == 0
      if start[0] == 0xFF, start[1] == 0xFE, !isUTF32 { return .utf16LittleEndian }
      if start[0] == 0xFE, start[1] == 0xFF { return .utf16BigEndian }
    }
    guard let base = start.baseAddress, memchr(base, 0, start.count) != nil else { return .asciiSuperset }
    return sniffUnmarkedUTF16(start)
  }

  /// Text without a byte order mark is taken for UTF-16 if nearly all units of one order are plain ASCII.
  private static func sniffUnmarkedUTF16(_ start: UnsafeRawBufferPointer) -> TextEncoding? {
    let units = start.count / 2
    guard units >= 4 else { return nil }
    var little = 0
    var big = 0
    for unit in 0..<units {
      let first = start[2 * unit]
      let second = start[2 * unit + 1]
      if second == 0, isText(first) { little += 1 }
      if first == 0, isText(second) { big += 1 }
      // Most of what is no text is known soon: neither can have nearly all units any more.
      if (max(little, big) + units - unit - 1) * 10 < units * 9 { return nil }
    }
    if little * 10 >= units * 9 { return .utf16LittleEndian }
    return big * 10 >= units * 9 ? .utf16BigEndian : nil
  }

  private static func isText(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) || (0x09...0x0D).contains(byte) }

  /// Bytes that decoded text takes in the file.
  func storedLength(of decoded: UnsafeRawBufferPointer) -> Int {
    self == .asciiSuperset ? decoded.count : 2 * decoded.utf16Count
  }

  /// Appends stored text as UTF-8. A half pair or a lone surrogate becomes U+FFFD.
  func decode(_ stored: UnsafeRawBufferPointer, appendingTo text: inout [UInt8]) {
    guard self != .asciiSuperset else {
      text += stored
      return
    }
    let low = self == .utf16LittleEndian ? 0 : 1
    let units = stride(from: 0, to: stored.count - 1, by: 2).lazy.map { at in
      UInt16(stored[at + low]) | UInt16(stored[at + 1 - low]) << 8
    }
    var iterator = units.makeIterator()
    var decoder = UTF16()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): text += UTF8.encode(scalar).map(Array.init) ?? []
      case .error: text += [0xEF, 0xBF, 0xBD]
      case .emptyInput: return
      }
    }
  }
}
