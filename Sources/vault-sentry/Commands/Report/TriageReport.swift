// `vault-sentry report triage` and `remediate`

import ArgumentParser
import SecretModel
import SecretReports
import VaultSentry

struct TriageReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "triage", abstract: "Decide about findings: resolved, ignored, false_positive, or active again.",
    discussion: """
      Writes the decision, its reason and who made it into the JSON report. The same decision twice changes nothing.

      EXAMPLES
        vault-sentry report triage out.json --set false_positive --reason 'made up' --path 'tests/'
        vault-sentry report triage out.json --set resolved --reason 'rotated' --fingerprint v1:abcdefghijkl
        vault-sentry report triage new.json --from old.json
      """)

  @OptionGroup var input: ReportInput

  @Option(help: "What becomes of the findings.")
  var set: StatusName?

  @Option(help: "Why.")
  var reason: String?

  @Option(help: "Who decides. (default: the user's name)")
  var by: String?

  @Option(help: ArgumentHelp("Take over what was decided in this report. Repeatable.", valueName: "report"))
  var from: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, not over the report.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Which findings are meant") var filter: FilterOptions

  @Option(
    help: ArgumentHelp(
      "Only this value: its fingerprint, or at least 12 characters of it. Repeatable.", valueName: "id"))
  var fingerprint: [String] = []

  @Flag(help: "All findings of the report.")
  var all = false

  func validate() throws {
    guard set != nil || !from.isEmpty else {
      throw ValidationError("Nothing to decide: give --set STATUS, or --from REPORT.")
    }
    if set == nil { return }
    if set != .active, (reason ?? "").isEmpty { throw ValidationError("--set: say why: --reason TEXT.") }
    guard all || !fingerprint.isEmpty || !filter.isEmpty else {
      throw ValidationError(
        "--set: say which findings are meant: --fingerprint, --rule, --path, --severity, --provider, --status or --all."
      )
    }
    for id in fingerprint where id.utf8.count - (id.hasPrefix("v1:") ? 3 : 0) < Self.leastLength {
      throw ValidationError("--fingerprint \(id): give at least \(Self.leastLength) characters of it.")
    }
  }

  private static let leastLength = 12

  func run() throws {
    let report = try ReportInput.read(input.file)
    var result = report.result
    for file in from { result = result.takingDecisions(from: try ReportInput.read(file).result) }
    if let set { result = try decide(set, result) }
    let changed = result.decisions(differingFrom: report.result)
    try write(result, report, isChanged: changed > 0)
    Output.toStandardError("\(changed) of \(result.findings.count) findings changed\n")
  }

  private func decide(_ set: StatusName, _ result: ScanResult) throws -> ScanResult {
    let filter = filter.filter
    let isMeant = { (finding: Finding) in
      filter.contains(finding)
        && (fingerprint.isEmpty || fingerprint.contains { ("v1:" + $0.withoutVersion).isBeginning(of: finding) })
    }
    guard result.findings.contains(where: isMeant) else {
      throw CommandFailure.usage("\(input.file.neutralised): no finding fits; vault-sentry report show lists them")
    }
    return result.triaging(
      TriageDecision(status: set.status, triage: set == .active ? nil : try triage()), where: isMeant)
  }

  private func triage() throws -> Triage {
    let user = ["USER", "LOGNAME"].lazy.compactMap(Environment.variable).first
    guard let author = by ?? user, !author.isEmpty else {
      throw CommandFailure.usage("--by: who decides is not known here; name somebody")
    }
    return Triage(reason: reason ?? "", author: author, date: Timestamp(seconds: Timestamp.now.seconds, nanoseconds: 0))
  }

  /// Over the report, in its own form and with all that it holds, or into another file.
  private func write(_ result: ScanResult, _ report: ReadReport, isChanged: Bool) throws {
    var options = ReportOptions()
    if let output {
      let format = ReportFormat(fileName: output) == .jsonl ? ReportFormat.jsonl : .json
      return try Output.toFile(output, format.render(result, options))
    }
    options.showsSecrets = true
    switch (input.file, report.origin) {
    case ("-", _): try Output.toStandardOutput(ReportFormat.json.render(result, ReportOptions()))
    case (_, .json), (_, .jsonl):
      guard isChanged else { return }
      let format: ReportFormat = report.origin == .json ? .json : .jsonl
      try Output.toFile(input.file, format.render(result, options), flag: "report triage")
    case (_, .gitleaks), (_, .sarif):
      throw CommandFailure.usage(
        "\(input.file.neutralised): is a \(report.origin.rawValue), which cannot hold decisions; write a JSON report: --output FILE"
      )
    }
  }
}

extension String {
  fileprivate var withoutVersion: String { hasPrefix("v1:") ? String(dropFirst(3)) : self }

  fileprivate func isBeginning(of finding: Finding) -> Bool { finding.fingerprint.hasPrefix(self) }
}

struct RemediateReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remediate", abstract: "Write a checklist of what to do: for each provider, then for git history.",
    discussion: """
      Markdown. For each value, in order: create its replacement, deploy it, verify, revoke the old one. Then the \
      commands of git filter-repo for exactly the paths of the report.
      """)

  @OptionGroup var input: ReportInput

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the checklist to this file.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "What it is about") var filter: FilterOptions

  func run() throws {
    let plan = Array(RemediationPlan(try input.read().reporting(filter.filter)).markdown.utf8)
    if let output { try Output.toFile(output, plan) } else { try Output.toStandardOutput(plan) }
  }
}
