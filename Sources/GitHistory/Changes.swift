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
  /// Whether a tree stands in itself, which was not followed.
  package private(set) var isCircular = false
  /// Whether so many paths lead to the same contents that not all were looked at.
  package private(set) var isCutShort = false
  package private(set) var commitCount = 0

  private var known = Set<BlobAtPath>()
  /// Trees that were read; versions of a tree follow each other.
  private var trees: [ObjectID: [Entry]] = [:]
  /// By tree: directories at which the commit has it that were looked at.
  private var visitCounts: [ObjectID: Int] = [:]
  /// Looks at trees that were looked at before in the same commit.
  private var repeatCount = 0
  /// Trees on the way to the one that is looked at. Git cannot store a tree in itself, but hostile hands may.
  private var onWay = Set<ObjectID>()

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
  /// Bytes.
  private static let longestPath = 1 << 12
  /// Directories of a commit at which the same tree is looked at: trees that hold each other many times over have more
  /// paths than anyone can list.
  private static let directoriesOfTreeLimit = 2_000
  /// As often, trees are looked at once more in the same commit.
  private static let repeatLimit = 1_000_000

  /// - Parameter isCancelled: whether nobody wants the rest any more; asked before each tree.
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
      visitCounts.removeAll(keepingCapacity: true)
      compare(header.tree, parents, [], commit, reader, isCancelled)
    }
    (trees, visitCounts) = ([:], [:])
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
    _ tree: ObjectID, _ parents: [ObjectID], _ directory: [UInt8], _ commit: ObjectID, _ reader: borrowing ObjectReader,
    _ isCancelled: () -> Bool
  ) {
    if parents.contains(tree) || isCancelled() || !mayVisit(tree, directory) { return }
    onWay.insert(tree)
    defer { onWay.remove(tree) }
    let before = parents.map { parent in
      Dictionary(entries(parent, directory, reader).map { ($0.name, $0) }) { first, _ in first }
    }
    for entry in entries(tree, directory, reader) {
      let previous = before.compactMap { $0[entry.name] }
      if previous.contains(where: { $0.id == entry.id && $0.kind == entry.kind }) { continue }
      switch entry.kind {
      case .directory:
        let directories = previous.filter { $0.kind == .directory }.map(\.id)
        let path = directory + entry.name + [UInt8(ascii: "/")]
        compare(entry.id, directories, path, commit, reader, isCancelled)
      case .file, .symbolicLink:
        let path = directory + entry.name
        guard known.insert(BlobAtPath(path: path, blob: entry.id)).inserted else { continue }
        let blobs = previous.filter { $0.kind == .file || $0.kind == .symbolicLink }.map(\.id)
        changes.append(Change(path: path, blob: entry.id, previous: blobs, commit: commit, position: changes.count))
      case .submodule: break
      }
    }
  }

  /// Counts a look at a tree; false if it is not to be looked at here.
  private mutating func mayVisit(_ tree: ObjectID, _ directory: [UInt8]) -> Bool {
    if onWay.contains(tree) {
      isCircular = true
      return false
    }
    let count = visitCounts[tree, default: 0]
    if count > 0 { repeatCount += 1 }
    guard directory.count <= Self.longestPath, count < Self.directoriesOfTreeLimit, repeatCount <= Self.repeatLimit
    else {
      isCutShort = true
      return false
    }
    visitCounts[tree] = count + 1
    return true
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
