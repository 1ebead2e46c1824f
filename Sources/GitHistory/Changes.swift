// What the commits of a range add, commit by commit.

/// Contents that a commit brings to a path.
package struct Change: Sendable {
  /// From the root, `/` between its parts; bytes as git stores them.
  package let path: [UInt8]
  package let blob: ObjectID
  /// What the commit's parents have at the path.
  package let previous: [ObjectID]
  package let commit: ObjectID
  /// Among all changes.
  package let position: Int
}

/// The changes of a range.
package struct Changes: Sendable {
  /// In the order of commits, parents first; the same contents at the same path once.
  package private(set) var changes: [Change] = []
  /// Commits whose messages are new, with those of tags.
  package private(set) var messages: [(id: ObjectID, kind: ObjectKind)] = []
  package private(set) var missing: [MissingObject] = []
  /// Whether the range goes back to where a shallow clone ends.
  package private(set) var reachesShallowEnd = false
  package private(set) var commitCount = 0

  private var known = Set<BlobAtPath>()
  /// Trees that were read; versions of a tree follow each other.
  private var trees: [ObjectID: [Entry]] = [:]

  private struct BlobAtPath: Hashable {
    let path: [UInt8]
    let blob: ObjectID
  }

  private struct Entry {
    let name: [UInt8]
    let id: ObjectID
    let kind: TreeEntry.Kind
  }

  private static let keptTrees = 4096
  private static let longestPath = 1 << 12

  /// - Throws: if the commits cannot be listed.
  package init(
    of range: CommitRange, in repository: borrowing Repository, _ reader: borrowing ObjectReader,
    isCancelled: () -> Bool
  ) throws(GitError) {
    let commits = try repository.commits(in: range, reader)
    let shallow = Set(RepositoryFiles.shallowCommits(commonDirectory: repository.commonDirectory))
    messages = range.tags.map { ($0, .tag) }
    for commit in commits where !isCancelled() {
      guard let header = header(commit, reader) else { continue }
      if let earliest = range.earliest, header.time < earliest { continue }
      commitCount += 1
      messages.append((commit, .commit))
      if shallow.contains(commit) { reachesShallowEnd = true }
      let parents = shallow.contains(commit) ? [] : header.parents.compactMap { self.header($0, reader)?.tree }
      compare(header.tree, parents, [], commit, reader)
    }
    trees = [:]
  }

  private mutating func header(_ commit: ObjectID, _ reader: borrowing ObjectReader) -> CommitHeader? {
    do throws(GitError) {
      if let header = try reader.read(commit, { _, bytes in CommitHeader(bytes) }) { return header }
      missing.append(MissingObject(id: commit, what: "the commit", reason: "is damaged"))
    } catch {
      missing.append(MissingObject(id: commit, what: "the commit", reason: error.description))
    }
    return nil
  }

  /// Adds what a tree has and none of its predecessors has at the same place.
  private mutating func compare(
    _ tree: ObjectID, _ parents: [ObjectID], _ directory: [UInt8], _ commit: ObjectID, _ reader: borrowing ObjectReader
  ) {
    if parents.contains(tree) || directory.count > Self.longestPath { return }
    let before = parents.map { parent in
      Dictionary(entries(parent, directory, reader).map { ($0.name, $0) }) { first, _ in first }
    }
    for entry in entries(tree, directory, reader) {
      let previous = before.compactMap { $0[entry.name] }
      if previous.contains(where: { $0.id == entry.id && $0.kind == entry.kind }) { continue }
      let path = directory + entry.name
      switch entry.kind {
      case .directory:
        let directories = previous.filter { $0.kind == .directory }.map(\.id)
        compare(entry.id, directories, path + [UInt8(ascii: "/")], commit, reader)
      case .file, .symbolicLink:
        guard known.insert(BlobAtPath(path: path, blob: entry.id)).inserted else { continue }
        let blobs = previous.filter { $0.kind == .file || $0.kind == .symbolicLink }.map(\.id)
        changes.append(Change(path: path, blob: entry.id, previous: blobs, commit: commit, position: changes.count))
      case .submodule: break
      }
    }
  }

  private mutating func entries(_ tree: ObjectID, _ directory: [UInt8], _ reader: borrowing ObjectReader) -> [Entry] {
    if let known = trees[tree] { return known }
    var entries: [Entry] = []
    do throws(GitError) {
      let isWhole = try reader.read(tree) { kind, bytes in
        kind == .tree
          && Tree.entries(of: bytes) { entries.append(Entry(name: Array($0.name), id: $0.id, kind: $0.kind)) }
      }
      if !isWhole { lose(tree, directory, "is damaged") }
    } catch {
      lose(tree, directory, error.description)
    }
    if trees.count >= Self.keptTrees { trees.removeAll(keepingCapacity: true) }
    trees[tree] = entries
    return entries
  }

  private mutating func lose(_ tree: ObjectID, _ directory: [UInt8], _ reason: String) {
    let path = String(decoding: directory, as: UTF8.self)
    missing.append(MissingObject(id: tree, what: "the tree /\(path)", reason: reason))
  }
}
