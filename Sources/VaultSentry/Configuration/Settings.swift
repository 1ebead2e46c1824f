// All layers of configuration together: environment, project, user.

import GitHistory
import RuleCompiler
import SecretModel
import TOML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where configuration comes from. Options come on top; they are the caller's.
public struct SettingsSources: Sendable {
  /// Variables by name; others than ours do no harm.
  public var environment: [String: String] = [:]
  /// Where the project's file is looked for.
  public var place: ProjectPlace
  /// Absolute; relative paths in the environment start here.
  public var workingDirectory: String
  /// A file to read instead of the project's, and to trust as the user's own.
  public var file: String?
  /// Whether that file is held to what a project's may do, as when it is checked.
  public var fileIsProject = false
  public var profile: String?
  public var readsProject = true
  /// The user's own file, whether it exists or not.
  public var userFile: String?

  public init(place: ProjectPlace, workingDirectory: String) {
    self.place = place
    self.workingDirectory = workingDirectory
  }
}

/// What counts, and where it was set.
public struct Settings: Sendable {
  /// The project's file has this name.
  public static let projectFileName = ".vault-sentry.toml"

  /// The project's file, or what was named instead of it; absolute, nil if there is none.
  public private(set) var projectFile: String?
  /// The layers' values for each key, the strongest last.
  private var values: [String: [Setting]] = [:]
  /// By id; the strongest one.
  public private(set) var ruleChanges: [String: RuleChange] = [:]
  /// In rising order of strength.
  public private(set) var allowed: [AllowRule] = []
  public private(set) var pathSeverities: [PathSeverity] = []
  /// Rules that stand in configuration files.
  private(set) var rules: [RuleSource] = []
  /// Every file that was read, as messages name it, the weakest first.
  public private(set) var files: [String] = []

  /// Only what is built in.
  public init() {}

  /// Reads all layers.
  ///
  /// - Throws: everything that is wrong with them.
  public init(_ sources: SettingsSources) throws(SettingsProblems) {
    var reader = LayerReader(sources)
    let environment = reader.environment()
    if let user = sources.userFile { reader.read(user, .user) }
    if let file = sources.file {
      reader.read(file, sources.fileIsProject ? .project : .named)
      projectFile = file
    } else if sources.readsProject, !reader.refusesProject(environment),
      let file = sources.place.nearest(Self.projectFileName)
    {
      reader.read(file, .project)
      projectFile = file
    }
    let profile = sources.profile ?? environment["profile"]?.value.text ?? reader.profile
    take(reader.layers, profile: profile, environment)
    files = reader.layers.map(\.name)
    if let profile, !reader.layers.contains(where: { $0.document.profiles[profile] != nil }) {
      let names = reader.layers.flatMap(\.document.profiles.keys)
      reader.add(
        SettingsProblem(
          file: "profile \(profile)",
          "there is no [profiles.\(profile)] in \(files.isEmpty ? "any file" : files.joined(separator: ", "))\(Suggestion.hint(for: profile, among: names.sorted()))"
        ))
    }
    guard reader.problems.isEmpty else { throw SettingsProblems(problems: reader.problems) }
  }

  private mutating func take(_ layers: [SettingsLayer], profile: String?, _ environment: [String: Setting]) {
    // A layer's profiles are stronger than the values of all files of the layer.
    for trust in [SettingsTrust.user, .project, .named] {
      let documents = layers.filter { $0.trust == trust }.map(\.document)
      for document in documents { add(document.values) }
      for document in documents { if let profile { add(document.profiles[profile] ?? [:]) } }
      for document in documents {
        ruleChanges.merge(document.ruleChanges) { $1 }
        allowed += document.allowed
        pathSeverities += document.pathSeverities
        rules += document.rules
      }
    }
    add(environment)
  }

  private mutating func add(_ more: [String: Setting]) {
    for (name, setting) in more { values[name, default: []].append(setting) }
  }

  // MARK: - Asking

  /// What counts for a key: one setting, or for lists that add up all of them; empty if nobody set it.
  public func settings(of key: SettingKey) -> [Setting] {
    let all = values[key.name] ?? []
    return key.addsUp ? all : Array(all.suffix(1))
  }

  private func strongest(_ name: String) -> SettingValue? { values[name]?.last?.value }

  public func text(_ name: String) -> String? { strongest(name)?.text }
  public func isTrue(_ name: String) -> Bool { strongest(name)?.isTrue ?? false }
  public func number(_ name: String) -> Int? { strongest(name)?.number }

  /// The members of a list, of all layers for lists that add up, each once.
  public func list(_ name: String) -> [String] {
    guard let key = SettingKey.named(name) else { return [] }
    var known = Set<String>()
    return settings(of: key).flatMap(\.value.list).filter { known.insert($0).inserted }
  }

  /// Every id of a rule that the configuration names, with the place.
  var ruleNames: [(id: String, place: String)] {
    let listed = ["enable", "disable"].compactMap(SettingKey.named).flatMap { key in
      settings(of: key).flatMap { setting in setting.value.list.map { ($0, "\(setting.origin): \(key.name)") } }
    }
    return listed + ruleChanges.map { ($0.key, "\($0.value.origin): [rule.\($0.key)]") }
      + allowed.flatMap { rule in rule.rules.map { ($0, "\(rule.place): [[allow]]") } }
      + pathSeverities.flatMap { rule in rule.rules.map { ($0, "\(rule.place): [[path-severity]]") } }
  }

