// The options about values that somebody has decided about.

import ArgumentParser
import SecretModel
import VaultSentry

struct KnownOptions: ParsableArguments {
  @Flag(help: "Report values even if a comment beside them says that they are known.")
  var noInlineIgnores = false

  @Flag(help: "Of such comments, take only our own, not gitleaks:allow, nosec and the like.")
  var noForeignIgnores = false

  @Flag(help: "Tell of comments and lines of the ignore file that hide nothing.")
  var reportUnusedIgnores = false

  @Flag(help: "Tell of them and return 1.")
  var failOnUnusedIgnores = false

  /// Puts into the request what is known of its targets.
  ///
  /// - Parameter place: where the ignore file is looked for; nil if it is not read.
  func apply(to request: inout ScanRequest, _ place: ProjectPlace?) throws {
    request.suppression.honoursInline = !noInlineIgnores
    request.suppression.honoursOtherScanners = !noForeignIgnores
    request.suppression.tellsUnused = reportUnusedIgnores || failOnUnusedIgnores
    request.suppression.today = CalendarDate(.now)
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
