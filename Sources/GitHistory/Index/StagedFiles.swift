// What the next commit would add: the index against HEAD's tree.

/// A file of the index that HEAD does not have, or has with other contents.
package struct StagedFile: Sendable {
  package enum Kind: Sendable {
    case file, symbolicLink, submodule
  }

  /// From the work tree's root, `/` between its parts; bytes as git stores them.
  package let path: [UInt8]
  package let kind: Kind
  package let blob: ObjectID
  /// HEAD's file at the same path; nil if there is none.
  package let previous: ObjectID?
}

extension Repository {
  /// The staged files, in the order of their paths. Of a path in conflict, both sides are there.
  package func stagedFiles() throws(GitError) -> [StagedFile] {
    let index = try IndexFile(at: indexFile)
    let objects = try ObjectReader(self)
    return try StagedSearch.files(of: index, since: HeadTree(self, objects), objects)
  }

  /// The index of this work tree, or the one that the place names; it need not be there.
  var indexFile: String { place.indexFile ?? directory + "/index" }

  /// The file at a path of HEAD; nil if there is none.
  package func blobAtHead(_ path: [UInt8], _ objects: borrowing ObjectReader) throws(GitError) -> ObjectID? {
    let entry = try HeadTree(self, objects).entry(at: path, objects)
    return entry.flatMap { $0.kind == .file || $0.kind == .symbolicLink ? $0.id : nil }
  }
}

/// Goes through the index along HEAD's trees. Directories whose tree the index knows to be HEAD's are passed over, so that
/// the work is that of the directories in which something was staged.
private struct StagedSearch {
  /// A directory on the way to an entry.
  private struct Directory {
    /// Bytes of its path with a final `/`; 0 for the root.
    let length: Int
    /// What HEAD has in it.
    let entries: [[UInt8]: HeadTree.Entry]
    let known: CacheTree.Node?
  }

  /// Where an entry is looked for in HEAD.
  private enum Place {
    /// It and those behind it, as many in all, are HEAD's.
    case known(Int)
    /// HEAD has this at its path.
    case found(HeadTree.Entry?)
  }

  /// The directories that the latest entry is in, the root first.
  private var way: [Directory]
  private var latest: ArraySlice<UInt8> = []

  static func files(
    of index: borrowing IndexFile, since head: HeadTree, _ objects: borrowing ObjectReader
  ) throws(GitError) -> [StagedFile] {
    let known = index.trees.root
    if let known, known.tree == head.root, known.count == index.entries.count { return [] }
    let root = Directory(length: 0, entries: try HeadTree.entries(of: head.root, objects), known: known)
    var search = StagedSearch(way: [root])
    var files: [StagedFile] = []
    var position = 0
    while position < index.entries.count {
      switch try search.place(of: position, in: index, objects) {
      case .known(let count): position += count
      case .found(let previous):
        let entry = index.entries[position]
        if let file = file(entry, at: index.path(of: entry), previous) { files.append(file) }
        position += 1
      }
    }
    return files
  }

  private init(way: [Directory]) { self.way = way }

  private mutating func place(
    of position: Int, in index: borrowing IndexFile, _ objects: borrowing ObjectReader
  ) throws(GitError) -> Place {
    let entry = index.entries[position]
    let path = index.path(of: entry)
    // Out of the directories that it is not in,
    let shared = path.lengthShared(with: latest)
    while let directory = way.last, directory.length > shared { way.removeLast() }
    latest = path
    // and into those that it is in.
    while let directory = way.last, let slash = path.dropFirst(directory.length).firstIndex(of: UInt8(ascii: "/")) {
      let name = Array(path[(path.startIndex + directory.length)..<slash])
      let tree = directory.entries[name].flatMap { $0.kind == .directory ? $0.id : nil }
      if slash == path.endIndex - 1 {
        // A directory that a sparse index has as one entry.
        if entry.id == tree { return .known(1) }
        throw GitError(
          code: .other,
          description: "the index is sparse, and directories outside of it are staged; fill it with "
            + "“git sparse-checkout reapply --no-sparse-index”")
      }
      let known = index.trees.child(of: directory.known, name)
      if let known, known.tree == tree, tree != nil, index.has(known.count, from: position, below: path[...slash]) {
        return .known(known.count)
      }
      way.append(
        Directory(length: slash + 1 - path.startIndex, entries: try HeadTree.entries(of: tree, objects), known: known))
    }
    return .found(way.last?.entries[Array(path.dropFirst(way.last?.length ?? 0))])
  }

  /// What an entry adds to HEAD's of the same path; nil for nothing. A change of the mode alone adds nothing.
  private static func file(
    _ entry: IndexFile.Entry, at path: ArraySlice<UInt8>, _ previous: HeadTree.Entry?
  ) -> StagedFile? {
    // The common ancestor of a conflict goes into no commit.
    if entry.isOnlyIntended || entry.stage == 1 { return nil }
    let kind = kind(entry.mode)
    if let previous, previous.id == entry.id, entry.stage > 0 || self.kind(previous.kind) == kind { return nil }
    return StagedFile(
      path: Array(path), kind: kind, blob: entry.id, previous: previous?.kind == .file ? previous?.id : nil)
  }

  private static func kind(_ mode: UInt32) -> StagedFile.Kind {
    switch mode & 0o170000 {
    case 0o120000: .symbolicLink
    case 0o160000: .submodule
    default: .file
    }
  }

  /// Nil for a directory.
  private static func kind(_ kind: TreeEntry.Kind) -> StagedFile.Kind? {
    switch kind {
    case .file: .file
    case .symbolicLink: .symbolicLink
    case .submodule: .submodule
    case .directory: nil
    }
  }
}

extension IndexFile {
  /// Whether a number of entries are below a directory, whose path ends in `/`, and no more.
  fileprivate borrowing func has(_ count: Int, from position: Int, below directory: ArraySlice<UInt8>) -> Bool {
    guard count > 0, count <= entries.count - position else { return false }
    let isBelow = { (entry: Entry, index: borrowing IndexFile) in index.path(of: entry).starts(with: directory) }
    let end = position + count
    return isBelow(entries[end - 1], self) && (end == entries.count || !isBelow(entries[end], self))
  }
}

extension ArraySlice<UInt8> {
  /// Bytes at both starts that are the same.
  fileprivate func lengthShared(with other: ArraySlice) -> Int {
    let most = Swift.min(count, other.count)
    var shared = 0
    while shared < most, self[startIndex + shared] == other[other.startIndex + shared] { shared += 1 }
    return shared
  }
}
