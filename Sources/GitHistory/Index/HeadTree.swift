// HEAD's tree, of which single entries are asked for.

/// The trees of the commit that HEAD names; empty before the first commit.
struct HeadTree {
  /// What stands under a name in a tree.
  struct Entry {
    let kind: TreeEntry.Kind
    let id: ObjectID
  }

  /// The work tree's root; nil before the first commit.
  let root: ObjectID?

  init(_ repository: borrowing Repository, _ objects: borrowing ObjectReader) throws(GitError) {
    guard let commit = try repository.head() else {
      root = nil
      return
    }
    guard let header = try objects.read(commit, { kind, bytes in kind == .commit ? CommitHeader(bytes) : nil }) else {
      throw GitError(code: .other, description: "what HEAD names, \(commit), is no commit, or damaged")
    }
    root = header.tree
  }

  /// The entries of a tree by their names; none of no tree.
  static func entries(
    of tree: ObjectID?, _ objects: borrowing ObjectReader
  ) throws(GitError) -> [[UInt8]: Entry] {
    guard let tree else { return [:] }
    var entries: [[UInt8]: Entry] = [:]
    let isWhole = try objects.read(tree) { kind, bytes in
      kind == .tree && Tree.entries(of: bytes) { entries[Array($0.name)] = Entry(kind: $0.kind, id: $0.id) }
    }
    guard isWhole else { throw GitError(code: .other, description: "the tree \(tree) is damaged") }
    return entries
  }

  /// The entry at a path.
  func entry(at path: [UInt8], _ objects: borrowing ObjectReader) throws(GitError) -> Entry? {
    var entry = root.map { Entry(kind: .directory, id: $0) }
    for name in path.split(separator: UInt8(ascii: "/")) {
      guard let directory = entry, directory.kind == .directory else { return nil }
      entry = try Self.entries(of: directory.id, objects)[Array(name)]
    }
    return entry
  }
}
