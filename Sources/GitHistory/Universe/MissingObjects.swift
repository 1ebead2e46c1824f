// What trees name and is not here.

/// An object that a tree of a reachable commit names and that is not here.
package struct LostObject: Sendable {
  package let id: ObjectID
  /// A path at which it should be, from the root.
  package let path: [UInt8]
}

extension HistoryLog {
  /// What the trees that references lead to name and is not here; unreachable trees may outlive what they name.
  ///
  /// - Parameter isOver: whether nobody wants to know any more; asked again and again.
  /// - Throws: if it is over.
  package func missingBelow(
    _ graph: CommitGraph, _ store: ObjectStore, isOver: () -> Bool
  ) throws(GitError) -> [LostObject] {
    if trees.lost.isEmpty { return [] }
    let lost = Dictionary(grouping: trees.lost) { trees.objects[$0.tree] }
    let tracked = try TrackedTrees(trees, store, leadingTo: lost.keys.map(Int.init), isOver)
    var visited = Set<UInt32>()
    var found: [ObjectID: [UInt8]] = [:]
    let roots = graph.oldestFirst.map(Int.init).filter { graph.isReachable[$0] }.map { graph.trees[$0] }
    var pending: [(tree: UInt32, directory: [UInt8])] = []
    for root in roots + graph.looseTips.map(\.object) where root != TreeLog.Entry.notHere {
      pending.append((root, []))
      while let (tree, directory) = pending.popLast() {
        guard visited.insert(tree).inserted else { continue }
        try GitError.end(if: isOver())
        for object in lost[tree] ?? [] where found[object.id] == nil {
          found[object.id] = directory + trees.names[object.name]
        }
        for entry in tracked.entries(ofTree: Int(tree)) where entry.isDirectory {
          pending.append((entry.object, directory + trees.names[Int(entry.name)] + [UInt8(ascii: "/")]))
        }
      }
    }
    return found.map { LostObject(id: $0.key, path: $0.value) }.sorted { $0.id < $1.id }
  }
}
