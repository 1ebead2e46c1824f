// Which commit brought a blob to a path: asked only for the few blobs that hold something.

/// A commit as reports name it.
package struct CommitSummary: Sendable {
  package let id: ObjectID
  package let author: Signature
}

/// A path at which a blob stood.
package struct BlobPlace: Hashable, Sendable {
  /// From the root, `/` between its parts.
  package let path: [UInt8]
  /// The blob's number in the history.
  package let blob: Int

  package init(path: [UInt8], blob: Int) {
    self.path = path
    self.blob = blob
  }
}

/// Where and since when some blobs stood.
package struct Attribution: Sendable {
  /// Each place once with the oldest commit that has it, oldest first; no commit if only a reference names it.
  package private(set) var places: [(place: BlobPlace, commit: CommitSummary?)] = []
  /// The places in HEAD's tree.
  package private(set) var atHead = Set<BlobPlace>()
  /// Whether there were so many places that not all were looked at.
  package private(set) var isCutShort = false

  private var known = Set<BlobPlace>()
  /// Trees that hold a wanted blob, at any depth.
  private var leading: [Bool]
  private var visited = Set<Visit>()
  private let history: History
  private var wanted = ObjectIDTable()

  private struct Visit: Hashable {
    let tree: Int
    let directory: [UInt8]
  }

  /// Trees that hold each other many times over have more paths than anyone can list.
  private static let visitLimit = 1_000_000

  package init(
    ofBlobs numbers: [Int], in history: History, _ repository: borrowing Repository, _ reader: borrowing ObjectReader
  ) {
    self.history = history
    for number in numbers { _ = wanted.insert(history.blobs.ids[number]) }
    leading = [Bool](repeating: false, count: history.trees.count)
    findLeadingTrees(reader)
    for commit in history.commits.oldestFirst {
      let found = placesBelow(history.commits.trees[commit], reader).filter { known.insert($0).inserted }
      if found.isEmpty { continue }
      let summary = Self.summary(history.commits.id(commit), reader)
      places += found.map { ($0, summary) }
    }
    for tip in history.commits.looseTips {
      var found: [BlobPlace] = []
      if tip.kind == .tree {
        found = placesBelow(tip.id, reader)
      } else if wanted.number(of: tip.id) != nil, let blob = history.blobs.number(of: tip.id) {
        found = [BlobPlace(path: Array(tip.name.utf8), blob: blob)]
      }
      places += found.filter { known.insert($0).inserted }.map { ($0, nil) }
    }
    visited.removeAll()
    if let head = try? repository.head(), let tree = Self.tree(ofCommit: head, reader) {
      atHead = Set(placesBelow(tree, reader))
    }
  }

  /// Reads every tree once for wanted blobs, then follows the links upwards.
  private mutating func findLeadingTrees(_ reader: borrowing ObjectReader) {
    for (number, id) in history.trees.ids.enumerated() {
      let holds = try? reader.read(id) { _, bytes in
        var holds = false
        _ = Tree.entries(of: bytes) { entry in
          if entry.kind == .file, wanted.number(of: entry.id) != nil { holds = true }
        }
        return holds
      }
      leading[number] = holds ?? false
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for link in history.treeLinks.reversed() where leading[Int(link.child)] && !leading[Int(link.parent)] {
        leading[Int(link.parent)] = true
        isChanged = true
      }
    }
  }

  /// The places of wanted blobs below a tree, without those below trees that were looked at before at the same path.
  private mutating func placesBelow(_ root: ObjectID, _ reader: borrowing ObjectReader) -> [BlobPlace] {
    var found: [BlobPlace] = []
    var pending = history.trees.number(of: root).map { [Visit(tree: $0, directory: [])] } ?? []
    while let visit = pending.popLast() {
      guard leading[visit.tree], visit.directory.count <= History.longestPath, visited.insert(visit).inserted else {
        continue
      }
      if visited.count > Self.visitLimit {
        isCutShort = true
        return found
      }
      _ = try? reader.read(history.trees.ids[visit.tree]) { _, bytes in
        Tree.entries(of: bytes) { entry in
          switch entry.kind {
          case .file:
            if wanted.number(of: entry.id) != nil, let blob = history.blobs.number(of: entry.id) {
              found.append(BlobPlace(path: visit.directory + entry.name, blob: blob))
            }
          case .directory:
            if let tree = history.trees.number(of: entry.id) {
              pending.append(Visit(tree: tree, directory: visit.directory + entry.name + [UInt8(ascii: "/")]))
            }
          case .symbolicLink, .submodule: break
          }
        }
      }
    }
    return found.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  private static func tree(ofCommit id: ObjectID, _ reader: borrowing ObjectReader) -> ObjectID? {
    (try? reader.read(id) { _, bytes in ObjectHeader(bytes).id("tree") }) ?? nil
  }

  private static func summary(_ id: ObjectID, _ reader: borrowing ObjectReader) -> CommitSummary? {
    let author = try? reader.read(id) { _, bytes in ObjectHeader(bytes).values("author").first.map { Signature($0) } }
    return CommitSummary(id: id, author: (author ?? nil) ?? Signature([UInt8]()))
  }
}
