// `vault-sentry config init`

import ArgumentParser
import VaultSentry

struct InitConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a configuration file that explains every key.",
    discussion: "It changes nothing until a line is uncommented, and writes over no file.")

  @Argument(help: ArgumentHelp("A directory of the project.", valueName: "directory"))
  var directory = "."

  @OptionGroup var place: ConfigPlace

  func run() throws {
    let path = try place.path(for: directory)
    guard !Output.exists(path) else {
      throw CommandFailure.usage("\(path): exists already; `config set` changes it")
    }
    try ConfigPlace.write(Array(SettingsTemplate.text(isProject: !place.user).utf8), to: path)
    try Output.toStandardOutput(Array("\(path)\n".utf8))
  }
}
