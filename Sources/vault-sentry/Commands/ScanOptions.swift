// The options of `vault-sentry scan`, and what they mean.
//
// They are given their names and the values they take: deriving those is a tenth of the work of a small scan.

import ArgumentParser
import SecretModel
import SecretReports
import VaultSentry

/// A severity on the command line.
enum Level: String, ExpressibleByArgument, CaseIterable {
  case info, low, medium, high, critical

  static let allValueStrings = allCases.map(\.rawValue)

  var severity: Severity { Severity(name: rawValue) ?? .info }
}

/// A severity, or no gate at all.
enum Gate: String, ExpressibleByArgument, CaseIterable {
  case info, low, medium, high, critical, none

  static let allValueStrings = allCases.map(\.rawValue)
}

struct ReportingOptions: ParsableArguments {
  @Option(name: .customLong("severity"), help: "Report findings of this level and above. (default: low)")
  var severity: Level?

  @Option(
    name: .customLong("fail-on"),
    help: "Return 1 for findings of this level and above; “none” never does. (default: high)")
  var failOn: Gate?

  @Flag(name: .customLong("exit-code"), help: "Return 1 for whatever --severity reports.")
  var exitCode = false

  @Flag(name: .customLong("allow-incomplete"), help: "Return 0 or 1 even if something could not be scanned.")
  var allowIncomplete = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("\(ReportFormat.names); FORMAT=FILE writes to a file. Repeatable.", valueName: "format"))
  var format: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  @Flag(
    name: .customLong("explain"),
    help: ArgumentHelp(
      "List each finding's terms, and what was not reported with the reason.",
      discussion: """
        With FILE:LINE as target, also the rules that nearly matched on that line. Reports in JSON, JSON lines and SARIF \
        hold what was not reported as “rejections”.
        """))
  var explain = false

  @Flag(name: .customLong("show-secrets"), help: "Write the secrets themselves into the report.")
  var showSecrets = false

  func validate() throws {
    if exitCode, failOn != nil {
      throw ValidationError("--exit-code and --fail-on exclude each other: both set the gate.")
    }
    _ = try outputs()
  }

  /// The level from which findings are reported.
  var leastSeverity: Severity { (severity ?? .low).severity }

  /// The level from which findings fail the run.
  var gate: Severity? {
    if exitCode { return leastSeverity }
    return Severity(name: (failOn ?? .high).rawValue)
  }

  /// The reports to write.
  func outputs() throws -> [ReportOutput] { try ReportOutput.list(formats: format, file: output) }
}

struct ScopeOptions: ParsableArguments {
  @Flag(name: .customLong("staged"), help: "Scan what the next commit would add, instead of files.")
  var staged = false

  @Flag(name: .customLong("history"), help: "Scan all that the git repository holds, too, even what nothing leads to.")
  var history = false

  @Option(
    name: .customLong("range"),
    help: ArgumentHelp("Scan what the commits between two revisions add.", valueName: "a..b"))
  var range: String?

  @Option(
    name: .customLong("since"),
    help: ArgumentHelp("Scan what was added since a revision or a day (2026-01-31).", valueName: "when"))
  var since: String?

  @Option(name: .customLong("branch"), help: ArgumentHelp("Scan what the commits of a branch add.", valueName: "name"))
  var branch: String?

  @Option(
    name: .customLong("base"),
    help: ArgumentHelp("Scan what HEAD adds to a revision, as a pull request does.", valueName: "revision"))
  var base: String?

  @Flag(name: .customLong("pre-push"), help: "Scan what a push sends; standard input is that of git's pre-push hook.")
  var prePush = false

  @Option(
    name: .customLong("remote"), help: ArgumentHelp("With --pre-push: the remote that is pushed to.", valueName: "name")
  )
  var remote: String?

  @Flag(
    name: .customLong("pre-receive"), help: "Scan what a push brings; standard input is that of git's pre-receive hook."
  )
  var preReceive = false

  @Option(
    name: .customLong("max-file-size"),
    help: ArgumentHelp("Skip larger files, such as 500kB or 2GB. (default: 10MB)", valueName: "size"))
  var maxFileSize: String?

