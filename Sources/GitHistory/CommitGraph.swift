// Commits in order, and which of them references lead to.

/// Something that a repository names but does not have, or that does not read as what it should be.
package struct MissingObject: Sendable {
  package let id: ObjectID
  /// What was to be read, in words: `the commit`.
  package let what: String
  package let reason: String
}

/// What a reference names.
struct Tip {
  let id: ObjectID
  /// Stands for a path where a reference names a blob.
  let name: String
}

extension Repository {
  /// References of all kinds (branches, tags, remotes, stash, notes) and the HEADs of all work trees.
  ///
  /// - Parameter unread: gets, in words, those that cannot be read.
  func tips(_ unread: inout [String], _ isOver: () -> Bool) throws(GitError) -> [Tip] {
    var tips: [Tip] = []
    for name in try ["HEAD"] + referenceNames() {
      try GitError.end(if: isOver())
      do throws(GitError) {
        tips.append(Tip(id: try id(ofReference: name), name: name))
      } catch {
        // A symbolic reference to a branch that does not exist (yet).
        if error.code != .notFound { unread.append("the reference \(name): \(error.description)") }
      }
    }
    let detached = RepositoryFiles.detachedHeads(commonDirectory: commonDirectory)
    return tips + detached.map { Tip(id: $0.id, name: $0.name) }
  }
}

/// A reference with the commit it leads to.
package struct ReferenceTip: Sendable {
  /// In full: `refs/heads/main`.
  package let name: String
  /// The commit's position in the graph.
  let commit: Int
}

