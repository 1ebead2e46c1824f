// HEAD's tree, of which single entries are asked for.

/// The trees of the commit that HEAD names; empty before the first commit.
struct HeadTree: ~Copyable {
  /// What stands under a name in a tree.
  struct Entry {
    let kind: TreeEntry.Kind
    let id: ObjectID
  }

  private let objects: ObjectReader
  /// The work tree's root; nil before the first commit.
  let root: ObjectID?

  init(_ repository: borrowing Repository) throws(GitError) {
    let objects = try ObjectReader(repository)
    let root = try Self.root(repository, objects)
    self.init(objects: objects, root: root)
  }

  private init(objects: consuming ObjectReader, root: ObjectID?) {
    self.objects = objects
    self.root = root
  }

  private static func root(
    _ repository: borrowing Repository, _ objects: borrowing ObjectReader
  ) throws(GitError) -> ObjectID? {
    guard let commit = try repository.head() else { return nil }
    guard let header = try objects.read(commit, { kind, bytes in kind == .commit ? CommitHeader(bytes) : nil }) else {
      throw GitError(code: .other, description: "what HEAD names, \(commit), is no commit, or damaged")
    }
    return header.tree
  }

  /// The entries of a tree by their names; none of no tree.
  func entries(of tree: ObjectID?) throws(GitError) -> [[UInt8]: Entry] {
    guard let tree else { return [:] }
    var entries: [[UInt8]: Entry] = [:]
    let isWhole = try objects.read(tree) { kind, bytes in
      kind == .tree && Tree.entries(of: bytes) { entries[Array($0.name)] = Entry(kind: $0.kind, id: $0.id) }
    }
    guard isWhole else { throw GitError(code: .other, description: "the tree \(tree) is damaged") }
    return entries
  }

  /// The entry at a path.
  func entry(at path: [UInt8]) throws(GitError) -> Entry? {
    var entry = root.map { Entry(kind: .directory, id: $0) }
    for name in path.split(separator: UInt8(ascii: "/")) {
      guard let directory = entry, directory.kind == .directory else { return nil }
      entry = try entries(of: directory.id)[Array(name)]
    }
    return entry
  }
}
