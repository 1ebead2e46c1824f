// `vault-sentry config`

import ArgumentParser
import SecretModel
import VaultSentry

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Look at the rules.", subcommands: [RulesCommand.self])
}

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, show or test rules.",
    subcommands: [ListRules.self, ShowRule.self, TestRules.self], defaultSubcommand: ListRules.self)
}

struct ListRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "One line for each rule: severity, id, name.")

  @Argument(help: "Only rules whose id, name or provider holds this word.")
  var word: String?

  func run() throws {
    let word = word?.lowercased() ?? ""
    let rules = Catalogue.builtin().descriptions.filter { rule in
      word.isEmpty || [rule.id, rule.name, rule.provider].contains { $0.lowercased().contains(word) }
    }
    let lines = rules.sorted { $0.id < $1.id }.map { rule in
      "\(padded(rule.severity.name, 8))  \(padded(rule.id, 44))  \(rule.name)\n"
    }
    try Output.toStandardOutput(Array(lines.joined().utf8))
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

struct ShowRule: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Everything about one rule.")

  @Argument(help: "The rule's id.")
  var id: String

  func run() throws {
    guard let rule = Catalogue.builtin().descriptions.first(where: { $0.id == id }) else {
      throw CommandFailure.usage("there is no rule “\(id)”; `vault-sentry config rules list WORD` looks for one")
    }
    var text = "\(rule.name)\n\n"
    text +=
      "id        \(rule.id)\nprovider  \(rule.provider)\ncategory  \(rule.category)\nseverity  \(rule.severity.name)\n\n"
    text += rule.steps.enumerated().map { "\($0.offset + 1). \($0.element)\n" }.joined()
    if !rule.references.isEmpty { text += "\n" + rule.references.map { "\($0)\n" }.joined() }
    try Output.toStandardOutput(Array(text.utf8))
  }
}

struct TestRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Check rule files and run their examples through the scanner.")

  @Argument(help: "Rule files, or directories of them.")
  var paths: [String]

  func run() throws {
    let report: RuleTest.Report
    do throws(CatalogueError) {
      report = try RuleTest.run(rulesAt: paths)
    } catch {
      throw CommandFailure.usage(error.description)
    }
    for failure in report.failures { Output.toStandardError("\(failure)\n") }
    try Output.toStandardOutput(
      Array("\(report.rules) rules, \(report.examples) examples, \(report.failures.count) failed\n".utf8))
    if !report.failures.isEmpty { throw StatusOnly(status: .findings) }
  }
}
