// Directories: what is in them, and which of it is to be scanned.

import GitHistory
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open directory; closed when the last one who needs it is done.
final class OpenDirectory: Sendable {
  let descriptor: Int32
  /// As reports show it, with a final `/` unless it is empty.
  let reportedPath: [UInt8]
  /// From the root of the walk, without a final `/`; empty for the root.
  let walkPath: [UInt8]
  /// What is ignored in it.
  let ignoreRules: IgnoreRules?
  /// How its files are read.
  let fileReads: FileReads

  init(
    descriptor: Int32, reportedPath: [UInt8], walkPath: [UInt8], ignoreRules: IgnoreRules?, fileReads: FileReads
  ) {
    self.descriptor = descriptor
    self.fileReads = fileReads
    self.reportedPath = reportedPath
    self.walkPath = walkPath
    self.ignoreRules = ignoreRules
  }

  deinit { close(descriptor) }

  /// What stands before a name in a path from the root of the walk.
  var walkPrefix: [UInt8] { walkPath.isEmpty ? [] : walkPath + [UInt8(ascii: "/")] }
}

/// Some entries of a directory.
struct EntryBatch: Sendable {
  let directory: OpenDirectory
  /// Names, as C strings one behind the other; those of other entries may stand between.
  let names: [UInt8]
  /// Where the entries' names begin.
  let starts: ArraySlice<Int>

  /// Files of a batch at most.
  static let fileLimit = 64

  /// In batches of `count` at most.
  func chunked(by count: Int) -> [EntryBatch] {
    stride(from: starts.startIndex, to: starts.endIndex, by: count).map {
      EntryBatch(directory: directory, names: names, starts: starts[$0..<min($0 + count, starts.endIndex)])
    }
  }

  /// Calls `body` with each name as a C string until it says that this is enough.
  func forEachName(_ body: (UnsafePointer<CChar>) -> Bool) {
    names.withUnsafeBytes { names in
      guard let base = names.baseAddress else { return }
      for start in starts where !body((base + start).assumingMemoryBound(to: CChar.self)) { return }
    }
  }
}

/// What a walk comes upon.
enum Candidate: Sendable {
  /// With entries that were not listed yet.
  case unlisted(OpenDirectory)
  /// Still to be opened, one after the other.
  case directories(EntryBatch)
  case files(EntryBatch)
}

/// Which entries a walk takes.
public struct DiscoveryOptions: Sendable {
  /// Whether ignore files and the built-in list of skipped directories count.
  public var honoursIgnoreFiles = true
  /// If there are any, only files that fit one.
  public var include: [Glob] = []
  public var exclude: [Glob] = []

  public init() {}
}

extension DiscoveryOptions {
  /// Whether a file that git tracks is left out by its name, in whatever directory it stands.
  func leavesOut(name: [UInt8]) -> Bool {
    func fits(_ glob: Glob) -> Bool { glob.matches(name: name[...], path: name[...]) }
    return exclude.contains { $0.isName && fits($0) }
      || !include.isEmpty && include.allSatisfy { $0.isName && !fits($0) }
  }

  /// Whether a file that git tracks is taken, by its path from the work tree's root.
  func takes(path: [UInt8]) -> Bool {
    guard !include.isEmpty || !exclude.isEmpty else { return true }
    let name = path.lastPart
    // A directory that is excluded takes everything below it along.
    let ends = path.indices.filter { path[$0] == UInt8(ascii: "/") }
    let isExcluded = exclude.contains { glob in
      glob.matches(name: name, path: path[...])
        || ends.contains { end in
          let directory = path[..<end]
          return glob.matches(name: directory.lastPart, path: directory)
        }
    }
    return !isExcluded && (include.isEmpty || include.contains { $0.matches(name: name, path: path[...]) })
  }
}

/// Lists directories.
struct DirectoryWalk {
  let options: DiscoveryOptions

  /// Opens the first one of some directories and sorts its entries into work and skips; the other directories come last.
  func expand(_ pending: EntryBatch, _ coverage: inout Coverage) -> [Candidate] {
    var found: [Candidate] = []
    pending.forEachName { name in
      found = expand(name, in: pending.directory, &coverage)
      return false
    }
    let rest = pending.starts.dropFirst()
    if rest.isEmpty { return found }
    return found + [.directories(EntryBatch(directory: pending.directory, names: pending.names, starts: rest))]
  }

