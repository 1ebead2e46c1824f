// `vault-sentry report diff` and `merge`

import ArgumentParser
import SecretModel
import SecretReports

struct DiffReports: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Tell what is new, fixed, moved and unchanged between two reports.",
    discussion: """
      A value that stands in another file than before has moved; within its file it is unchanged. Decisions of the \
      older report (report triage) hold, but what was called resolved and is back is new. Returns 1 if something new is \
      at the gate. With a format or a file, the new findings are written as a report.
      """)

  @Argument(help: ArgumentHelp("The older report.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The newer report, or “-” for standard input.", valueName: "new"))
  var new: String

  @Option(help: "Return 1 if something new is of this level or above; “none” never does.")
  var failOn = Gate.high

  @OptionGroup(title: "What is written of the new findings") var output: OutputOptions

  func run() throws {
    let newer = try ReportInput.read(new).result
    let difference = ReportDifference(from: try ReportInput.read(old).result, to: newer)
    if output.isAskedFor {
      try output.write(newer.replacing(findings: difference.new))
    } else {
      try Output.toStandardOutput(Array(difference.text.utf8))
    }
    guard let gate = Severity(name: failOn.rawValue), difference.hasNew(atLeast: gate) else { return }
    throw StatusOnly(status: .findings)
  }
}

struct MergeReports: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one report of several, with each finding once.",
    discussion: """
      Findings are the same if value, kind and place are. The later decision about a finding stays. Reports of scans in \
      different directories keep their paths apart by their whole length.
      """)

  @Argument(help: ArgumentHelp("Reports: files, or “-” for standard input.", valueName: "report"))
  var files: [String]

  @OptionGroup(title: "What is written") var output: OutputOptions

  func run() throws {
    let reports = try files.map { try ReportInput.read($0).result }
    guard let merged = ScanResult(merging: reports) else { return }
    try output.write(merged)
  }
}
