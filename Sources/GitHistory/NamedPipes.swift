// Named pipes where git keeps files: whoever opens one waits for a writer, for ever.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension RepositoryPlace {
  /// Looks for named pipes where libgit2 would open files. Archives can bring them along.
  ///
  /// - Throws: what names the first one.
  package func refusePipes() throws(GitError) {
    guard let directory = try repositoryDirectory() else { return }
    let common =
      SmallFile.text(directory + "/commondir").map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" } ?? directory
    let objects = ObjectDirectories([objectDirectory ?? common + "/objects"] + alternateObjectDirectories).paths
    var search = PipeSearch()
    for directory in [directory, common] + objects { search.look(in: directory) }
    search.look(inConfiguration: common + "/config")
    search.look(inConfiguration: directory + "/config.worktree")
    if let indexFile { search.look(at: indexFile) }
    guard let pipe = search.found else { return }
    throw GitError(code: .other, description: "\(pipe): is a named pipe, where git keeps a file; remove it")
  }
}

/// Looks through directories and configurations.
private struct PipeSearch {
  /// The first pipe.
  var found: String?
  private var seen: Set<String> = []

  /// Other repositories, and what git does not read.
  private static let leftOut: Set<String> = ["modules", "lfs"]
  /// Directories of references are this deep at most that anybody made.
  private static let deepest = 32
  /// libgit2 follows no more includes.
  private static let mostIncludes = 10
  /// Bytes; a larger configuration is not looked through.
  private static let largestConfiguration = 4 << 20

  /// What a path leads to, links followed.
  mutating func look(at path: String) {
    var status = stat()
    if found == nil, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO { found = path }
  }

  /// Everything below a directory; links to directories are not followed.
  mutating func look(in directory: String) {
    guard seen.insert(directory).inserted else { return }
    var pending = [(path: directory, depth: 0)]
    while found == nil, let (path, depth) = pending.popLast() {
      guard let stream = opendir(path) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let type = Int(entry.pointee.d_type)
        if type == Int(DT_REG) { continue }
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name == "." || name == ".." || depth == 0 && Self.leftOut.contains(name) { continue }
        if type == Int(DT_DIR) {
          if depth < Self.deepest { pending.append(("\(path)/\(name)", depth + 1)) }
        } else {
          look(at: "\(path)/\(name)")
        }
      }
    }
  }

  /// The files that a configuration includes (git-config(1), “Includes”). What is named `path` in one that includes
  /// anything is taken for such a file.
  mutating func look(inConfiguration path: String, depth: Int = 0) {
    look(at: path)
    guard found == nil, depth < Self.mostIncludes, seen.insert(path).inserted,
      let bytes = SmallFile.contents(of: path.utf8CString.map { $0 }, limit: Self.largestConfiguration)
    else { return }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    guard text.contains("[include") else { return }
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let included = Self.path(line) else { continue }
      look(inConfiguration: included.hasPrefix("/") ? included : "\(directory)/\(included)", depth: depth + 1)
    }
  }

  /// The value of a line that sets a key named `path`, also behind the head of its section.
  private static func path(_ line: Substring) -> String? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    let key = line[..<equals].split { $0 == " " || $0 == "\t" || $0 == "]" }.last
    guard key?.lowercased() == "path" else { return nil }
    let value = line[line.index(after: equals)...].drop { $0 == " " || $0 == "\t" }
    return String(value.filter { $0 != "\"" }.prefix { $0 != "#" && $0 != ";" }).trimmed
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