  private func expand(
    _ name: UnsafePointer<CChar>, in parent: OpenDirectory, _ coverage: inout Coverage
  ) -> [Candidate] {
    let bytes = [UInt8](name: name)
    let path = parent.reportedPath + bytes
    let descriptor = openat(parent.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: coverage.countSkipped(.vanished)
      // It turned into a link since it was seen.
      case ELOOP where Self.isLink(name, in: parent), ENOTDIR where Self.isLink(name, in: parent):
        coverage.countSkipped(.symbolicLink)
      default: coverage.countUnread(Incomplete(path: ReportedPath(bytes: path), reason: systemMessage(errno)))
      }
      return []
    }
    return expand(
      descriptor, path + [UInt8(ascii: "/")], parent.walkPrefix + bytes, parent.ignoreRules, &coverage)
  }

  private static func isLink(_ name: UnsafePointer<CChar>, in parent: OpenDirectory) -> Bool {
    var status = stat()
    return fstatat(parent.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Lists an open directory, which is closed when its files are done.
  func expand(
    _ descriptor: Int32, _ reportedPath: [UInt8], _ walkPath: [UInt8], _ outer: IgnoreRules?, _ coverage: inout Coverage
  ) -> [Candidate] {
    let list = DirectoryEntries(of: descriptor)
    var rules = outer
    if options.honoursIgnoreFiles, list.mayHold(Self.ignoreFile),
      let text = SmallFile.contents(
        of: Self.ignoreFile.terminated, in: descriptor, followsLink: false, limit: IgnoreRules.largestFile)
    {
      rules = IgnoreRules(text, base: walkPath, outer: outer)
    }
    // The question costs as much as what it spares one file.
    let hasFiles = list.entries.count { $0.kind == .file } > 1
    let directory = OpenDirectory(
      descriptor: descriptor, reportedPath: reportedPath, walkPath: walkPath, ignoreRules: rules,
      fileReads: hasFiles ? FileReads(in: descriptor) : .anyLength)
    return sort(list, directory, &coverage)
  }

  /// Lists more entries of a directory.
  func expand(_ directory: OpenDirectory, _ coverage: inout Coverage) -> [Candidate] {
    sort(DirectoryEntries(of: directory.descriptor), directory, &coverage)
  }

  /// Sorts entries into work and skips; what follows them in the directory comes last.
  private func sort(_ list: DirectoryEntries, _ directory: OpenDirectory, _ coverage: inout Coverage) -> [Candidate] {
    var files: [Int] = []
    var directories: [Int] = []
    var found: [Candidate] = []
    var path = EntryPath(in: directory)
    for entry in list.entries {
      if let reason = skipReason(entry, of: list, directory, &path) {
        coverage.countSkipped(reason)
        // Credentials in the addresses of remotes travel with every copy of the directory.
        if reason == .builtin, list.isNamed(entry, Self.gitDirectory), hasConfiguration(directory) {
          found.append(.files(EntryBatch(directory: directory, names: Self.gitConfiguration + [0], starts: [0])))
        }
      } else if entry.kind == .directory {
        directories.append(entry.start)
      } else {
        files.append(entry.start)
      }
    }
    let all = { (starts: [Int]) in EntryBatch(directory: directory, names: list.names, starts: starts[...]) }
    found += all(files).chunked(by: EntryBatch.fileLimit).map(Candidate.files)
    if !directories.isEmpty { found.append(.directories(all(directories))) }
    switch list.rest {
    case .nothing: break
    case .more: found.append(.unlisted(directory))
    case .unknown(let reason):
      coverage.countUnread(Incomplete(path: ReportedPath(bytes: directory.reportedPath), reason: reason))
    }
    return found
  }

  private func skipReason(
    _ entry: DirectoryEntries.Entry, of list: DirectoryEntries, _ directory: OpenDirectory, _ path: inout EntryPath
  ) -> SkipReason? {
    switch entry.kind {
    case .symbolicLink: return .symbolicLink
    case .special: return .special
    case .vanished: return .vanished
    case .directory:
      if options.honoursIgnoreFiles, list.withName(of: entry, BuiltinSkips.skips) { return .builtin }
    case .file: break
    }
    guard directory.ignoreRules != nil || !options.include.isEmpty || !options.exclude.isEmpty else { return nil }
    list.withName(of: entry) { path.moveOn(to: $0) }
    let isDirectory = entry.kind == .directory
    if let rules = directory.ignoreRules, rules.ignores(path, isDirectory: isDirectory) { return .ignored }
    let fits = { (glob: Glob) in glob.matches(name: path.name, path: path.bytes[...]) }
    if options.exclude.contains(where: fits) { return .excluded }
    if !isDirectory, !options.include.isEmpty, !options.include.contains(where: fits) { return .excluded }
    return nil
  }

  private static let gitDirectory = Array(".git".utf8)
  private static let gitConfiguration = Array(".git/config".utf8)

  /// Whether a repository's configuration is there and to be taken.
  private func hasConfiguration(_ directory: OpenDirectory) -> Bool {
    options.takes(path: Self.gitConfiguration)
      && faccessat(directory.descriptor, Self.gitConfiguration.terminated, F_OK, 0) == 0
  }

  private static let ignoreFile = Array(".gitignore".utf8)
}
