// Decompression: the one place that uses libdeflate.

internal import CDeflate

/// Inflates zlib data; used by one thread.
struct Inflater: ~Copyable {
  private let handle: OpaquePointer?

  /// No deflate stream yields more bytes for each of its own.
  static let greatestRatio = 1032

  init() { handle = libdeflate_alloc_decompressor() }

  deinit { libdeflate_free_decompressor(handle) }

  /// Inflates the zlib stream that begins at the start of `stored`; what follows it is left alone.
  ///
  /// - Parameter result: filled exactly; its checksum is verified.
  /// - Returns: false if the stream is damaged or of another size.
  func inflate(_ stored: UnsafeRawBufferPointer, into result: UnsafeMutableRawBufferPointer) -> Bool {
    guard let handle, let source = stored.baseAddress else { return false }
    var used = 0
    // Without a place for the count of bytes, any other count than the room's is an error.
    return libdeflate_zlib_decompress_ex(
      handle, source, stored.count, result.baseAddress, result.count, &used, nil) == LIBDEFLATE_SUCCESS
  }
}
