// Which trees lead to some objects, and by which names.

import SecretModel

/// An entry that leads to an object that is looked for.
struct TrackedEntry: Sendable {
  fileprivate let entry: TreeLog.Entry
  /// Position among the tree's entries.
  fileprivate let position: UInt32

  /// The object's number.
  var object: UInt32 { entry.object }
  /// In the log's names.
  var name: UInt32 { UInt32(entry.name) }
  var isDirectory: Bool { entry.isDirectory }
}

/// What is known of objects while trees are collected, by their numbers.
private struct TrackedObjects {
  /// Whether it is looked for, or leads there.
  var isTracked: [Bool]
  /// Whether it is a directory of some tree.
  var isNamed: [Bool]

  init(_ count: Int) {
    isTracked = [Bool](repeating: false, count: count)
    isNamed = isTracked
  }
}

/// For each tree, the entries that lead to chosen objects, at any depth.
struct TrackedTrees: Sendable {
  /// By object: a tree of the log + 1, 0 for none.
  private var trees: [UInt32]
  private var ends: [Int] = []
  private var entries: [TrackedEntry] = []

  /// - Parameters:
  ///   - wanted: numbers of blobs or trees.
  ///   - isOver: whether nobody wants them any more; asked again and again.
  /// - Throws: if it is over.
  init(
    _ log: TreeLog, _ store: ObjectStore, leadingTo wanted: some Sequence<Int>, _ isOver: () -> Bool
  ) throws(GitError) {
    trees = [UInt32](repeating: 0, count: store.count)
    for (tree, object) in log.objects.enumerated() { trees[Int(object)] = UInt32(tree + 1) }
    var objects = TrackedObjects(store.count)
    for object in wanted { objects.isTracked[object] = true }
    // Each round finds the trees one step further up at least; there are no more than directories are nested.
    while try collect(log, &objects, isOver) {}
  }

  /// The tracked entries of a tree.
  ///
  /// - Parameter number: the tree's object.
  func entries(ofTree number: Int) -> ArraySlice<TrackedEntry> {
    trees[number] == 0 ? [] : entries[range(Int(trees[number]) - 1)]
  }

  /// Whether two trees lead to the same objects by the same names.
  func haveSameEntries(_ tree: Int, _ other: Int) -> Bool {
    entries(ofTree: tree).elementsEqual(entries(ofTree: other)) {
      $0.object == $1.object && $0.entry.nameAndKind == $1.entry.nameAndKind
    }
  }

  private func range(_ tree: Int) -> Range<Int> { (tree == 0 ? 0 : ends[tree - 1])..<ends[tree] }

  /// Collects what is known to lead to what is tracked, and tracks the trees that turn out to do so.
  ///
  /// - Returns: whether some tree names one of those, so that it may lack it.
  private mutating func collect(
    _ log: TreeLog, _ objects: inout TrackedObjects, _ isOver: () -> Bool
  ) throws(GitError) -> Bool {
    ends.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    var new: [Int] = []
    try log.records.read { (reader: inout TreeRecords.Reader) throws(GitError) in
      while let distance = reader.nextTree() {
        if ends.count & 0xFFF == 0 { try GitError.end(if: isOver()) }
        let base = distance > 0 ? range(ends.count - distance) : 0..<0
        var position: UInt32 = 0
        while let item = reader.next() {
          switch item {
          case .copied(let positions):
            copy(positions, of: base, to: position)
            position += UInt32(positions.count)
          case .entry(let entry):
            if entry.object != TreeLog.Entry.notHere {
              if entry.isDirectory { objects.isNamed[Int(entry.object)] = true }
              if objects.isTracked[Int(entry.object)] { entries.append(TrackedEntry(entry: entry, position: position)) }
            }
            position += 1
          }
        }
        let object = Int(log.objects[ends.count])
        ends.append(entries.count)
        if !objects.isTracked[object], !range(ends.count - 1).isEmpty {
          objects.isTracked[object] = true
          new.append(object)
        }
      }
    }
    // Most of the last ones are roots, which no tree names.
    return new.contains { objects.isNamed[$0] }
  }

  /// Takes over the base's tracked entries at some of its positions.
  private mutating func copy(_ positions: Range<Int>, of base: Range<Int>, to position: UInt32) {
    var next = base.first(from: { entries[$0].position >= positions.lowerBound })
    while next < base.upperBound, entries[next].position < positions.upperBound {
      let known = entries[next]
      entries.append(
        TrackedEntry(entry: known.entry, position: known.position - UInt32(positions.lowerBound) + position))
      next += 1
    }
  }
}
