// What the indexes of all work trees hold.

extension Repository {
  /// The files of indexes whose contents are among some blobs: of this work tree, and of all others of the repository,
  /// whose contents may be staged there and nowhere else.
  ///
  /// - Parameter unread: gets, in words, the indexes that cannot be read.
  package func indexFiles(
    holding blobs: Set<ObjectID>, unread: inout [String]
  ) -> [(path: [UInt8], blob: ObjectID)] {
    var files: [(path: [UInt8], blob: ObjectID)] = []
    if blobs.isEmpty { return files }
    if workTree != nil {
      do throws(GitError) {
        try add(filesHolding: blobs, of: indexFile, to: &files)
      } catch {
        unread.append("the index: \(error.description)")
      }
    }
    for path in otherIndexes {
      do throws(GitError) {
        try add(filesHolding: blobs, of: path, to: &files)
      } catch {
        unread.append(error.description.contains(path) ? error.description : "\(path): \(error.description)")
      }
    }
    return files
  }

  private func add(
    filesHolding blobs: Set<ObjectID>, of path: String, to files: inout [(path: [UInt8], blob: ObjectID)]
  ) throws(GitError) {
    let index = try IndexFile(at: path)
    for entry in index.entries where blobs.contains(entry.id) { files.append((Array(index.path(of: entry)), entry.id)) }
  }

  /// Paths of the indexes of other work trees, the main one's first; they need not be there.
  private var otherIndexes: [String] {
    let common = commonDirectory
    let linked = RepositoryFiles.names(in: common + "/worktrees").map { "\(common)/worktrees/\($0)" }
    // A repository that is bare has no index of its own; what may lie there is of no work tree.
    let main = directory == common ? [] : [common]
    return (main + linked).filter { $0 != directory }.map { $0 + "/index" }
  }
}
