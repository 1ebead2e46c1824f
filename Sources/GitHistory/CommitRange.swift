// A part of a history: the commits that some revisions lead to and others do not.

internal import CGit2

/// Which commits are asked for.
package struct CommitRange: Sendable {
  /// Commits that lead to those that are asked for.
  package private(set) var included: [ObjectID] = []
  /// What these lead to is known.
  package private(set) var excluded: [ObjectID] = []
  /// Commits made earlier are known; seconds since 1970.
  package private(set) var earliest: Int64?
  /// Annotated tags on the way to `included`.
  package private(set) var tags: [ObjectID] = []

  package init() {}

  package mutating func exclude(before seconds: Int64) { earliest = seconds }

  /// Adds what a revision names: `main`, `v1.0`, `HEAD~3`, an object id.
  ///
  /// - Throws: with the code `notFound` if it names nothing, or no commit.
  package mutating func include(_ revision: String, in repository: borrowing Repository) throws(GitError) {
    let (commit, tags) = try repository.commit(ofRevision: revision)
    included.append(commit)
    self.tags += tags
  }

  /// Leaves out what a revision leads to.
  package mutating func exclude(_ revision: String, in repository: borrowing Repository) throws(GitError) {
    excluded.append(try repository.commit(ofRevision: revision).commit)
  }

  /// Adds what all references whose names begin with `prefix` lead to, or leaves that out.
  package mutating func takeReferences(
    _ prefix: String, isIncluded: Bool, in repository: borrowing Repository
  ) throws(GitError) {
    for name in try repository.referenceNames() where name.hasPrefix(prefix) {
      // A reference may name a tree or a blob, or be a symbolic one to nothing.
      guard let found = try? repository.commit(ofRevision: name) else { continue }
      if isIncluded {
        included.append(found.commit)
        tags += found.tags
      } else {
        excluded.append(found.commit)
      }
    }
  }
}

extension Repository {
  /// Whether a fetch left out older commits.
  package var isShallow: Bool { !RepositoryFiles.shallowCommits(commonDirectory: commonDirectory).isEmpty }

  /// The commit that a revision leads to, over annotated tags.
  func commit(ofRevision revision: String) throws(GitError) -> (commit: ObjectID, tags: [ObjectID]) {
    var object: OpaquePointer?
    try check(git_revparse_single(&object, handle, revision))
    defer { git_object_free(object) }
    var tags: [ObjectID] = []
    if git_object_type(object) == GIT_OBJECT_TAG, let id = git_object_id(object) { tags.append(ObjectID(id.pointee)) }
    var commit: OpaquePointer?
    try check(git_object_peel(&commit, object, GIT_OBJECT_COMMIT))
    defer { git_object_free(commit) }
    guard let id = git_object_id(commit) else { throw GitError(code: .notFound, description: "names no commit") }
    return (ObjectID(id.pointee), tags)
  }

  /// The commits of a range, parents before their children.
  func commits(in range: CommitRange, _ reader: borrowing ObjectReader) throws(GitError) -> [ObjectID] {
    isShallow ? commitsOfShallowClone(in: range, reader) : try commitsByWalk(range)
  }

  /// The same in a shallow clone, whose end libgit2's walk takes for damage: all that is here is looked at.
  private func commitsOfShallowClone(in range: CommitRange, _ reader: borrowing ObjectReader) -> [ObjectID] {
    var seen = Set<ObjectID>()
    _ = ancestors(of: range.excluded, &seen, reader)
    return ancestors(of: range.included, &seen, reader)
  }

  /// Commits and what they lead to as far as it is here and not in `seen`, parents first.
  private func ancestors(
    of commits: [ObjectID], _ seen: inout Set<ObjectID>, _ reader: borrowing ObjectReader
  ) -> [ObjectID] {
    var ordered: [ObjectID] = []
    var pending = commits.map { (id: $0, areParentsDone: false) }
    while let (id, areParentsDone) = pending.popLast() {
      if areParentsDone {
        ordered.append(id)
      } else if seen.insert(id).inserted {
        guard let header = (try? reader.read(id) { _, bytes in CommitHeader(bytes) }) ?? nil else { continue }
        pending.append((id, true))
        pending += header.parents.map { ($0, false) }
      }
    }
    return ordered
  }

  private func commitsByWalk(_ range: CommitRange) throws(GitError) -> [ObjectID] {
    var walk: OpaquePointer?
    try check(git_revwalk_new(&walk, handle))
    defer { git_revwalk_free(walk) }
    try check(git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue))
    for id in range.included {
      var oid = id.oid
      try check(git_revwalk_push(walk, &oid))
    }
    for id in range.excluded {
      var oid = id.oid
      try check(git_revwalk_hide(walk, &oid))
    }
    var commits: [ObjectID] = []
    var oid = git_oid()
    while true {
      let status = git_revwalk_next(&oid, walk)
      if status == GIT_ITEROVER.rawValue { return commits }
      try check(status)
      commits.append(ObjectID(oid))
    }
  }
}