/// All commits of a repository with their parents.
package struct CommitGraph: Sendable {
  /// By position: the object's number.
  let objects: [UInt32]
  /// By position: the number of the tree; `TreeLog.Entry.notHere` if it is missing.
  let trees: [UInt32]
  /// By position: seconds since 1970 at which the commit was made.
  let times: [Int64]
  /// Positions, oldest first, parents always before their children.
  private(set) var oldestFirst: [Int32] = []
  /// By position: whether a reference or HEAD leads to it.
  private(set) var isReachable: [Bool]
  package private(set) var references: [ReferenceTip] = []
  /// The commit that HEAD names.
  private(set) var head: Int?
  /// Trees and blobs that references name without a commit.
  private(set) var looseTips: [(object: UInt32, name: String)] = []
  /// What should be here and is not.
  package private(set) var missing: [MissingObject] = []

  /// By position: where the parents end in `parentList`.
  private let parentEnds: [Int]
  /// Positions; -1 for those that are not here.
  private let parentList: [Int32]
  /// By object: position + 1, 0 for none.
  private let positions: [UInt32]

  package var count: Int { objects.count }

  func parents(_ commit: Int) -> ArraySlice<Int32> {
    parentList[(commit == 0 ? 0 : parentEnds[commit - 1])..<parentEnds[commit]]
  }

  func position(ofObject number: Int) -> Int? { positions[number] == 0 ? nil : Int(positions[number]) - 1 }

  /// References that cannot be read, in words.
  package let unreadReferences: [String]

  /// Whether the clone is shallow; the parents it left behind are not in `missing`.
  package let isShallow: Bool

  /// - Parameter isOver: whether nobody wants the graph any more; asked again and again.
  /// - Throws: if references cannot be read, or if it is over.
  package init(
    _ log: HistoryLog, _ store: ObjectStore, _ repository: borrowing Repository, isOver: () -> Bool
  ) throws(GitError) {
    try GitError.end(if: isOver())
    var unread: [String] = []
    let tips = try repository.tips(&unread, isOver)
    unreadReferences = unread
    // One that cannot be read is among the tips.
    let head = (try? repository.head()) ?? nil
    let shallow = Set(RepositoryFiles.shallowCommits(commonDirectory: repository.commonDirectory))
    isShallow = !shallow.isEmpty
    objects = log.commits.map(\.object)
    trees = log.commits.map(\.tree)
    times = log.commits.map(\.time)
    parentEnds = log.commits.map(\.parentsEnd)
    var positions = [UInt32](repeating: 0, count: store.count)
    for (position, object) in objects.enumerated() { positions[Int(object)] = UInt32(position + 1) }
    self.positions = positions
    parentList = log.parents.map { $0 == TreeLog.Entry.notHere ? -1 : Int32(positions[Int($0)]) - 1 }
    isReachable = [Bool](repeating: false, count: log.commits.count)
    try GitError.end(if: isOver())
    try sort(store, isOver)
    try GitError.end(if: isOver())
    follow(tips, log, store)
    self.head = head.flatMap { store.number(of: $0) }.flatMap { position(ofObject: $0) }
    for lost in log.lost {
      guard let commit = position(ofObject: Int(lost.commit)), isReachable[commit] else { continue }
      if lost.what == "the commit", shallow.contains(store.id(Int(lost.commit))) { continue }
      missing.append(MissingObject(id: lost.id, what: lost.what, reason: "is missing"))
    }
  }

  /// Finds what tips lead to.
  private mutating func follow(_ tips: [Tip], _ log: HistoryLog, _ store: ObjectStore) {
    for tip in tips {
      guard let number = peeled(tip.id, log, store) else {
        missing.append(MissingObject(id: tip.id, what: "what \(tip.name) names", reason: "is missing"))
        continue
      }
      if let commit = position(ofObject: number) {
        references.append(ReferenceTip(name: tip.name, commit: commit))
        isReachable[commit] = true
      } else {
        looseTips.append((UInt32(number), tip.name))
      }
    }
    var pending = references.map { Int32($0.commit) }
    while let commit = pending.popLast() {
      for parent in parents(Int(commit)) where parent >= 0 && !isReachable[Int(parent)] {
        isReachable[Int(parent)] = true
        pending.append(parent)
      }
    }
  }

  /// The object that is no tag at the end of a chain of tags.
  private func peeled(_ id: ObjectID, _ log: HistoryLog, _ store: ObjectStore) -> Int? {
    var id = id
    // A tag may name a tag; a chain of more than this is nobody's work.
    for _ in 0..<64 {
      guard let number = store.number(of: id) else { return nil }
      guard let target = log.tags[UInt32(number)] else { return number }
      id = target
    }
    return nil
  }

  /// Orders by time, where a commit counts as no older than its parents, then by distance from the first one.
  ///
  /// Git cannot make a commit that is its own ancestor, but hostile hands may: of such a circle, the oldest commit by its
  /// date comes first, and is told of.
  private mutating func sort(_ store: ObjectStore, _ isOver: () -> Bool) throws(GitError) {
    var waiting = [Int32](repeating: 0, count: count)
    var childStarts = [Int32](repeating: 0, count: count + 1)
    for commit in 0..<count {
      for parent in parents(commit) where parent >= 0 {
        waiting[commit] += 1
        childStarts[Int(parent) + 1] += 1
      }
    }
    for commit in 0..<count { childStarts[commit + 1] += childStarts[commit] }
    var filled = childStarts
    var children = [Int32](repeating: 0, count: Int(childStarts[count]))
    for commit in 0..<count {
      for parent in parents(commit) where parent >= 0 {
        children[Int(filled[Int(parent)])] = Int32(commit)
        filled[Int(parent)] += 1
      }
    }
    var ready = (0..<Int32(count)).filter { waiting[Int($0)] == 0 }
    var generation = [Int32](repeating: 0, count: count)
    var time = times
    var at = 0
    func bringChildren() throws(GitError) {
      while at < ready.count {
        if at & 0xFFFF == 0 { try GitError.end(if: isOver()) }
        let parent = Int(ready[at])
        at += 1
        for child in children[Int(childStarts[parent])..<Int(childStarts[parent + 1])].map(Int.init)
        where waiting[child] > 0 {
          time[child] = max(time[child], time[parent])
          generation[child] = max(generation[child], generation[parent] + 1)
          waiting[child] -= 1
          if waiting[child] == 0 { ready.append(Int32(child)) }
        }
      }
    }
    try bringChildren()
    if ready.count < count {
      for commit in inCircles(waiting, store) where waiting[commit] > 0 {
        missing.append(
          MissingObject(id: store.id(Int(objects[commit])), what: "the commit", reason: "is its own ancestor"))
        waiting[commit] = 0
        ready.append(Int32(commit))
        try bringChildren()
      }
    }
    try GitError.end(if: isOver())
    oldestFirst = ready.sorted { left, right in
      let (left, right) = (Int(left), Int(right))
      if time[left] != time[right] { return time[left] < time[right] }
      if generation[left] != generation[right] { return generation[left] < generation[right] }
      return store.id(Int(objects[left])) < store.id(Int(objects[right]))
    }
  }

  /// Commits that wait for each other, those that only come after them left out; the oldest first.
  ///
  /// - Parameter waiting: by commit, parents that it waits for.
  private func inCircles(_ waiting: [Int32], _ store: ObjectStore) -> [Int] {
    var children = [Int32](repeating: 0, count: count)
    for commit in 0..<count where waiting[commit] > 0 {
      for parent in parents(commit) where parent >= 0 { children[Int(parent)] += 1 }
    }
    var isLeft = waiting.map { $0 > 0 }
    var ends = (0..<count).filter { isLeft[$0] && children[$0] == 0 }
    while let end = ends.popLast() {
      isLeft[end] = false
      for parent in parents(end).map(Int.init) where parent >= 0 && isLeft[parent] {
        children[parent] -= 1
        if children[parent] == 0 { ends.append(parent) }
      }
    }
    return (0..<count).filter { isLeft[$0] }.sorted { left, right in
      if times[left] != times[right] { return times[left] < times[right] }
      return store.id(Int(objects[left])) < store.id(Int(objects[right]))
    }
  }
}
