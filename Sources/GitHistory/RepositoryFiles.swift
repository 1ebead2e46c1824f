// The files of a repository that libgit2 has no list of: reflogs, and what HEAD was before.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads object ids out of small text files of a repository.
enum RepositoryFiles {
  /// Reflogs grow with every step; none comes near this. Bytes.
  private static let limit = 64 << 20
  /// Branch names are paths; links are not followed, so nothing deeper is a repository's own.
  private static let deepest = 64

  /// All objects that reflogs name, those of linked work trees and deleted branches included.
  static func loggedIDs(commonDirectory: String) -> [ObjectID] {
    var logs = files(below: commonDirectory + "/logs")
    for workTree in names(in: commonDirectory + "/worktrees") {
      logs += files(below: "\(commonDirectory)/worktrees/\(workTree)/logs")
    }
    return logs.flatMap { log in
      lines(log).flatMap { line in line.split(separator: UInt8(ascii: " "), maxSplits: 2).prefix(2).compactMap(id) }
    }
  }

  /// What `ORIG_HEAD`, `MERGE_HEAD` and their like name, and the HEAD of every linked work tree.
  static func headIDs(commonDirectory: String) -> [ObjectID] {
    var directories = [commonDirectory]
    directories += names(in: commonDirectory + "/worktrees").map { "\(commonDirectory)/worktrees/\($0)" }
    return directories.flatMap { directory in
      names(in: directory).filter { $0.hasSuffix("HEAD") }.flatMap { name in
        lines("\(directory)/\(name)").compactMap { line in
          line.split(maxSplits: 1) { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.first.flatMap(id)
        }
      }
    }
  }

  /// The commits of a shallow clone whose parents were left behind.
  static func shallowCommits(commonDirectory: String) -> [ObjectID] {
    lines(commonDirectory + "/shallow").compactMap { id($0[...]) }
  }

  private static func id(_ text: ArraySlice<UInt8>) -> ObjectID? {
    ObjectID(hex: text).flatMap { $0.isZero ? nil : $0 }
  }

  private static func lines(_ path: String) -> [[UInt8]] {
    guard let text = SmallFile.text(path, limit: limit) else { return [] }
    return text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  private static func files(below directory: String, depth: Int = 0) -> [String] {
    guard depth < deepest else { return [] }
    return names(in: directory).flatMap { name -> [String] in
      let path = "\(directory)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { return [] }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return [path]
      case S_IFDIR: return files(below: path, depth: depth + 1)
      default: return []
      }
    }
  }

  /// Sorted; empty if there is no such directory.
  private static func names(in directory: String) -> [String] {
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
