// Small files of a repository that libgit2 does not read.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads object ids out of small text files of a repository.
enum RepositoryFiles {
  /// No list of commits comes near this. Bytes.
  private static let limit = 64 << 20

  /// The commits of a shallow clone whose parents were left behind.
  static func shallowCommits(commonDirectory: String) -> [ObjectID] {
    lines(commonDirectory + "/shallow").compactMap { id($0[...]) }
  }

  /// What the HEADs of linked work trees name that are on no branch, with what to call them.
  static func detachedHeads(commonDirectory: String) -> [(name: String, id: ObjectID)] {
    names(in: commonDirectory + "/worktrees").compactMap { workTree in
      let name = "worktrees/\(workTree)/HEAD"
      return lines("\(commonDirectory)/\(name)").first.flatMap { id($0[...]) }.map { (name, $0) }
    }
  }

  private static func id(_ text: ArraySlice<UInt8>) -> ObjectID? {
    ObjectID(hex: text).flatMap { $0.isZero ? nil : $0 }
  }

  private static func lines(_ path: String) -> [[UInt8]] {
    guard let text = SmallFile.text(path, limit: limit) else { return [] }
    return text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  /// Sorted; empty if there is no such directory.
  static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
