// The forms a report can take.

public import SecretModel

/// A form of report.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, jsonl, sarif
}

/// What a report shows beyond the scan's result.
public struct ReportOptions: Sendable {
  /// Whether the secrets themselves are written out.
  public var showsSecrets = false
  /// Whether text is coloured for a terminal.
  public var isColoured = false
  /// What the command is going to return, for the formats that tell.
  public var exitCode: Int32 = 0

  public init() {}
}

extension ReportFormat {
  /// The whole report, ending in a line break.
  public func render(_ result: ScanResult, _ options: ReportOptions) -> [UInt8] {
    switch self {
    case .text: TextReport(result, options).bytes
    case .json: JSONReport(result, options).document
    case .jsonl: JSONReport(result, options).lines
    case .sarif: SARIFReport(result, options).document
    }
  }
}
