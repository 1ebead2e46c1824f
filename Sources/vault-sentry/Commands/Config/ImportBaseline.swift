// `vault-sentry config import-baseline`

import ArgumentParser
import SecretModel
import VaultSentry

struct ImportBaseline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-baseline",
    abstract: "Take over what another scanner's baseline or ignore file accepts.",
    discussion: """
      Reads JSON reports and ignore files of gitleaks and baselines of detect-secrets, scans the target, and adds to the
      baseline every finding that an entry accepts: by its value, or where the file has none, by its place. What has no
      finding here is counted and left out.

      EXAMPLES
        vault-sentry config import-baseline .secrets.baseline --baseline .vault-sentry-baseline
        vault-sentry config import-baseline gitleaks.json .gitleaksignore --baseline known --history
      """)

  @Argument(help: ArgumentHelp("The other scanner's files.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The baseline to add to.", valueName: "file"))
  var baseline: String

  @Option(help: ArgumentHelp("What to scan.", valueName: "path"))
  var target = "."

  @Flag(help: "Scan what git remembers, too.")
  var history = false

  func run() throws {
    var request = ScanRequest(
      targets: [.path(target)], workingDirectory: try Environment.workingDirectory())
    request.source = history ? .history : .files
    request.jobs = availableProcessors()
    let result: ScanResult
    do throws(ScanRequestError) {
      result = try Scan(request, catalogue: .builtin()).run()
    } catch {
      throw CommandFailure.usage(error.description)
    }
    let top = ProjectPlace(targets: request.targets, workingDirectory: request.workingDirectory).top
    let (known, updated) = try updated(by: result, request, top: top)
    try Output.toFile(baseline, updated.text, mode: 0o644, flag: "--baseline")
    Output.toStandardError("\(baseline): \(updated.count) known, \(known.count) before\n")
  }

  /// The baseline as it is, and with what the files accept.
  private func updated(by result: ScanResult, _ request: ScanRequest, top: String?) throws -> (Baseline, Baseline) {
    do throws(SettingsError) {
      let known =
        Output.exists(baseline)
        ? try Baseline(SettingsFile.contents(of: baseline, followsLinks: false), path: baseline)
        : Baseline(path: baseline)
      var updated = known
      for file in files {
        let foreign = try ForeignBaseline(SettingsFile.contents(of: file, followsLinks: true), file: file)
        let (findings, unmatched) = foreign.accepted(of: result, request, top: top)
        updated = updated.adding(findings, prunes: false)
        let taken = foreign.count - unmatched
        Output.toStandardError(
          "\(file): \(foreign.kind), \(foreign.count) entries, \(taken) taken over, \(unmatched) without a finding here\n"
        )
      }
      return (known, updated)
    } catch {
      throw CommandFailure.usage(error.description)
    }
  }
}
