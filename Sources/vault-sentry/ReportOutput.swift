// Which reports are written where.

import ArgumentParser
import SecretModel
import SecretReports

/// A report's form and where it goes.
struct ReportOutput {
  let format: ReportFormat
  /// Nil for standard output.
  let path: String?
}

extension ReportOutput {
  /// What `--format` (each FORMAT or FORMAT=FILE) and `--output` ask for.
  ///
  /// - Parameter usual: the form if nothing names one.
  static func list(formats: [String], file: String?, usual: ReportFormat = .text) throws -> [ReportOutput] {
    var outputs = try formats.map(Self.init(argument:))
    if let file {
      if let open = outputs.firstIndex(where: { $0.path == nil }) {
        outputs[open] = ReportOutput(format: outputs[open].format, path: file)
      } else {
        outputs.append(ReportOutput(format: ReportFormat(fileName: file) ?? usual, path: file))
      }
    }
    if outputs.isEmpty { outputs = [ReportOutput(format: usual, path: nil)] }
    guard outputs.count(where: { $0.path == nil }) <= 1 else {
      throw ValidationError("Only one format can go to standard output; give the others a file: --format FORMAT=FILE.")
    }
    return outputs
  }

  private init(argument text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let format = ReportFormat(rawValue: parts[0]) else {
      throw ValidationError("--format \(parts[0]): there is no such format; choose \(ReportFormat.names).")
    }
    if parts.count == 2, parts[1].isEmpty { throw ValidationError("--format \(text): the file's name is missing.") }
    self.init(format: format, path: parts.count == 2 ? parts[1] : nil)
  }

  /// Writes the report; colours only go to standard output.
  func write(_ result: ScanResult, _ options: ReportOptions, color: Occasion = .auto) throws {
    var options = options
    options.isColoured = path == nil && Terminal.showsColour(color)
    let report = format.render(result, options)
    if let path {
      try Output.toFile(path, report)
    } else {
      try Output.toStandardOutput(report)
    }
  }
}

extension [ReportOutput] {
  /// Writes every report, also when another one cannot be written.
  ///
  /// - Returns: what went wrong first.
  func writeAll(_ result: ScanResult, _ options: ReportOptions, color: Occasion) -> (any Error)? {
    var failures: [any Error] = []
    for output in self {
      do { try output.write(result, options, color: color) } catch { failures.append(error) }
    }
    for case let other as CommandFailure in failures.dropFirst() {
      Output.toStandardError("vault-sentry: \(other.message)\n")
    }
    return failures.first
  }
}
