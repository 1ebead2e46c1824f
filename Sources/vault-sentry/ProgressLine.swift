// The line that tells how far a scan has come.

import VaultSentry

/// Shows a running count on standard error.
struct ProgressLine {
  let isShown: Bool

  /// What the scan calls now and then; nil if nothing is shown.
  var watcher: (@Sendable (ScanProgress) -> Void)? {
    guard isShown else { return nil }
    return { progress in
      let megabytes = progress.bytes / 1_000_000
      let found = progress.findings == 1 ? "1 finding" : "\(progress.findings) findings"
      Output.toStandardError("\r\u{1B}[K\(progress.files) files, \(megabytes) MB, \(found)")
    }
  }

  func clear() {
    if isShown { Output.toStandardError("\r\u{1B}[K") }
  }
}
