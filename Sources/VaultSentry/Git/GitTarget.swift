// The repository that a request means.

import GitHistory
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A repository to scan, found but held open by nobody.
struct GitTarget: Sendable {
  let place: RepositoryPlace
  let paths: RepositoryPaths
}

/// The objects of a repository, opened by one worker for itself.
final class ObjectSource {
  let reader: ObjectReader
  private let repository: Repository

  init(_ target: GitTarget) throws(GitError) {
    repository = try Repository(target.place)
    reader = try ObjectReader(repository)
  }

  /// The file at a path of HEAD; nil if there is none.
  func blobAtHead(_ path: [UInt8]) -> ObjectID? { (try? repository.blobAtHead(path, reader)) ?? nil }
}

extension Scan {
  /// The path of the one target of a git scan, as it was given.
  private func gitPath() throws(ScanRequestError) -> String {
    guard request.targets.count == 1, case .path(let path) = request.targets[0] else {
      throw ScanRequestError(description: "one repository at a time: give one path in it")
    }
    return path
  }

  /// Finds and opens the repository of the target.
  ///
  /// - Returns: nil if there is one that cannot be read, which `coverage` then tells.
  func withRepository<Result>(
    _ coverage: inout Coverage, _ use: (borrowing Repository, GitTarget) throws(GitError) -> Result
  ) throws(ScanRequestError) -> Result? {
    let path = try gitPath()
    guard let resolved = resolved(path) else {
      throw ScanRequestError(
        description: "\(path.neutralised): \(systemMessage(errno)); give a path in a git repository")
    }
    let place = place(resolved)
    var isFound = false
    do throws(GitError) {
      try place.refusePipes()
      let repository = try Repository(place)
      isFound = true
      let workTree = repository.workTree.map { self.resolved($0) ?? $0 }
      let target = GitTarget(
        place: place, paths: RepositoryPaths(target: path, resolved: resolved, workTree: workTree))
      return try use(repository, target)
    } catch {
      if !isFound, error.code == .notFound {
        throw ScanRequestError(description: "\(path.neutralised): is not in a git repository; give a path in one")
      }
      coverage.countUnread(Incomplete(path: ReportedPath(path), reason: "the git repository: \(error.description)"))
      return nil
    }
  }

  /// Git's variables speak of the working directory; another target is another repository.
  private func place(_ resolved: String) -> RepositoryPlace {
    var place = RepositoryPlace(start: resolved)
    guard resolved == self.resolved(request.workingDirectory) else { return place }
    place.directory = request.git.directory.map(absolute)
    place.indexFile = request.git.indexFile.map(absolute)
    place.objectDirectory = request.git.objectDirectory.map(absolute)
    place.alternateObjectDirectories = request.git.alternateObjectDirectories.map(absolute)
    place.workTree = request.git.workTree.map(absolute) ?? place.directory.map { _ in resolved }
    return place
  }
}

extension Worker {
  /// Reads a blob and scans it as the file at a path.
  ///
  /// - Parameter isStaged: see `Origin`.
  mutating func scanBlob(
    _ id: ObjectID, of target: GitTarget, directory: [UInt8], name: [UInt8], isStaged: Bool = false
  ) -> (ReadOutcome, BlobResult) {
    var result = BlobResult()
    do throws(GitError) {
      let source: ObjectSource
      if let objects { source = objects } else { source = try ObjectSource(target) }
      objects = source
      let header = try source.reader.header(of: id)
      if header.size == 0 { return (.skipped(.empty), result) }
      if header.size > reader.sizeLimit { return (.skipped(.tooLarge), result) }
      if header.size > share.blob { return (.failed("it takes too much memory"), result) }
      let outcome = try source.reader.read(id) { _, bytes in
        reader.read(bytes, directory: directory, name: name, isStaged: isStaged) { result.add(scanner.scan($0)) }
      }
      return (outcome, result)
    } catch {
      return (.failed(error.code == .notFound ? "the object \(id) is missing" : error.description), result)
    }
  }
}
