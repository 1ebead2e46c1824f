// The options about findings that somebody has decided about, or that were there before.

import ArgumentParser
import SecretModel
import VaultSentry

struct KnownOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-inline-ignores"),
    help: "Report values even if a comment beside them says that they are known.")
  var noInlineIgnores = false

  @Flag(
    name: .customLong("no-foreign-ignores"),
    help: "Of such comments, take only our own, not gitleaks:allow, nosec and the like.")
  var noForeignIgnores = false

  @Flag(
    name: .customLong("report-unused-ignores"), help: "Tell of comments and lines of the ignore file that hide nothing."
  )
  var reportUnusedIgnores = false

  @Flag(name: .customLong("fail-on-unused-ignores"), help: "Tell of them and return 1.")
  var failOnUnusedIgnores = false

  @Option(
    name: .customLong("baseline"),
    help: ArgumentHelp("Findings that this file names are known and do not count.", valueName: "file"))
  var baseline: String?

  @Flag(name: .customLong("update-baseline"), help: "Write what is reported into the baseline.")
  var updateBaseline = false

  @Flag(
    name: .customLong("prune-baseline"), help: "Write it, and take out of the baseline what this scan did not find.")
  var pruneBaseline = false

  func validate() throws {
    if writesBaseline, baseline == nil {
      throw ValidationError("--update-baseline and --prune-baseline want to know the file: --baseline FILE.")
    }
  }

  /// Puts into the request what is known of its targets.
  ///
  /// - Parameter place: where the ignore file is looked for; nil if it is not read.
  func apply(to request: inout ScanRequest, _ place: ProjectPlace?) throws {
    request.suppression.honoursInline = !noInlineIgnores
    request.suppression.honoursOtherScanners = !noForeignIgnores
    request.suppression.tellsUnused = reportUnusedIgnores || failOnUnusedIgnores
    request.suppression.today = CalendarDate(.now)
    try applyBaseline(to: &request)
    guard let path = place?.nearest(IgnoreFile.name) else { return }
    do throws(SettingsError) {
      let text = try SettingsFile.contents(of: path, followsLinks: false)
      request.suppression.ignoreFile = try IgnoreFile(
        text, path: ProjectPlace.shown(path, from: request.workingDirectory),
        directory: ProjectPlace.directory(of: path))
    } catch {
      throw CommandFailure.usage(error.description)
    }
  }
}
