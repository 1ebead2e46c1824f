// What commits, trees and tags say, written down while they are read.

/// Facts about the structure of a repository's history; each worker writes its own part.
package struct HistoryLog: Sendable {
  /// A commit.
  struct Commit: Sendable {
    let object: UInt32
    /// The number of its tree; `TreeLog.Entry.notHere` if that is missing.
    let tree: UInt32
    /// Seconds since 1970 at which it was made.
    let time: Int64
    /// Where its parents end in `parents`; they begin where those of the commit before end.
    let parentsEnd: Int
  }

  private(set) var commits: [Commit] = []
  /// Numbers of commits' parents; `TreeLog.Entry.notHere` for missing ones.
  private(set) var parents: [UInt32] = []
  /// What commits name and is not here.
  private(set) var lost: [(commit: UInt32, what: String, id: ObjectID)] = []
  private(set) var trees = TreeLog()
  /// What each annotated tag is about, by its number.
  private(set) var tags: [UInt32: ObjectID] = [:]
  /// Objects that are not what they should be, in words.
  package private(set) var damaged: [MissingObject] = []

  package init() {}

  package var commitCount: Int { commits.count }
  package var treeCount: Int { trees.distinctCount }
  /// Trees, those once more that are stored in two places.
  package var readTreeCount: Int { trees.count }
  package var tagCount: Int { tags.count }
  package var submoduleCount: Int { trees.submodules.count }

  /// Writes down what a commit, tree or tag says; blobs say nothing here. Trees count from the next `settle` on.
  package mutating func add(
    _ object: PackedObject, _ kind: ObjectKind, _ bytes: UnsafeRawBufferPointer, _ store: ObjectStore
  ) {
    var isSound = true
    switch kind {
    case .tree: isSound = trees.add(object, bytes, store)
    case .commit where object.isRepeated: return
    case .commit: isSound = addCommit(UInt32(object.number), bytes, store)
    case .tag:
      tags[UInt32(object.number)] = ObjectHeader(bytes).id("object")
    case .blob, .unknown: break
    }
    if !isSound {
      damaged.append(MissingObject(id: store.id(object.number), what: "the \(kind)", reason: "is damaged"))
    }
  }

  /// Has to be called before anything else is asked.
  package mutating func settle(_ store: ObjectStore) { trees.settle(store) }

  private mutating func addCommit(_ number: UInt32, _ bytes: UnsafeRawBufferPointer, _ store: ObjectStore) -> Bool {
    guard let header = CommitHeader(bytes) else { return false }
    func find(_ id: ObjectID, _ what: String) -> UInt32 {
      if let found = store.number(of: id) { return UInt32(found) }
      lost.append((number, what, id))
      return TreeLog.Entry.notHere
    }
    let tree = find(header.tree, "the tree")
    for parent in header.parents { parents.append(find(parent, "the commit")) }
    commits.append(Commit(object: number, tree: tree, time: header.time, parentsEnd: parents.count))
    return true
  }

  private var isEmpty: Bool { commits.isEmpty && trees.count == 0 && tags.isEmpty && damaged.isEmpty }

  /// Adds what another worker wrote down.
  package mutating func add(_ other: HistoryLog) {
    if other.isEmpty { return }
    if isEmpty {
      self = other
      return
    }
    let firstParent = parents.count
    commits += other.commits.map {
      Commit(object: $0.object, tree: $0.tree, time: $0.time, parentsEnd: $0.parentsEnd + firstParent)
    }
    parents += other.parents
    lost += other.lost
    trees.add(other.trees)
    tags.merge(other.tags) { $1 }
    damaged += other.damaged
  }
}

/// The names under which blobs stand in trees.
package struct BlobNames: Sendable {
  /// By object: the number of its first name + 1, 0 for none.
  private var first: [UInt32]
  private var others: [UInt32: [UInt32]] = [:]
  private let names: NameTable

  /// Names of one blob that are told at most.
  package static let limit = 64

  package init(_ log: HistoryLog, _ store: ObjectStore) {
    first = [UInt32](repeating: 0, count: store.count)
    names = log.trees.names
    log.trees.records.read { reader in
      while reader.nextTree() != nil {
        while let item = reader.next() {
          if case .entry(let entry) = item, !entry.isDirectory, entry.object != TreeLog.Entry.notHere { add(entry) }
        }
      }
    }
  }

  private mutating func add(_ entry: TreeLog.Entry) {
    let name = UInt32(entry.name + 1)
    let known = first[Int(entry.object)]
    if known == 0 {
      first[Int(entry.object)] = name
    } else if known != name, others[entry.object, default: []].count < Self.limit,
      !others[entry.object, default: []].contains(name)
    {
      others[entry.object, default: []].append(name)
    }
  }

  /// Bytes as git stores them; empty if no tree has the blob.
  package func names(ofBlob number: Int) -> [[UInt8]] {
    guard first[number] != 0 else { return [] }
    return ([first[number]] + (others[UInt32(number)] ?? [])).map { Array(names[Int($0) - 1]) }
  }
}
