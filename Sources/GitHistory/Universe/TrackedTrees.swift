// Which trees lead to some objects, and by which names.

import SecretModel

/// An entry that leads to an object that is looked for.
struct TrackedEntry: Sendable {
  /// The object's number.
  let object: UInt32
  /// In the log's names.
  let name: UInt32
  let isDirectory: Bool
  /// Position among the tree's entries.
  fileprivate let position: UInt32
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
    var isTracked = [Bool](repeating: false, count: store.count)
    for object in wanted { isTracked[object] = true }
    // Each round finds the trees one step further up; there are as many as directories are nested.
    var isNew = true
    while isNew {
      isNew = false
      try collect(log, isTracked, isOver)
      for (tree, object) in log.objects.enumerated() where !isTracked[Int(object)] && !range(tree).isEmpty {
        isTracked[Int(object)] = true
        isNew = true
      }
    }
  }

  /// The tracked entries of a tree.
  ///
  /// - Parameter number: the tree's object.
  func entries(ofTree number: Int) -> ArraySlice<TrackedEntry> {
    trees[number] == 0 ? [] : entries[range(Int(trees[number]) - 1)]
  }

  private func range(_ tree: Int) -> Range<Int> { (tree == 0 ? 0 : ends[tree - 1])..<ends[tree] }

  private mutating func collect(_ log: TreeLog, _ isTracked: [Bool], _ isOver: () -> Bool) throws(GitError) {
    ends.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    for tree in 0..<log.count {
      if tree & 0xFFF == 0 { try GitError.end(if: isOver()) }
      var position: UInt32 = 0
      for segment in log.segments(of: tree) {
        if segment.isCopied {
          copy(segment, of: range(Int(log.bases[tree])), to: position)
        } else {
          for offset in 0..<segment.count {
            let entry = log.entries[Int(segment.start + offset)]
            guard entry.object != TreeLog.Entry.notHere, isTracked[Int(entry.object)] else { continue }
            entries.append(
              TrackedEntry(
                object: entry.object, name: UInt32(entry.name), isDirectory: entry.isDirectory,
                position: position + offset))
          }
        }
        position += segment.count
      }
      ends.append(entries.count)
    }
  }

  /// Takes over the base's tracked entries that lie in a segment.
  private mutating func copy(_ segment: TreeLog.Segment, of base: Range<Int>, to position: UInt32) {
    var next = base.first(from: { entries[$0].position >= segment.start })
    while next < base.upperBound, entries[next].position < segment.start + segment.count {
      let entry = entries[next]
      entries.append(
        TrackedEntry(
          object: entry.object, name: entry.name, isDirectory: entry.isDirectory,
          position: entry.position - segment.start + position))
      next += 1
    }
  }
}
