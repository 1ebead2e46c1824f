// Bytes to scan, and where they came from.

import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A piece of text to scan.
///
/// A large file is scanned in several blobs that overlap; each one owns the part whose findings it reports.
struct Blob {
  /// UTF-8 or any other superset of ASCII; `Prefilter.padding` readable bytes follow.
  let bytes: UnsafeRawBufferPointer
  /// Secrets that begin here are this blob's; those before or behind it belong to its neighbours.
  let owned: Range<Int>
  let origin: Origin
}

/// Where a blob's bytes stand. Cheap to make: most blobs hold nothing, and nobody asks for their path.
struct Origin {
  /// Path of the directory as reports show it, with a final `/` unless it is empty.
  let directory: [UInt8]
  let name: [UInt8]
  let encoding: TextEncoding
  /// Position of `owned.lowerBound` in the file.
  var position: TextPosition
  /// False for contents that stand at several paths, of which only the last part is known.
  var isDirectoryKnown = true
  /// The open file that the bytes were read from; nil for streams and for contents that git keeps.
  var descriptor: Int32?
  /// Whether the bytes are a file of the index, and the next commit has them.
  var isStaged = false

  var pathBytes: [UInt8] { directory + name }
  var path: ReportedPath { ReportedPath(bytes: pathBytes) }
}

/// A place in a file.
struct TextPosition: Hashable {
  /// Bytes of the file as it is stored.
  var byteOffset: Int
  /// 1-based.
  var line: Int
  /// 1-based, in UTF-16 code units.
  var column: Int

  /// Where a file's text begins: a byte order mark stands before its first column.
  static func start(of bytes: UnsafeRawBufferPointer) -> TextPosition {
    let first = bytes.count < 2 ? 0 : UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    let isMarked = first == 0xFFFE || first == 0xFEFF || (first == 0xEFBB && bytes.count > 2 && bytes[2] == 0xBF)
    return TextPosition(byteOffset: 0, line: 1, column: isMarked ? 0 : 1)
  }

  /// Moves over `bytes`, decoded text of a file in `encoding`.
  func advanced(over bytes: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> TextPosition {
    var result = self
    var lineStart = 0
    if let base = bytes.baseAddress {
      while let end = memchr(base + lineStart, 0x0A, bytes.count - lineStart) {
        result.line += 1
        lineStart = UnsafeRawPointer(end) - base + 1
      }
    }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[lineStart...])
    result.column = (lineStart > 0 ? 1 : column) + rest.utf16Count
    result.byteOffset += encoding.storedLength(of: bytes)
    return result
  }
}

extension UnsafeRawBufferPointer {
  /// UTF-16 code units of the text; a byte that is not UTF-8 counts as one, as Latin-1 would have it.
  var utf16Count: Int {
    guard contains(where: { $0 >= 0x80 }) else { return count }
    var units = 0
    var at = 0
    while at < count {
      let length = utf8Length(at)
      units += length == 4 ? 2 : 1
      at += length
    }
    return units
  }

  /// Bytes of the UTF-8 character at `at`; 1 for a byte that does not begin one.
  private func utf8Length(_ at: Int) -> Int {
    let lead = self[at]
    let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
    guard length > 1, at + length <= count else { return 1 }
    return (at + 1..<at + length).allSatisfy { self[$0] & 0xC0 == 0x80 } ? length : 1
  }
}
