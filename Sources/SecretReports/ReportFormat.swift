// The forms a report can take.

public import SecretModel

/// A form of report: for people (text, Markdown, HTML), our own (JSON, JSON lines), and those that services read; `gitlab` is
/// GitLab's secret-detection report, `github` the workflow commands of GitHub Actions.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, jsonl, sarif, csv, junit, gitlab, codequality, github, markdown, html
}

/// What a report shows beyond the scan's result.
public struct ReportOptions: Sendable {
  /// Whether the secrets themselves are written out.
  public var showsSecrets = false
  /// Whether text lists the findings that do not count, too.
  public var listsAll = false
  /// Whether text lists each finding's terms, and what was not reported.
  public var explains = false
  /// Whether text is coloured for a terminal.
  public var isColoured = false
  /// What the scan is going to return, for the formats that tell; nil if the report is not that of a scan just made.
  public var exitCode: Int32?

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
    case .csv: CSVReport(result, options).document
    case .junit: JUnitReport(result).document
    case .gitlab: GitLabReport(result).document
    case .codequality: CodeQualityReport(result).document
    case .github: GitHubAnnotations(result).lines
    case .markdown: MarkdownReport(result, options).document
    case .html: HTMLReport(result, options).document
    }
  }
}

extension ReportFormat {
  /// The form that a file's name asks for; nil if it asks for none.
  public init?(fileName path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let endings: [(String, ReportFormat)] = [
      ("gl-secret-detection-report.json", .gitlab), ("gl-code-quality-report.json", .codequality),
      (".sarif", .sarif), (".sarif.json", .sarif), (".jsonl", .jsonl), (".ndjson", .jsonl), (".json", .json),
      (".csv", .csv), (".xml", .junit), (".md", .markdown), (".markdown", .markdown), (".html", .html), (".htm", .html),
      (".txt", .text),
    ]
    guard let format = endings.first(where: { name.hasSuffix($0.0) })?.1 else { return nil }
    self = format
  }
}

extension ReportFormat {
  /// All names as a list in words.
  public static let names = {
    let names = allCases.map(\.rawValue)
    return "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
  }()
}
