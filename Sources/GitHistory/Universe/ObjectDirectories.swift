// Where a repository keeps objects: its own directories and those that it borrows from.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The object directories of a repository.
struct ObjectDirectories: Sendable {
  /// Absolute, each once, the repository's own one first.
  private(set) var paths: [String] = []
  /// Alternates that cannot be followed.
  private(set) var problems: [String] = []

  /// Alternates of alternates are followed as far as git does.
  private static let deepest = 5

  /// - Parameter own: those to start from.
  init(_ own: [String]) {
    var seen = Set<String>()
    var pending = own.reversed().map { (path: $0, depth: 0) }
    while let (path, depth) = pending.popLast() {
      guard let resolved = realpath(path, nil) else {
        problems.append("\(path): \(String(cString: strerror(errno)))")
        continue
      }
      let directory = String(cString: resolved)
      free(resolved)
      guard seen.insert(directory).inserted else { continue }
      paths.append(directory)
      let alternates = Self.alternates(of: directory)
      if depth < Self.deepest {
        pending += alternates.reversed().map { ($0, depth + 1) }
      } else if !alternates.isEmpty {
        problems.append("\(directory): borrows objects over more than \(Self.deepest) steps")
      }
    }
  }

  private static func alternates(of directory: String) -> [String] {
    let lines = (SmallFile.text(directory + "/info/alternates") ?? "").split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }
    return lines.map { $0.hasPrefix("/") ? String($0) : "\(directory)/\($0)" }
  }

  /// Paths of all pack indexes, and of packs that have none.
  func packs() -> (indexes: [String], withoutIndex: [String]) {
    var indexes: [String] = []
    var withoutIndex: [String] = []
    for directory in paths {
      let names = Set(RepositoryFiles.names(in: directory + "/pack"))
      for name in names.sorted() where name.hasSuffix(".idx") { indexes.append("\(directory)/pack/\(name)") }
      for name in names.sorted() where name.hasPrefix("pack-") && name.hasSuffix(".pack") {
        if !names.contains(name.dropLast(".pack".count) + ".idx") { withoutIndex.append("\(directory)/pack/\(name)") }
      }
    }
    return (indexes, withoutIndex)
  }

  /// Whether a fetch left out objects on purpose.
  var isPartialClone: Bool {
    paths.contains { directory in
      RepositoryFiles.names(in: directory + "/pack").contains { $0.hasSuffix(".promisor") }
    }
  }

  /// Names of all loose objects, ascending within each directory.
  func looseObjects() -> [ObjectID] {
    paths.flatMap { directory in
      RepositoryFiles.names(in: directory).filter { $0.utf8.count == 2 }.flatMap { front in
        RepositoryFiles.names(in: "\(directory)/\(front)").compactMap { ObjectID(hex: (front + $0).utf8) }
      }
    }
  }
}
