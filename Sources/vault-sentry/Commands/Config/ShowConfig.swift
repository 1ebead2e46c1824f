// `vault-sentry config get`, `config list` and `config path`

import ArgumentParser
import VaultSentry

/// What the commands that look at the configuration share.
struct ConfigView: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOptions

  @Option(help: ArgumentHelp("A directory or file of the project to look at.", valueName: "path"))
  var target = "."

  func sources() throws -> SettingsSources { try configuration.sources(ScopeOptions.targets([target])) }
}

struct GetConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Print what counts for a key; a list has a line for each member.")

  @Argument(help: "The key.")
  var key: String

  @OptionGroup var view: ConfigView

  func run() throws {
    let settings = try view.configuration.settings(view.sources())
    guard let lines = settings.values(ofKey: key) else {
      throw CommandFailure.usage("there is no key “\(key)”\(SettingKey.hint(for: key)); `config list` lists them")
    }
    try Output.toStandardOutput(Array(lines.map { $0 + "\n" }.joined().utf8))
  }
}

struct ListConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print every key with what counts for it.")

  @Flag(help: "Say where each value was set.")
  var origin = false

  @OptionGroup var view: ConfigView

  func run() throws {
    let entries = try view.configuration.settings(view.sources()).entries
    let width = entries.map { $0.text.count }.filter { $0 <= 60 }.max() ?? 0
    let lines = entries.map { entry in
      origin
        ? "\(entry.text)\(String(repeating: " ", count: max(0, width - entry.text.count)))  # \(entry.origin)\n"
        : entry.text + "\n"
    }
    try Output.toStandardOutput(Array(lines.joined().utf8))
  }
}

struct PathConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the files that count, and those that would if they existed.")

  @OptionGroup var view: ConfigView

  func run() throws {
    let sources = try view.sources()
    let usual = { (name: String) in
      sources.place.nearest(name) ?? sources.place.top.map { ($0 == "/" ? "" : $0) + "/" + name }
    }
    var files: [(String, String?)] = [("user", sources.userFile)]
    files.append(("project", sources.file ?? (sources.readsProject ? usual(Settings.projectFileName) : nil)))
    if sources.readsProject { files.append(("ignore", usual(IgnoreFile.name))) }
    let lines = files.compactMap { name, path in
      path.map {
        "\(name)\(String(repeating: " ", count: 9 - name.count))\($0)\(Output.exists($0) ? "" : "  (does not exist)")\n"
      }
    }
    try Output.toStandardOutput(Array(lines.joined().utf8))
  }
}
