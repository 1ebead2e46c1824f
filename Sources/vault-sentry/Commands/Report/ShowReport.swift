// `vault-sentry report show`, `convert`, `summary` and `validate`

import ArgumentParser
import SecretModel
import SecretReports

struct ShowReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a report, or a part of it, in the terminal.")

  @OptionGroup var input: ReportInput
  @OptionGroup(title: "What is shown") var filter: FilterOptions

  @Option(help: "Colour the report: auto, always or never.")
  var color = Occasion.auto

  func run() throws {
    var options = ReportOptions()
    options.listsAll = !filter.status.isEmpty
    try ReportOutput(format: .text, path: nil).write(
      input.read().reporting(filter.filter), options, color: color)
  }
}

struct ConvertReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a report, or a part of it, in another form.")

  @OptionGroup var input: ReportInput
  @OptionGroup(title: "What is written") var output: OutputOptions
  @OptionGroup(title: "What is in it") var filter: FilterOptions

  func run() throws { try output.write(input.read().reporting(filter.filter)) }
}

struct SummarizeReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Count the findings of a report by level, status, kind, provider and file.")

  @OptionGroup var input: ReportInput
  @OptionGroup(title: "What is counted") var filter: FilterOptions

  func run() throws {
    try Output.toStandardOutput(Array(ReportSummary(input.read().reporting(filter.filter)).text.utf8))
  }
}

struct ValidateReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check that reports are whole and agree with themselves.",
    discussion: "Returns 1 if something is wrong with one of them.")

  @Argument(help: ArgumentHelp("Reports: files, or “-” for standard input.", valueName: "report"))
  var files: [String]

  func run() throws {
    var isValid = true
    for file in files {
      let name = file == "-" ? "standard input" : file
      let bytes = try Input.read(file)
      let problems = ReportReader.problems(in: bytes, name: name)
      for problem in problems { Output.toStandardError("\(problem)\n") }
      if problems.isEmpty, let report = try? ReportReader.read(bytes, name: name) {
        try Output.toStandardOutput(Array("\(name.neutralised): \(report.description)\n".utf8))
      } else {
        isValid = false
      }
    }
    if !isValid { throw StatusOnly(status: .findings) }
  }
}
