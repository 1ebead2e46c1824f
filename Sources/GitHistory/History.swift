// What a repository remembers: its commits, and every distinct blob with one path it stood at.

/// Everything reachable from references, HEADs and reflogs.
package struct History: Sendable {
  package let commits: CommitGraph
  /// The blobs by number.
  package private(set) var blobs = ObjectIDTable()
  /// Distinct symbolic links and submodules' commits.
  package private(set) var symbolicLinks = ObjectIDTable()
  package private(set) var submodules = ObjectIDTable()
  package private(set) var missing: [MissingObject]
  /// Whether the clone is shallow; the parents it left behind are not in `missing`.
  package let isShallow: Bool

  /// Where each blob was seen first.
  private var places: [(directory: UInt32, nameStart: Int, nameLength: Int)] = []
  private var directories: [[UInt8]] = []
  private var directoryNumbers: [[UInt8]: UInt32] = [:]
  private var names: [UInt8] = []

  /// Every tree, and which is an entry of which.
  private(set) var trees = ObjectIDTable()
  private(set) var treeLinks: [(child: UInt32, parent: UInt32)] = []

  /// A path is no longer than this, so that a tree of trees of trees ends. Bytes.
  static let longestPath = 1 << 12

  /// - Parameter isCancelled: asked now and then; what was seen up to then is kept.
  package init(
    _ repository: borrowing Repository, _ reader: borrowing ObjectReader, isCancelled: () -> Bool
  ) throws(GitError) {
    let shallow = RepositoryFiles.shallowCommits(commonDirectory: repository.commonDirectory)
    isShallow = !shallow.isEmpty
    commits = CommitGraph(
      tips: try repository.tips(), shallow: Set(shallow), reader, isCancelled: isCancelled)
    missing = commits.missing
    for commit in commits.oldestFirst where !isCancelled() { addTree(commits.trees[commit], reader) }
    for tip in commits.looseTips where tip.kind == .tree { addTree(tip.id, reader) }
    for tip in commits.looseTips where tip.kind == .blob {
      let name = Array(tip.name.utf8)
      name.withUnsafeBytes { addBlob(tip.id, number([]), $0) }
    }
  }

  /// The path at which a blob was seen first, its directory with a final `/` unless that is empty.
  package func path(ofBlob number: Int) -> (directory: [UInt8], name: [UInt8]) {
    let place = places[number]
    let name = names[place.nameStart..<place.nameStart + place.nameLength]
    return (directories[Int(place.directory)], Array(name))
  }

  /// Numbers of all blobs, versions of one file side by side: they are stored as differences from each other.
  package func blobsInReadingOrder() -> [Int] {
    let keys = places.map { place in
      // FNV-1a; blobs of different names with one hash merely mix.
      names[place.nameStart..<place.nameStart + place.nameLength].reduce(
        0xcbf2_9ce4_8422_2325 ^ UInt64(place.directory)
      ) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    return places.indices.sorted { keys[$0] == keys[$1] ? $0 > $1 : keys[$0] < keys[$1] }
  }

  // MARK: - Trees

  /// Adds what is in a tree and below it, unless it was seen before.
  private mutating func addTree(_ root: ObjectID, _ reader: borrowing ObjectReader) {
    let root = trees.insert(root)
    guard root.isNew else { return }
    var pending = [(tree: root.number, directory: number([]))]
    while let (tree, directory) = pending.popLast() {
      let id = trees.ids[tree]
      do throws(GitError) {
        let isWhole = try reader.read(id) { kind, bytes in
          kind == .tree && Tree.entries(of: bytes) { add($0, of: tree, in: directory, &pending) }
        }
        if !isWhole { lose(id, in: directory, "is not a tree") }
      } catch {
        lose(id, in: directory, error.description)
      }
    }
  }

  private mutating func lose(_ tree: ObjectID, in directory: UInt32, _ reason: String) {
    let path = String(decoding: directories[Int(directory)], as: UTF8.self)
    missing.append(MissingObject(id: tree, what: "the tree /\(path)", reason: reason))
  }

  private mutating func add(
    _ entry: TreeEntry, of tree: Int, in directory: UInt32, _ pending: inout [(tree: Int, directory: UInt32)]
  ) {
    switch entry.kind {
    case .file: addBlob(entry.id, directory, entry.name)
    case .symbolicLink: _ = symbolicLinks.insert(entry.id)
    case .submodule: _ = submodules.insert(entry.id)
    case .directory:
      let (child, isNew) = trees.insert(entry.id)
      treeLinks.append((UInt32(child), UInt32(tree)))
      guard isNew else { return }
      let path = directories[Int(directory)] + entry.name + [UInt8(ascii: "/")]
      if path.count > Self.longestPath {
        missing.append(MissingObject(id: entry.id, what: "a tree", reason: "lies too deep"))
      } else {
        pending.append((child, number(path)))
      }
    }
  }

  private mutating func addBlob(_ id: ObjectID, _ directory: UInt32, _ name: UnsafeRawBufferPointer) {
    guard blobs.insert(id).isNew else { return }
    places.append((directory, names.count, name.count))
    names += name
  }

  private mutating func number(_ directory: [UInt8]) -> UInt32 {
    if let number = directoryNumbers[directory] { return number }
    let number = UInt32(directories.count)
    directories.append(directory)
    directoryNumbers[directory] = number
    return number
  }
}
