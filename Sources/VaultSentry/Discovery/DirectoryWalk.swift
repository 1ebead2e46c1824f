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

  init(descriptor: Int32, reportedPath: [UInt8], walkPath: [UInt8], ignoreRules: IgnoreRules?) {
    self.descriptor = descriptor
    self.reportedPath = reportedPath
    self.walkPath = walkPath
    self.ignoreRules = ignoreRules
  }

  deinit { close(descriptor) }

  /// An entry's path from the root of the walk.
  func walkPath(of name: [UInt8]) -> [UInt8] {
    if walkPath.isEmpty { return name }
    var path: [UInt8] = []
    path.reserveCapacity(walkPath.count + 1 + name.count)
    path += walkPath
    path.append(UInt8(ascii: "/"))
    path += name
    return path
  }
}

/// A directory that was seen in another one and is still to be opened.
struct PendingDirectory: Sendable {
  let parent: OpenDirectory
  let name: [UInt8]
}

/// Some files of one directory.
struct FileBatch: Sendable {
  let directory: OpenDirectory
  /// As C strings.
  let names: [[CChar]]

  /// Files of a batch at most.
  static let limit = 64
}

/// What a walk comes upon.
enum Candidate: Sendable {
  case directory(PendingDirectory)
  case files(FileBatch)
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

  /// Opens a directory and sorts its entries into work and skips.
  func expand(_ pending: PendingDirectory, _ coverage: inout Coverage) -> [Candidate] {
    let parent = pending.parent
    let path = parent.reportedPath + pending.name
    let descriptor = openat(
      parent.descriptor, pending.name.terminated, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: coverage.countSkipped(.vanished)
      // It turned into a link since it was seen.
      case ELOOP where Self.isLink(pending), ENOTDIR where Self.isLink(pending): coverage.countSkipped(.symbolicLink)
      default: coverage.countUnread(Incomplete(path: ReportedPath(bytes: path), reason: systemMessage(errno)))
      }
      return []
    }
    return expand(
      descriptor, path + [UInt8(ascii: "/")], parent.walkPath(of: pending.name), parent.ignoreRules, &coverage)
  }

  private static func isLink(_ pending: PendingDirectory) -> Bool {
    var status = stat()
    return fstatat(pending.parent.descriptor, pending.name.terminated, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Lists an open directory, which is closed when its files are done.
  func expand(
    _ descriptor: Int32, _ reportedPath: [UInt8], _ walkPath: [UInt8], _ outer: IgnoreRules?, _ coverage: inout Coverage
  ) -> [Candidate] {
    var entries: [Entry] = []
    if let failure = Self.list(descriptor, &entries) {
      coverage.countUnread(Incomplete(path: ReportedPath(bytes: reportedPath), reason: failure))
    }
    entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    var rules = outer
    if options.honoursIgnoreFiles, entries.contains(where: { $0.kind == .file && $0.name == Self.ignoreFile }),
      let text = SmallFile.contents(
        of: Self.ignoreFile.terminated, in: descriptor, followsLink: false, limit: IgnoreRules.largestFile)
    {
      rules = IgnoreRules(text, base: walkPath, outer: outer)
    }
    let directory = OpenDirectory(
      descriptor: descriptor, reportedPath: reportedPath, walkPath: walkPath, ignoreRules: rules)
    return sort(entries, directory, &coverage)
  }

  private func sort(_ entries: [Entry], _ directory: OpenDirectory, _ coverage: inout Coverage) -> [Candidate] {
    var batches: [Candidate] = []
    var directories: [Candidate] = []
    var names: [[CChar]] = []
    for entry in entries {
      if let reason = skipReason(entry, directory) {
        coverage.countSkipped(reason)
        // Credentials in the addresses of remotes travel with every copy of the directory.
        if reason == .builtin, entry.name == Self.gitDirectory, hasConfiguration(directory) {
          batches.append(.files(FileBatch(directory: directory, names: [Self.gitConfiguration.terminated])))
        }
      } else if entry.kind == .directory {
        directories.append(.directory(PendingDirectory(parent: directory, name: entry.name)))
      } else {
        names.append(entry.name.terminated)
        if names.count == FileBatch.limit {
          batches.append(.files(FileBatch(directory: directory, names: names)))
          names = []
        }
      }
    }
    if !names.isEmpty { batches.append(.files(FileBatch(directory: directory, names: names))) }
    return batches + directories
  }

  private func skipReason(_ entry: Entry, _ directory: OpenDirectory) -> SkipReason? {
    switch entry.kind {
    case .symbolicLink: return .symbolicLink
    case .special: return .special
    case .vanished: return .vanished
    case .directory:
      if options.honoursIgnoreFiles, entry.name.withUnsafeBufferPointer(BuiltinSkips.skips) { return .builtin }
    case .file: break
    }
    guard directory.ignoreRules != nil || !options.include.isEmpty || !options.exclude.isEmpty else { return nil }
    let path = directory.walkPath(of: entry.name)
    let isDirectory = entry.kind == .directory
    if let rules = directory.ignoreRules, rules.ignores(path, isDirectory: isDirectory) { return .ignored }
    let fits = { (glob: Glob) in glob.matches(name: entry.name[...], path: path[...]) }
    if options.exclude.contains(where: fits) { return .excluded }
    if !isDirectory, !options.include.isEmpty, !options.include.contains(where: fits) { return .excluded }
    return nil
  }
}

// MARK: - Entries

extension DirectoryWalk {
  private enum Kind {
    case file, directory, symbolicLink, special
    /// Gone since it was listed.
    case vanished
  }

  private struct Entry {
    let name: [UInt8]
    let kind: Kind
  }

  private static let gitDirectory = Array(".git".utf8)
  private static let gitConfiguration = Array(".git/config".utf8)

  /// Whether a repository's configuration is there and to be taken.
  private func hasConfiguration(_ directory: OpenDirectory) -> Bool {
    options.takes(path: Self.gitConfiguration)
      && faccessat(directory.descriptor, Self.gitConfiguration.terminated, F_OK, 0) == 0
  }

  private static let ignoreFile = Array(".gitignore".utf8)

  /// Reads all entries; returns what went wrong.
  private static func list(_ descriptor: Int32, _ entries: inout [Entry]) -> String? {
    let copy = dup(descriptor)
    guard copy >= 0, let stream = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      return systemMessage(errno)
    }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else { return errno == 0 ? nil : systemMessage(errno) }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { name in
        Array(UnsafeRawBufferPointer(rebasing: name[..<(name.firstIndex(of: 0) ?? name.count)]))
      }
      if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
      entries.append(Entry(name: name, kind: kind(entry.pointee.d_type, descriptor, name)))
    }
  }

  /// The kind of an entry, by a stat where the directory does not tell.
  private static func kind(_ type: UInt8, _ descriptor: Int32, _ name: [UInt8]) -> Kind {
    switch Int(type) {
    case Int(DT_REG): return .file
    case Int(DT_DIR): return .directory
    case Int(DT_LNK): return .symbolicLink
    case Int(DT_UNKNOWN):
      var status = stat()
      guard fstatat(descriptor, name.terminated, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .vanished }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return .file
      case S_IFDIR: return .directory
      case S_IFLNK: return .symbolicLink
      default: return .special
      }
    default: return .special
    }
  }
}