  /// Where path patterns of the project's files start; nil for the targets themselves.
  public var patternRoot: String? { projectFile.map { ProjectPlace.directory(of: $0) } }
}

/// How far a file is trusted.
enum SettingsTrust {
  /// The user's own file.
  case user
  /// Named on the command line, trusted like the user's own.
  case named
  /// Found in the scanned project.
  case project
}

/// A file that was read.
struct SettingsLayer {
  let name: String
  let trust: SettingsTrust
  let document: SettingsDocument
}

/// Reads files with what they extend, and collects what is wrong.
private struct LayerReader {
  private let sources: SettingsSources
  private(set) var layers: [SettingsLayer] = []
  private(set) var problems: [SettingsProblem] = []

  /// Files that one may lead to.
  private static let limit = 32

  init(_ sources: SettingsSources) { self.sources = sources }

  mutating func add(_ problem: SettingsProblem) { problems.append(problem) }

  /// The profile that the strongest file asks for.
  var profile: String? { layers.last { $0.document.values["profile"] != nil }?.document.values["profile"]?.value.text }

  // MARK: - Environment

  mutating func environment() -> [String: Setting] {
    var values: [String: Setting] = [:]
    for key in SettingKey.all {
      guard let text = sources.environment[key.variable] else { continue }
      let value = key.value(of: text)
      if let problem = key.problem(with: value, isProject: false) {
        problems.append(SettingsProblem(file: key.variable, problem))
      } else {
        values[key.name] = Setting(value: value, origin: .environment(variable: key.variable))
      }
    }
    return values
  }

  /// Whether the environment or the user's file wants no project's file.
  func refusesProject(_ environment: [String: Setting]) -> Bool {
    (environment["no-project-config"] ?? layers.last?.document.values["no-project-config"])?.value.isTrue ?? false
  }

  // MARK: - Files

  mutating func read(_ path: String, _ trust: SettingsTrust) {
    if trust == .user {
      var status = stat()
      guard lstat(path, &status) == 0 else { return }
    }
    read(path, trust, from: nil, above: [])
  }

  /// - Parameters:
  ///   - origin: the place that names the file; nil if none does.
  ///   - above: the files that lead here, by their paths without links.
  private mutating func read(_ path: String, _ trust: SettingsTrust, from origin: SettingsProblem?, above: [String]) {
    let shown = ProjectPlace.shown(path, from: sources.workingDirectory)
    let fail = { (message: String) in
      origin.map { SettingsProblem(file: $0.file, at: $0.place, message) } ?? SettingsProblem(file: shown, message)
    }
    guard layers.count < Self.limit else { return problems.append(fail("extends too many files")) }
    let identity = resolvedPath(path) ?? path
    if above.contains(identity) {
      let circle = (above + [identity]).map { ProjectPlace.shown($0, from: sources.workingDirectory) }
      return problems.append(fail("“extends” goes round in a circle: \(circle.joined(separator: " → "))"))
    }
    let text: [UInt8]
    do throws(SettingsError) {
      text = try SettingsFile.contents(of: path, followsLinks: trust != .project)
    } catch {
      return problems.append(fail(origin == nil ? error.reason : "“extends”: \(shown): \(error.reason)"))
    }
    let directory = ProjectPlace.directory(of: path)
    let top = trust == .project ? sources.place.top : nil
    let document = SettingsDocument(text, file: shown, isProject: trust == .project) { given in
      Self.resolve(given, in: directory, below: top).map {
        ProjectPlace.shown($0, from: sources.workingDirectory)
      }
    }
    problems += document.problems
    for (given, place) in document.extends {
      let here = SettingsProblem(file: shown, at: place, "")
      switch Self.resolve(given, in: directory, below: top) {
      case .success(let next): read(next, trust, from: here, above: above + [identity])
      case .failure(let error): problems.append(SettingsProblem(file: shown, at: place, "“extends”: \(error)"))
      }
    }
    layers.append(SettingsLayer(name: shown, trust: trust, document: document))
  }

  /// A path of a file as an absolute one.
  ///
  /// - Parameter top: the directory that it has to stay in, links included; nil for files of the user's own.
  private static func resolve(_ given: String, in directory: String, below top: String?) -> Result<
    String, SettingsError
  > {
    if given.isEmpty { return .failure(SettingsError("the path is empty")) }
    if given.contains("://") { return .failure(SettingsError("\(given): only local files are read")) }
    let path = (given.hasPrefix("/") ? given : directory + "/" + given).normalizedPath
    guard let top else { return .success(path) }
    let isInside = { (path: String) in path == top || path.hasPrefix(top == "/" ? "/" : top + "/") }
    // What does not exist yet is judged by the directory that it would stand in.
    let resolved = resolvedPath(path) ?? resolvedPath(ProjectPlace.directory(of: path)) ?? path
    guard isInside(path), isInside(resolved) else {
      return .failure(SettingsError("\(given): leads out of the project; a project's file stays in it"))
    }
    return .success(path)
  }
}

extension SettingsProblem {
  fileprivate var place: TOMLPosition? { line.map { TOMLPosition(line: $0, column: column ?? 1) } }
}

/// A path without links; nil if it leads nowhere.
private func resolvedPath(_ path: String) -> String? {
  guard let pointer = realpath(path, nil) else { return nil }
  defer { free(pointer) }
  return String(cString: pointer)
}
