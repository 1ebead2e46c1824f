// What the options about the baseline make of a scan.

import SecretModel
import VaultSentry

extension KnownOptions {
  /// Whether the baseline is to be written.
  var writesBaseline: Bool { updateBaseline || pruneBaseline }

  /// Puts the baseline into the request.
  func applyBaseline(to request: inout ScanRequest) throws {
    guard let baseline else { return }
    if pruneBaseline, request.source.isPart {
      throw CommandFailure.usage("--prune-baseline: a change is a part; prune by a scan of the whole")
    }
    do throws(SettingsError) {
      if writesBaseline, !Output.exists(baseline) {
        request.suppression.baseline = Baseline(path: baseline)
      } else {
        let text = try SettingsFile.contents(of: baseline, followsLinks: !writesBaseline)
        request.suppression.baseline = try Baseline(text, path: baseline)
      }
    } catch {
      let hint = Output.exists(baseline) ? "" : "; --update-baseline writes it"
      throw CommandFailure.usage("--baseline \(error)\(hint)")
    }
  }

  /// Writes the baseline if that was asked for, and lets it count.
  ///
  /// - Parameter severity: what is below is not written.
  /// - Throws: if the scan did not come to its end, so that it cannot be told what is gone.
  func writeBaseline(_ known: Baseline?, by result: ScanResult, atLeast severity: Severity) throws -> ScanResult {
    guard writesBaseline, let known, result.status != .cancelled else { return result }
    if pruneBaseline, result.status != .completed {
      throw CommandFailure(
        status: .incomplete,
        message:
          "--prune-baseline: something could not be scanned (\(result.coverage.firstIncomplete)); nothing was written")
    }
    let kept = result.findings.filter { finding in
      finding.suppression?.kind == .baseline || (finding.suppression == nil && finding.risk.level >= severity)
    }
    let updated = known.adding(kept, prunes: pruneBaseline)
    try Output.toFile(known.path, updated.text, mode: 0o644, flag: "--baseline")
    Output.toStandardError("\(known.path): \(updated.count) known, \(known.count) before\n")
    return result.replacing(
      findings: result.findings.map { finding in
        finding.suppression == nil && updated.contains(finding) ? finding.suppressed(by: updated.suppression) : finding
      })
  }
}

extension Coverage {
  /// The first thing that was not scanned, in words.
  fileprivate var firstIncomplete: String {
    incomplete.first.map { "\($0.path.text.neutralised): \($0.reason)" } ?? "it was not said what"
  }
}