  @Option(
    name: .customLong("include"),
    help: ArgumentHelp("Scan only files that fit this pattern (as in .gitignore). Repeatable.", valueName: "glob"))
  var include: [String] = []

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp("Skip what fits this pattern (as in .gitignore). Repeatable.", valueName: "glob"))
  var exclude: [String] = []

  @Flag(
    name: .customLong("no-ignore"),
    help: ArgumentHelp(
      "Scan what .gitignore names and what is skipped by default, too.",
      discussion: "What git ignores for one user alone (core.excludesFile) is always scanned."))
  var noIgnore = false

  func validate() throws {
    let parts = [
      ("--staged", staged), ("--history", history), ("--range", range != nil), ("--since", since != nil),
      ("--branch", branch != nil), ("--base", base != nil), ("--pre-push", prePush), ("--pre-receive", preReceive),
    ].filter(\.1).map(\.0)
    if parts.count > 1 { throw ValidationError("\(parts[0]) and \(parts[1]) exclude each other.") }
    if remote != nil, !prePush { throw ValidationError("--remote goes with --pre-push only.") }
    _ = try sizeLimit()
  }

  /// What the options ask the engine for.
  func request(_ targets: [String], jobs: Int?) throws -> ScanRequest {
    var request = ScanRequest(
      targets: Self.targets(targets), workingDirectory: try Environment.workingDirectory())
    request.source = try source()
    request.git = Environment.git
    request.jobs = jobs ?? availableProcessors()
    request.sizeLimit = try sizeLimit()
    request.discovery.honoursIgnoreFiles = !noIgnore
    request.discovery.include = include.map { Glob($0) }
    request.discovery.exclude = exclude.map { Glob($0) }
    return request
  }

  private func source() throws -> ScanSource {
    if staged { return .staged }
    if history { return .history }
    if let range { return .changes(.range(range)) }
    if let since { return .changes(.since(since)) }
    if let branch { return .changes(.branch(branch)) }
    if let base { return .changes(.base(base)) }
    if prePush { return .changes(.prePush(lines: Self.standardInputLines(), remote: remote)) }
    return preReceive ? .changes(.preReceive(lines: Self.standardInputLines())) : .files
  }

  private static func standardInputLines() -> [String] {
    var lines: [String] = []
    while let line = readLine() { lines.append(line) }
    return lines
  }

  /// What the arguments name: “-” is standard input.
  static func targets(_ arguments: [String]) -> [ScanTarget] {
    arguments.map { $0 == "-" ? .standardInput : .path($0) }
  }

  /// Bytes.
  private func sizeLimit() throws -> Int {
    let text = maxFileSize ?? "10MB"
    guard let bytes = FileSize.bytes(text) else {
      throw ValidationError("--max-file-size \(text): give a size such as 500kB, 10MB or 2GB.")
    }
    return bytes
  }
}

struct RunningOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("Rule files of your own, or directories of them. Repeatable.", valueName: "path"))
  var rules: [String] = []

  @Option(name: .customLong("enable"), help: ArgumentHelp("Use only this rule. Repeatable.", valueName: "rule"))
  var enable: [String] = []

  @Option(name: .customLong("disable"), help: ArgumentHelp("Do not use this rule. Repeatable.", valueName: "rule"))
  var disable: [String] = []

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Threads to scan with. (default: one for each processor)", valueName: "n"))
  var jobs: Int?

  @Option(
    name: .customLong("max-memory"),
    help: ArgumentHelp(
      "End the scan, with a report of what was found, before the process holds more, such as 500MB or 2GB.",
      valueName: "size"))
  var maxMemory: String?

  @Option(
    name: .customLong("progress"), help: "Show progress on standard error: auto, always or never. (default: auto)")
  var progress: Occasion?

  @Option(name: .customLong("color"), help: "Colour the text report: auto, always or never. (default: auto)")
  var color: Occasion?

  @Flag(name: .customLong("diagnostics"), help: "Tell on standard error where the time went, by stage and by rule.")
  var diagnostics = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs \(jobs): give a number from 1 to 1024.") }
    _ = try memoryLimit()
  }

  /// Bytes that the process may hold; nil for no limit.
  func memoryLimit() throws -> Int? {
    guard let maxMemory else { return nil }
    guard let bytes = FileSize.bytes(maxMemory), bytes >= ScanRequest.leastMemory else {
      throw ValidationError("--max-memory \(maxMemory): give a size of 128MB or more, such as 500MB or 2GB.")
    }
    return bytes
  }

  /// The rules to scan with.
  func catalogue(_ settings: Settings) throws -> Catalogue {
    do throws(CatalogueError) {
      return try Catalogue.builtin().applying(settings, rulesAt: rules, enabled: enable, disabled: disable)
    } catch {
      throw CommandFailure.usage(error.description)
    }
  }
}
