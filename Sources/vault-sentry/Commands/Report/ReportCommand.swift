// `vault-sentry report`, and what its commands have in common.

import ArgumentParser
import SecretModel
import SecretReports
import VaultSentry

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show, convert, compare and work on reports.",
    discussion: """
      Reads JSON and JSON-lines reports of its own, JSON reports of gitleaks, and SARIF of any tool; “-” stands for \
      standard input. Secrets stay masked, also those that another tool wrote out.

      EXAMPLES
        vault-sentry report show out.json --severity high --path 'src/*'
        vault-sentry report convert out.json -o report.sarif
        vault-sentry report diff old.json out.json --fail-on high
        vault-sentry report merge a.json b.sarif -o all.json
        vault-sentry report triage out.json --set ignored --reason 'test key' --rule some-rule
        vault-sentry report remediate out.json -o todo.md
      """,
    subcommands: [
      ShowReport.self, ConvertReport.self, MergeReports.self, DiffReports.self, SummarizeReport.self, TriageReport.self,
      RemediateReport.self, ValidateReport.self,
    ])
}

/// The report that a command reads.
struct ReportInput: ParsableArguments {
  @Argument(help: ArgumentHelp("The report: a file, or “-” for standard input.", valueName: "report"))
  var file: String

  func read() throws -> ScanResult { try Self.read(file).result }

  /// Reads a report, or says what is wrong with it.
  static func read(_ file: String) throws -> ReadReport {
    let bytes = try Input.read(file)
    do throws(ReportReadError) {
      return try ReportReader.read(bytes, name: file == "-" ? "standard input" : file)
    } catch {
      throw CommandFailure.usage(error.description)
    }
  }
}

/// A finding's status on the command line.
enum StatusName: String, ExpressibleByArgument, CaseIterable {
  case active, resolved, ignored
  case falsePositive = "false_positive"

  var status: FindingStatus { FindingStatus(rawValue: rawValue) ?? .active }
}

/// Which findings of a report are wanted.
struct FilterOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only findings of this rule. Repeatable.", valueName: "rule"))
  var rule: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only findings in paths that fit this pattern (as in .gitignore). Repeatable.", valueName: "glob"))
  var path: [String] = []

  @Option(help: "Only findings of this level and above.")
  var severity = Level.info

  @Option(help: "Only findings of this status. Repeatable.")
  var status: [StatusName] = []

  @Option(help: ArgumentHelp("Only credentials of this provider. Repeatable.", valueName: "provider"))
  var provider: [String] = []

  /// Whether all findings are wanted.
  var isEmpty: Bool { rule.isEmpty && path.isEmpty && severity == .info && status.isEmpty && provider.isEmpty }

  var filter: ReportFilter {
    var filter = ReportFilter()
    filter.rules = rule
    filter.providers = provider
    filter.statuses = status.map(\.status)
    filter.severity = severity.severity
    if !path.isEmpty {
      let globs = path.map { Glob($0.hasSuffix("/") ? String($0.dropLast()) : $0) }
      filter.path = { path in globs.contains { $0.matchesPathOrDirectory(path) } }
    }
    return filter
  }
}

extension Glob {
  /// Whether it fits a path or one of the directories above it.
  fileprivate func matchesPathOrDirectory(_ path: String) -> Bool {
    if matches(path: path) { return true }
    return path.indices.contains { path[$0] == "/" && matches(path: String(path[..<$0])) }
  }
}

/// Where a command writes reports to.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("\(ReportFormat.names); FORMAT=FILE writes to a file. Repeatable.", valueName: "format"))
  var format: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  @Flag(help: "Write the secrets themselves, if the report holds them.")
  var showSecrets = false

  func validate() throws { _ = try outputs() }

  /// Whether a form or a file is named.
  var isAskedFor: Bool { !format.isEmpty || output != nil }

  /// The reports to write; JSON if nothing says otherwise.
  private func outputs() throws -> [ReportOutput] {
    try ReportOutput.list(formats: format, file: output, usual: .json)
  }

  func write(_ result: ScanResult) throws {
    var options = ReportOptions()
    options.showsSecrets = showSecrets
    for output in try outputs() { try output.write(result, options) }
  }
}
