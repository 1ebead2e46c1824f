// What became of things that stand at places of a history: since when, until when, and what leads to them.

/// A commit as reports name it.
package struct CommitSummary: Sendable {
  package let id: ObjectID
  package let author: Signature
}

/// The life of a thing in a history.
package struct Life: Sendable {
  /// The oldest commit that has it; one that a reference leads to, if there is any.
  package fileprivate(set) var introduced: CommitSummary?
  /// The newest one.
  package fileprivate(set) var lastSeen: CommitSummary?
  /// The newest commit that does not have it although all of its parents do; nil while HEAD has it.
  package fileprivate(set) var removedIn: CommitSummary?
  /// Whether HEAD has it.
  package fileprivate(set) var isAtHead = false
  /// Full names of references whose history has it, sorted.
  package fileprivate(set) var references: [String] = []
}

/// Follows things through the commits of a history.
package struct Lives {
  private let places: BlobPlaces
  private let graph: CommitGraph
  private var sets = NumberSets()
  /// By commit: what stands in its tree.
  private var setOfCommit: [Int32] = []
  private var lives: [LifeInCommits] = []
  private var summaries: [Int: CommitSummary] = [:]

  /// The same with commits by their positions.
  private struct LifeInCommits {
    var first: Int?
    var last: Int?
    var removal: Int?
    var references: [String] = []
  }

  /// - Parameters:
  ///   - things: for each place the numbers of what stands there, below `count`.
  ///   - ownThings: things that commits have themselves, by the commits' numbers in the store.
  ///   - isOver: whether nobody wants the lives any more; asked again and again.
  /// - Throws: if it is over.
  package init(
    of things: [[Int32]], _ ownThings: [Int: [Int32]], count: Int, at places: BlobPlaces, isOver: () -> Bool
  ) throws(GitError) {
    self.places = places
    graph = places.graph
    lives = Array(repeating: LifeInCommits(), count: count)
    var converted = [Int32](repeating: 0, count: places.sets.parts.count)
    // A set's parts were there before it.
    for (number, parts) in places.sets.parts.enumerated() {
      try GitError.end(if: isOver())
      let own = Set(parts.places.flatMap { things[Int($0)] }).sorted()
      converted[number] = parts.sets.reduce(sets.insert(own)) { sets.union($0, converted[Int($1)]) }
    }
    setOfCommit = places.setOfCommit.map { converted[Int($0)] }
    try followCommits(isOver)
    var own: [Int: Int32] = [:]
    for (object, things) in ownThings {
      guard let commit = graph.position(ofObject: object) else { continue }
      own[commit] = sets.insert(things.sorted())
    }
    followOwn(own)
    try followReferences(converted, own, isOver)
  }

  /// The life of a thing.
  package mutating func life(of thing: Int, _ store: ObjectStore, _ reader: borrowing ObjectReader) -> Life {
    let found = lives[thing]
    var life = Life()
    life.isAtHead = graph.head.map { has($0, thing) } ?? false
    life.introduced = found.first.map { summary($0, store, reader) }
    life.lastSeen = found.last.map { summary($0, store, reader) }
    if !life.isAtHead { life.removedIn = found.removal.map { summary($0, store, reader) } }
    life.references = found.references
    return life
  }

  private func has(_ commit: Int, _ thing: Int) -> Bool {
    sets.members[Int(setOfCommit[commit])].contains(Int32(thing))
  }

  private mutating func summary(_ commit: Int, _ store: ObjectStore, _ reader: borrowing ObjectReader) -> CommitSummary
  {
    if let known = summaries[commit] { return known }
    let id = store.id(Int(graph.objects[commit]))
    let made = CommitSummary.read(id, reader)
    summaries[commit] = made
    return made
  }

  // MARK: - Commits

  private mutating func followCommits(_ isOver: () -> Bool) throws(GitError) {
    for isReachable in [true, false] {
      try GitError.end(if: isOver())
      var first = [Int32](repeating: -1, count: sets.members.count)
      var last = first
      for commit in graph.oldestFirst where graph.isReachable[Int(commit)] == isReachable {
        let set = Int(setOfCommit[Int(commit)])
        if first[set] < 0 { first[set] = commit }
        last[set] = commit
      }
      record(first, last, isReachable)
    }
    for commit in graph.oldestFirst.map(Int.init) {
      try GitError.end(if: isOver())
      followRemovals(commit)
    }
  }

  /// Takes over the first and last commits of sets for their members.
  private mutating func record(_ first: [Int32], _ last: [Int32], _ isReachable: Bool) {
    var rank = [Int32](repeating: 0, count: graph.count)
    for (position, commit) in graph.oldestFirst.enumerated() { rank[Int(commit)] = Int32(position) }
    let known = lives
    for (set, members) in sets.members.enumerated() where first[set] >= 0 {
      for thing in members.map(Int.init) where isReachable || known[thing].first == nil {
        if let current = lives[thing].first, rank[current] <= rank[Int(first[set])] {
        } else {
          lives[thing].first = Int(first[set])
        }
        if let current = lives[thing].last, rank[current] >= rank[Int(last[set])] {
        } else {
          lives[thing].last = Int(last[set])
        }
      }
    }
  }

  /// Takes over the first and last commits that have things themselves; those that references lead to, if there are any.
  private mutating func followOwn(_ own: [Int: Int32]) {
    var known = Set<Int32>()
    for isReachable in [true, false] {
      var new = Set<Int32>()
      for commit in graph.oldestFirst.map(Int.init) where graph.isReachable[commit] == isReachable {
        guard let set = own[commit] else { continue }
        for thing in sets.members[Int(set)] where !known.contains(thing) {
          if new.insert(thing).inserted { lives[Int(thing)].first = commit }
          lives[Int(thing)].last = commit
        }
      }
      known.formUnion(new)
    }
  }

  private mutating func followRemovals(_ commit: Int) {
    let parents = graph.parents(commit).filter { $0 >= 0 }.map { setOfCommit[Int($0)] }
    let own = setOfCommit[commit]
    guard let first = parents.first, parents.allSatisfy({ $0 != own }) else { return }
    let kept = Set(sets.members[Int(own)])
    for thing in sets.members[Int(first)] where !kept.contains(thing) {
      let isEverywhere = parents.dropFirst().allSatisfy { sets.members[Int($0)].contains(thing) }
      let isLonger = graph.isReachable[commit] || lives[Int(thing)].removal.map { !graph.isReachable[$0] } ?? true
      if isEverywhere, isLonger { lives[Int(thing)].removal = commit }
    }
  }

  // MARK: - References

  private mutating func followReferences(
    _ converted: [Int32], _ own: [Int: Int32], _ isOver: () -> Bool
  ) throws(GitError) {
    var reached = [Int32](repeating: 0, count: graph.count)
    for commit in graph.oldestFirst.map(Int.init) where graph.isReachable[commit] {
      try GitError.end(if: isOver())
      let start = sets.union(setOfCommit[commit], own[commit] ?? 0)
      reached[commit] = graph.parents(commit).reduce(start) { set, parent in
        parent < 0 ? set : sets.union(set, reached[Int(parent)])
      }
    }
    for tip in graph.references {
      try GitError.end(if: isOver())
      for thing in sets.members[Int(reached[tip.commit])] { lives[Int(thing)].references.append(tip.name) }
    }
    for (name, set) in places.ofReferences {
      for thing in sets.members[Int(converted[Int(set)])] { lives[Int(thing)].references.append(name) }
    }
  }
}

extension CommitSummary {
  /// Reads a commit's author; what cannot be read stays empty.
  package static func read(_ id: ObjectID, _ reader: borrowing ObjectReader) -> CommitSummary {
    let author = try? reader.read(id) { _, bytes in ObjectHeader(bytes).values("author").first.map { Signature($0) } }
    return CommitSummary(id: id, author: (author ?? nil) ?? Signature([UInt8]()))
  }
}
