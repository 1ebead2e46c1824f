// `vault-sentry config`

import ArgumentParser
import SecretModel
import SecretReports
import VaultSentry

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Look at the configuration and the rules, change them, install git hooks.",
    subcommands: [
      InitConfig.self, SetConfig.self, GetConfig.self, UnsetConfig.self, ListConfig.self, ValidateConfig.self,
      PathConfig.self, ImportBaseline.self, RulesCommand.self, InstallHookCommand.self,
    ])
}

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, show or test rules.",
    subcommands: [ListRules.self, ShowRule.self, TestRules.self], defaultSubcommand: ListRules.self)
}

extension RuleListFormat: ExpressibleByArgument {}

struct ListRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "One line for each rule: severity, id, name.")

  @Argument(help: "Only rules whose id, name or provider holds this word.")
  var word: String?

  @Option(name: .shortAndLong, help: "text, json or markdown.")
  var format = RuleListFormat.text

  func run() throws {
    let word = word?.lowercased() ?? ""
    let rules = Catalogue.builtin().descriptions.filter { rule in
      word.isEmpty || [rule.id, rule.name, rule.provider].contains { $0.lowercased().contains(word) }
    }
    try Output.toStandardOutput(RuleListing(rules).rendered(as: format))
  }
}

struct ShowRule: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Everything about one rule.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: "The rule's id.")
  var id: String

  @Option(name: .shortAndLong, help: "text or json.")
  var format = Format.text

  func run() throws {
    guard let rule = Catalogue.builtin().descriptions.first(where: { $0.id == id }) else {
      throw CommandFailure.usage("there is no rule “\(id)”; `vault-sentry config rules list WORD` looks for one")
    }
    switch format {
    case .text: try Output.toStandardOutput(Array(rule.page.utf8))
    case .json: try Output.toStandardOutput(rule.json)
    }
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
