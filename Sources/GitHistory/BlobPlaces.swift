// Where blobs stand, and in which commits: asked only for the few blobs that hold something.

/// A path at which a blob stands.
package struct BlobPlace: Hashable, Sendable {
  /// From the root, `/` between its parts; bytes as git stores them.
  package let path: [UInt8]
  /// The blob's number in the store.
  package let blob: Int

  package init(path: [UInt8], blob: Int) {
    self.path = path
    self.blob = blob
  }
}

/// All places of some blobs.
package struct BlobPlaces: Sendable {
  package private(set) var places: [BlobPlace] = []
  /// Whether so many places lead to the same contents that not all were looked at.
  package private(set) var isCutShort = false
  /// Whether a tree stands in itself, which was not followed.
  package private(set) var isCircular = false
  /// Positions of the places that the index has.
  package private(set) var inIndex = Set<Int>()
  let graph: CommitGraph
  private(set) var sets = PlaceSets()
  /// By commit: the places in its tree.
  private(set) var setOfCommit: [Int32] = []
  /// Places that a reference names itself, without a commit.
  private(set) var ofReferences: [(reference: String, set: Int32)] = []

  private let tracked: TrackedTrees
  private let names: NameTable
  private var numbers: [PlaceKey: Int32] = [:]
  /// By blob.
  private var placeCounts: [UInt32: Int] = [:]
  /// By tree: directories at which it was looked at.
  private var visitCounts: [UInt16]
  private var directories: [[UInt8]] = [[]]
  private var directoryNumbers: [DirectoryKey: Int32] = [:]
  private var setOfVisit: [UInt64: Int32] = [:]
  /// By directory: the tree that was looked at there last, and what came out.
  private var latest: [(tree: Int, set: Int32)] = [(-1, 0)]
  /// Trees on the way to the one that is visited. Git cannot store a tree in itself, but hostile hands may.
  private var onWay = Set<Int>()

  private struct PlaceKey: Hashable {
    let blob: UInt32
    let directory: Int32
    let name: UInt32
  }

  private struct DirectoryKey: Hashable {
    let parent: Int32
    let name: UInt32
  }

  /// Trees that hold each other many times over have more paths than anyone can list.
  private static let visitLimit = 4_000_000
  /// Directories at which the same tree is looked at.
  private static let directoriesOfTreeLimit: UInt16 = 2_000
  /// Places of a blob that are looked at; contents such as a licence do stand at thousands.
  private static let placesOfBlobLimit = 100_000
  /// A path is no longer than this, so that a tree of trees of trees ends. Bytes.
  private static let longestPath = 1 << 12

  /// - Parameters:
  ///   - index: files of the index that hold some of the blobs.
  ///   - isOver: whether nobody wants the places any more; asked again and again.
  /// - Throws: if it is over.
  package init(
    ofBlobs wanted: [Int], in graph: CommitGraph, _ log: HistoryLog, _ store: ObjectStore,
    index: [(path: [UInt8], blob: ObjectID)], isOver: () -> Bool
  ) throws(GitError) {
    self.graph = graph
    names = log.trees.names
    tracked = try TrackedTrees(log.trees, store, leadingTo: wanted, isOver)
    let isWanted = Set(wanted)
    visitCounts = [UInt16](repeating: 0, count: store.count)
    setOfCommit = [Int32](repeating: 0, count: graph.count)
    for commit in graph.oldestFirst.map(Int.init) where graph.trees[commit] != TreeLog.Entry.notHere {
      setOfCommit[commit] = try visit(Int(graph.trees[commit]), 0, isOver)
    }
    for tip in graph.looseTips {
      var set: Int32 = 0
      if isWanted.contains(Int(tip.object)) {
        set = sets.insert(
          PlaceSets.Parts(places: [append(BlobPlace(path: Array(tip.name.utf8), blob: Int(tip.object)))]))
      } else {
        set = try visit(Int(tip.object), 0, isOver)
      }
      if set != 0 { ofReferences.append((tip.name, set)) }
    }
    addIndex(index, store)
    try addUnreachable(wanted, log, store, isOver)
    setOfVisit = [:]
    placeCounts = [:]
    visitCounts = []
    latest = []
  }

  /// The places of blobs that no commit or reference leads to: below the trees that nothing leads to, or without any.
  private mutating func addUnreachable(
    _ wanted: [Int], _ log: HistoryLog, _ store: ObjectStore, _ isOver: () -> Bool
  ) throws(GitError) {
    let placed = Set(places.map(\.blob))
    let lost = wanted.filter { !placed.contains($0) }
    if lost.isEmpty { return }
    let leading = try TrackedTrees(log.trees, store, leadingTo: lost, isOver)
    var isInner = Set<UInt32>()
    for tree in Set(log.trees.objects) {
      for entry in leading.entries(ofTree: Int(tree)) where entry.isDirectory { isInner.insert(entry.object) }
    }
    let outer = Set(log.trees.objects).sorted().filter { !leading.entries(ofTree: Int($0)).isEmpty }
    for tree in outer where !isInner.contains(tree) { _ = try visit(Int(tree), 0, isOver) }
    // Trees that stand in each other have no outermost one.
    for tree in outer where visitCounts[Int(tree)] == 0 { _ = try visit(Int(tree), 0, isOver) }
    let found = Set(places.map(\.blob))
    for blob in lost where !found.contains(blob) {
      _ = append(BlobPlace(path: Array("<blob \(store.id(blob))>".utf8), blob: blob))
    }
  }

  /// Adds what the index holds, which may be nowhere else.
  private mutating func addIndex(_ files: [(path: [UInt8], blob: ObjectID)], _ store: ObjectStore) {
    if files.isEmpty { return }
    let known = Dictionary(places.indices.map { (places[$0], $0) }) { first, _ in first }
    for file in files {
      guard let blob = store.number(of: file.blob) else { continue }
      let place = BlobPlace(path: file.path, blob: blob)
      inIndex.insert(known[place] ?? Int(append(place)))
    }
  }

  /// Positions of the places in HEAD's tree.
  package func atHead() -> Set<Int> {
    guard let head = graph.head else { return [] }
    var found = Set<Int>()
    var pending = [setOfCommit[head]]
    while let set = pending.popLast() {
      found.formUnion(sets.parts[Int(set)].places.map(Int.init))
      pending += sets.parts[Int(set)].sets
    }
    return found
  }

  private mutating func append(_ place: BlobPlace) -> Int32 {
    places.append(place)
    return Int32(places.count - 1)
  }

  /// The places below a tree that stands at a directory.
  private mutating func visit(_ tree: Int, _ directory: Int32, _ isOver: () -> Bool) throws(GitError) -> Int32 {
    let entries = tracked.entries(ofTree: tree)
    if entries.isEmpty { return 0 }
    let key = UInt64(tree) << 32 | UInt64(directory)
    if let known = setOfVisit[key] { return known }
    guard setOfVisit.count < Self.visitLimit, visitCounts[tree] < Self.directoriesOfTreeLimit,
      directories[Int(directory)].count <= Self.longestPath
    else {
      isCutShort = true
      return 0
    }
    guard !onWay.contains(tree) else {
      isCircular = true
      return 0
    }
    visitCounts[tree] += 1
    // Most commits change nothing of what is looked for.
    let before = latest[Int(directory)]
    if before.tree >= 0, tracked.haveSameEntries(tree, before.tree) {
      setOfVisit[key] = before.set
      return before.set
    }
    try GitError.end(if: isOver())
    onWay.insert(tree)
    defer { onWay.remove(tree) }
    var parts = PlaceSets.Parts()
    for entry in entries {
      if entry.isDirectory {
        let set = try visit(Int(entry.object), self.directory(directory, entry.name), isOver)
        if set != 0 { parts.sets.append(set) }
      } else {
        if let place = place(entry, directory) { parts.places.append(place) }
      }
    }
    let set = sets.insert(parts)
    setOfVisit[key] = set
    latest[Int(directory)] = (tree, set)
    return set
  }

  /// - Returns: nil if the blob has places enough.
  private mutating func place(_ entry: TrackedEntry, _ directory: Int32) -> Int32? {
    let key = PlaceKey(blob: entry.object, directory: directory, name: entry.name)
    if let known = numbers[key] { return known }
    guard placeCounts[entry.object, default: 0] < Self.placesOfBlobLimit else {
      isCutShort = true
      return nil
    }
    placeCounts[entry.object, default: 0] += 1
    let number = append(
      BlobPlace(path: directories[Int(directory)] + names[Int(entry.name)], blob: Int(entry.object)))
    numbers[key] = number
    return number
  }

  private mutating func directory(_ parent: Int32, _ name: UInt32) -> Int32 {
    let key = DirectoryKey(parent: parent, name: name)
    if let known = directoryNumbers[key] { return known }
    let number = Int32(directories.count)
    directories.append(directories[Int(parent)] + names[Int(name)] + [UInt8(ascii: "/")])
    directoryNumbers[key] = number
    latest.append((-1, 0))
    return number
  }
}
