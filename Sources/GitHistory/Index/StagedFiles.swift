// What the next commit would add: the index against HEAD's tree.

internal import CGit2

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of the index that HEAD does not have, or has with other contents.
package struct StagedFile: Sendable {
  package enum Kind: Sendable {
    case file, symbolicLink, submodule
  }

  /// From the work tree's root, `/` between its parts; bytes as git stores them.
  package let path: [UInt8]
  package let kind: Kind
  package let blob: ObjectID
  /// HEAD's file at the same path; nil if there is none.
  package let previous: ObjectID?
}

extension Repository {
  /// The staged files, in the order of their paths. Of a path in conflict, both sides are there.
  package func stagedFiles() throws(GitError) -> [StagedFile] {
    let index = try Index(self)
    let head = try HeadTree(self)
    let diff = try Diff(from: head, to: index, self)
    var files: [StagedFile] = []
    for position in 0..<diff.count {
      guard let delta = diff[position], let path = delta.pointee.new_file.path else { continue }
      switch delta.pointee.status {
      case GIT_DELTA_ADDED, GIT_DELTA_MODIFIED, GIT_DELTA_TYPECHANGE, GIT_DELTA_RENAMED, GIT_DELTA_COPIED: break
      default: continue
      }
      if index.isOnlyIntended(path) { continue }
      let old = delta.pointee.old_file
      let isOldFile = UInt32(old.mode) & 0o170000 == 0o100000
      // A change of the mode alone adds nothing.
      let new = delta.pointee.new_file
      if isOldFile, UInt32(new.mode) & 0o170000 == 0o100000, ObjectID(new.id) == ObjectID(old.id) { continue }
      files.append(
        StagedFile(
          path: bytes(path), kind: kind(UInt32(new.mode)), blob: ObjectID(new.id),
          previous: isOldFile ? ObjectID(old.id) : nil))
    }
    files += try conflicts(index, head)
    return files.sorted { $0.path == $1.path ? $0.blob < $1.blob : $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The file at a path of HEAD; nil if there is none.
  package func blobAtHead(_ path: [UInt8]) throws(GitError) -> ObjectID? {
    let head = try HeadTree(self)
    let terminated = (path + [0]).map { CChar(bitPattern: $0) }
    do {
      return try terminated.withUnsafeBufferPointer { path in
        guard let start = path.baseAddress else { return nil }
        return try head.file(start)
      }
    } catch let error as GitError {
      throw error
    } catch {
      return nil
    }
  }

  /// Both sides of what a merge could not resolve, without those that are HEAD's.
  private func conflicts(_ index: borrowing Index, _ head: borrowing HeadTree) throws(GitError) -> [StagedFile] {
    guard git_index_has_conflicts(index.handle) != 0 else { return [] }
    var iterator: OpaquePointer?
    try check(git_index_conflict_iterator_new(&iterator, index.handle))
    defer { git_index_conflict_iterator_free(iterator) }
    var files: [StagedFile] = []
    var ancestor: UnsafePointer<git_index_entry>?
    var ours: UnsafePointer<git_index_entry>?
    var theirs: UnsafePointer<git_index_entry>?
    while try check(conflict(&ancestor, &ours, &theirs, iterator)) == GIT_OK.rawValue {
      for side in [ours, theirs] {
        guard let side, let path = side.pointee.path else { continue }
        let blob = ObjectID(side.pointee.id)
        let previous = try head.file(path)
        if blob == previous { continue }
        files.append(StagedFile(path: bytes(path), kind: kind(side.pointee.mode), blob: blob, previous: previous))
      }
    }
    return files
  }

  /// `git_index_conflict_next`, with 1 for the end.
  private func conflict(
    _ ancestor: inout UnsafePointer<git_index_entry>?, _ ours: inout UnsafePointer<git_index_entry>?,
    _ theirs: inout UnsafePointer<git_index_entry>?, _ iterator: OpaquePointer?
  ) -> Int32 {
    let status = git_index_conflict_next(&ancestor, &ours, &theirs, iterator)
    return status == GIT_ITEROVER.rawValue ? 1 : status
  }

  private func kind(_ mode: UInt32) -> StagedFile.Kind {
    switch mode & 0o170000 {
    case 0o120000: .symbolicLink
    case 0o160000: .submodule
    default: .file
    }
  }
}

/// A path as it is, UTF-8 or not.
private func bytes(_ path: UnsafePointer<CChar>) -> [UInt8] {
  Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
}

/// An open index.
struct Index: ~Copyable {
  let handle: OpaquePointer

  /// The index of a work tree, or the one that the place names.
  init(_ repository: borrowing Repository) throws(GitError) {
    try self.init(path: repository.place.indexFile ?? repository.directory + "/index")
  }

  /// - Parameter path: of a file, which need not be there.
  init(path: String) throws(GitError) {
    guard Self.mayBeWhole(path) else {
      throw GitError(code: .other, description: "\(path): damaged: it is too short for the entries that it counts")
    }
    var opened: OpaquePointer?
    try check(git_index_open(&opened, path))
    guard let opened else { throw GitError(code: .other, description: "the index did not open") }
    handle = opened
  }

  deinit { git_index_free(handle) }

  /// Whether a file is long enough for the entries that its head counts, for which libgit2 makes room at once. What is no
  /// index, or is not there, is left to libgit2.
  ///
  /// Source: gitformat-index(5): signature, version and number of entries, of 4 bytes each; an entry takes 62 and its name.
  private static func mayBeWhole(_ path: String) -> Bool {
    guard let file = try? MappedFile(path), file.bytes.count >= 12 else { return true }
    return Int(file.bytes.bigEndian(8, as: UInt32.self)) * 63 <= file.bytes.count
  }

  /// Adds the files whose contents are among some blobs.
  func add(filesHolding blobs: Set<ObjectID>, to files: inout [(path: [UInt8], blob: ObjectID)]) {
    for position in 0..<git_index_entrycount(handle) {
      guard let entry = git_index_get_byindex(handle, position), let path = entry.pointee.path else { continue }
      let blob = ObjectID(entry.pointee.id)
      if blobs.contains(blob) { files.append((bytes(path), blob)) }
    }
  }

  /// Whether `git add --intent-to-add` put a path there: the next commit has nothing of it.
  func isOnlyIntended(_ path: UnsafePointer<CChar>) -> Bool {
    // The entry is the index's own.
    guard let entry = git_index_get_bypath(handle, path, 0) else { return false }
    return UInt32(entry.pointee.flags_extended) & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0
  }
}

/// HEAD's tree with what is below it; empty before the first commit.
private struct HeadTree: ~Copyable {
  let handle: OpaquePointer?

  init(_ repository: borrowing Repository) throws(GitError) {
    guard var oid = try repository.head()?.oid else {
      handle = nil
      return
    }
    var commit: OpaquePointer?
    try check(git_commit_lookup(&commit, repository.handle, &oid))
    defer { git_commit_free(commit) }
    var tree: OpaquePointer?
    try check(git_commit_tree(&tree, commit))
    handle = tree
  }

  deinit { git_tree_free(handle) }

  /// The file at a path; nil if there is none.
  func file(_ path: UnsafePointer<CChar>) throws(GitError) -> ObjectID? {
    guard let handle else { return nil }
    var entry: OpaquePointer?
    let status = git_tree_entry_bypath(&entry, handle, path)
    if status == GIT_ENOTFOUND.rawValue { return nil }
    try check(status)
    defer { git_tree_entry_free(entry) }
    guard git_tree_entry_type(entry) == GIT_OBJECT_BLOB, let oid = git_tree_entry_id(entry) else { return nil }
    return ObjectID(oid.pointee)
  }
}

/// The entries in which a tree and an index differ. Contents are not compared, so no filter or driver is looked up.
private struct Diff: ~Copyable {
  private let handle: OpaquePointer

  init(from tree: borrowing HeadTree, to index: borrowing Index, _ repository: borrowing Repository) throws(GitError) {
    var options = git_diff_options()
    try check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
    options.flags = GIT_DIFF_SKIP_BINARY_CHECK.rawValue
    var opened: OpaquePointer?
    try check(git_diff_tree_to_index(&opened, repository.handle, tree.handle, index.handle, &options))
    guard let opened else { throw GitError(code: .other, description: "the index was not compared") }
    handle = opened
  }

  deinit { git_diff_free(handle) }

  var count: Int { git_diff_num_deltas(handle) }

  /// The delta is the diff's own.
  subscript(position: Int) -> UnsafePointer<git_diff_delta>? { git_diff_get_delta(handle, position) }
}
