// `vault-sentry scan`

import ArgumentParser
import SecretModel
import SecretReports
import VaultSentry

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Scan directories, files or standard input for credentials.",
    discussion: """
      EXAMPLES
        vault-sentry scan ./project
        vault-sentry scan . --severity high
        vault-sentry scan . -f json -o out.json
        vault-sentry scan . -f sarif -o results.sarif --fail-on critical
        vault-sentry scan --staged
        vault-sentry scan --history ./project
        vault-sentry scan --explain config/app.yml:12
        git show HEAD:config.yml | vault-sentry scan -
      """)

  @Argument(help: ArgumentHelp("Directories, files, or “-” for standard input.", valueName: "target"))
  var targets: [String] = ["."]

  @OptionGroup(title: "What is reported") var reporting: ReportingOptions
  @OptionGroup(title: "What is scanned") var scope: ScopeOptions
  @OptionGroup(title: "What is known already") var known: KnownOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @OptionGroup(title: "How it runs") var running: RunningOptions

  mutating func run() throws {
    let sources = try configuration.sources(ScopeOptions.targets(reporting.targets(targets)))
    let settings = try configuration.settings(sources)
    adopt(settings)
    try scan(settings, configuration.noProjectConfig ? nil : sources.place)
  }

  /// - Parameter place: where the project's files are; nil if they are not read.
  private func scan(_ settings: Settings, _ place: ProjectPlace?) throws {
    let outputs = try reporting.outputs()
    var request = try scope.request(try reporting.targets(targets), jobs: running.jobs)
    request.explanation = reporting.explanation(of: targets)
    if request.source != .files { try reporting.refuseLine(of: targets) }
    request.now = judgementTime()
    request.reportedTime = sourceDate().map { Timestamp(seconds: $0, nanoseconds: 0) }
    request.measures = running.diagnostics
    request.memoryLimit = try running.memoryLimit()
    request.settings = settings
    try known.apply(to: &request, place)
    let catalogue = try running.catalogue(settings)
    Interruption.watch()
    let line = ProgressLine(isShown: Terminal.showsProgress(running.progress ?? .auto))
    var result: ScanResult
    do throws(ScanRequestError) {
      result = try Scan(request, catalogue: catalogue, progress: Interruption.progress).run(watchedBy: line.watcher)
    } catch {
      throw CommandFailure.usage(error.description)
    }
    line.clear()
    if let diagnostics = result.diagnostics { Output.toStandardError(diagnostics.rendered()) }
    result = try known.writeBaseline(request.suppression.baseline, by: result, atLeast: reporting.leastSeverity)
    if scope.staged, result.status == .completed, result.coverage.seen == 0 {
      Output.toStandardError("Nothing is staged.\n")
    }
    if let line = reporting.line(of: targets) { result = result.about(line: line) }
    let reported = result.reporting(atLeast: reporting.leastSeverity)
    let status = reporting.status(of: result, failsOnUnused: known.failOnUnusedIgnores)
    var options = ReportOptions()
    options.showsSecrets = reporting.showSecrets
    options.explains = reporting.explain
    options.exitCode = status.rawValue
    let failure = outputs.writeAll(reported, options, color: running.color ?? .auto)
    let isTold = outputs.contains { $0.path == nil && $0.format == .text }
    Self.warn(of: result.coverage, isTold: isTold)
    if !isTold {
      for note in result.suppressionNotes { Output.toStandardError("vault-sentry: \(note.sentence)\n") }
    }
    if let failure { throw failure }
    throw StatusOnly(status: status)
  }

  /// Says on standard error that something was not scanned, unless the report on the screen says it.
  private static func warn(of coverage: Coverage, isTold: Bool) {
    guard !isTold, !coverage.incomplete.isEmpty else { return }
    let first = coverage.incomplete[0]
    let others = coverage.incomplete.count - 1
    Output.toStandardError(
      "vault-sentry: not scanned to the end: \(first.path.text.neutralised): \(first.reason)\(others > 0 ? " (and \(others) more)" : "")\n"
    )
  }
}

extension ReportingOptions {
  /// What a finished scan makes the process return.
  func status(of result: ScanResult, failsOnUnused: Bool) -> ExitStatus {
    if let interrupted = Interruption.status { return interrupted }
    if !result.coverage.incomplete.isEmpty, !allowIncomplete { return .incomplete }
    if failsOnUnused, result.suppressionNotes.contains(where: { $0.kind == .unused }) { return .findings }
    guard let gate else { return .clean }
    return result.activeFindings.contains { $0.risk.level >= gate } ? .findings : .clean
  }
}
