// From bytes of a blob to lines and columns of its file.

import SecretModel

/// Locates places of one blob in rising order, counting each line once.
struct Locator {
  private let blob: Blob
  private var known: TextPosition
  /// Where `known` is, bytes of the blob.
  private var at: Int

  init(_ blob: Blob) {
    self.blob = blob
    known = blob.origin.position
    at = blob.owned.lowerBound
  }

  /// The place of a secret that begins in the blob's owned part, not before the one asked for last.
  mutating func location(of secret: Range<Int>, path: ReportedPath) -> Location {
    let start = known.advanced(over: bytes(at..<secret.lowerBound), blob.origin.encoding)
    known = start
    at = secret.lowerBound
    let end = start.advanced(over: bytes(secret), blob.origin.encoding)
    return Location(
      path: path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column,
      byteOffset: start.byteOffset, byteLength: end.byteOffset - start.byteOffset)
  }

  private func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: blob.bytes[range])
  }
}
