// Which files git tracks, read from the index itself: no library has to be started for it.

/// Some of the names in a git index.
public struct IndexNames: Sendable {
  private let names: Set<[UInt8]>

  /// Whether a path is tracked, from the work tree's root, with `/` between its parts.
  public func contains(_ path: [UInt8]) -> Bool { names.contains(path) }

  /// Reads the names that are wanted. A split index has most names in another file, which is not read.
  ///
  /// - Parameters:
  ///   - path: of the index.
  ///   - isWanted: asked with the last part of every name.
  /// - Returns: nil if which files are tracked cannot be told: the index is damaged, split, or of another version.
  public init?(at path: String, where isWanted: (Slice<UnsafeRawBufferPointer>) -> Bool) {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      // A repository without an index tracks nothing.
      guard error.code == .notFound else { return nil }
      names = []
      return
    }
    // SHA-1 nearly everywhere, SHA-256 in what asked for it; the names' recorded lengths tell which.
    for idLength in [20, 32] {
      if let names = Self.names(in: file.bytes, idLength, where: isWanted) {
        self.names = names
        return
      }
    }
    return nil
  }

  private static func names(
    in bytes: UnsafeRawBufferPointer, _ idLength: Int, where isWanted: (Slice<UnsafeRawBufferPointer>) -> Bool
  ) -> Set<[UInt8]>? {
    guard var reader = IndexReader(bytes, idLength: idLength) else { return nil }
    var found = Set<[UInt8]>()
    while reader.next() != nil {
      reader.path.withUnsafeBytes { all in
        let start = all.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        if isWanted(all[start...]) { found.insert(Array(all)) }
      }
    }
    guard reader.left == 0, let extensions = reader.extensions else { return nil }
    return extensions.contains { $0.signature == "link" } ? nil : found
  }
}
