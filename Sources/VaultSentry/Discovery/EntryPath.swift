// Where an entry stands, for those who ask the same of all entries of a directory.

/// An entry's path from the root of a walk.
struct EntryPath {
  private(set) var bytes: [UInt8]
  /// Bytes before the name.
  private let prefix: Int
  /// Names that it is made of.
  let parts: Int

  init(_ path: [UInt8]) {
    bytes = path
    prefix = path.lastPart.startIndex
    parts = path.parts
  }

  /// An entry of a directory, that has no name yet.
  init(in directory: OpenDirectory) {
    bytes = directory.walkPrefix
    prefix = bytes.count
    parts = directory.walkPath.parts + 1
  }

  /// Becomes the path of another entry of the same directory.
  mutating func moveOn(to name: UnsafeBufferPointer<UInt8>) {
    bytes.removeSubrange(prefix...)
    bytes.append(contentsOf: name)
  }

  var name: ArraySlice<UInt8> { bytes[prefix...] }

  /// Calls `body` with the name and the whole path.
  func withBytes<Result>(_ body: (_ name: Glob.Text, _ path: Glob.Text) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body($0[prefix...], $0[...]) }
  }
}
