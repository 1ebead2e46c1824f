// Rule files in a directory.

public import CatalogueImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rule files of one place.
public struct RuleLibrary: Sendable {
  /// By name.
  public let files: [(name: String, text: [UInt8])]

  /// Reads every `*.toml` of a directory, or one file.
  ///
  /// - Throws: what could not be read.
  public init(at path: String) throws(RuleProblems) {
    let names = Self.names(in: path)
    var files: [(String, [UInt8])] = []
    for (name, file) in names.map({ $0.map { ($0, "\(path)/\($0)") } }) ?? [(path, path)] {
      guard let text = Self.contents(of: file) else {
        throw RuleProblems(problems: [
          RuleProblem(file: file, line: 1, message: "the rule file cannot be read: \(String(cString: strerror(errno)))")
        ])
      }
      files.append((name, text))
    }
    self.files = files
  }

  /// Reads the rules of all files.
  public func sources() throws(RuleProblems) -> [RuleSource] {
    var sources: [RuleSource] = []
    var problems: [RuleProblem] = []
    for file in files {
      do throws(RuleProblems) {
        sources += try RuleSource.read(file.text, file: file.name)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw RuleProblems(problems: problems) }
    return sources
  }

  /// The image of these files' rules.
  public func image(of rules: [CompiledRule]) throws(RuleProblems) -> [UInt8] {
    do throws(ImageWriter.LimitError) {
      return try ImageWriter.image(of: rules, digest: RuleCompiler.digest(of: files))
    } catch {
      throw RuleProblems(problems: [RuleProblem(file: "patterns", line: 1, message: error.description)])
    }
  }

  /// Names of the rule files in a directory, sorted; nil if it is none.
  private static func names(in path: String) -> [String]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".toml") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      bytes += chunk[..<count]
      if count < chunk.count { return ferror(file) == 0 ? bytes : nil }
    }
  }
}
