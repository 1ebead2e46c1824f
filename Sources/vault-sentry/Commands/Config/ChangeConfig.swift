// `vault-sentry config set` and `config unset`

import ArgumentParser
import VaultSentry

struct SetConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Give a key a value, and leave the rest of the file as it is.",
    discussion: """
      EXAMPLES
        vault-sentry config set --key fail-on --value critical
        vault-sentry config set --key exclude --value 'docs/**' --value '*.lock'
        vault-sentry config set --key rule.named-password.severity --value low
        vault-sentry config set --key profiles.ci.fail-on --value low
      """)

  @Option(help: ArgumentHelp("The key; `config list` lists them.", valueName: "key"))
  var key: String

  @Option(help: ArgumentHelp("Its value; repeated for lists.", valueName: "value"))
  var value: [String]

  @OptionGroup var place: ConfigPlace

  func run() throws {
    let path = try place.path()
    let old = try ConfigPlace.text(path) ?? []
    let text: [UInt8]
    do throws(SettingsError) {
      text = try SettingsEdit(old, file: path, isProject: place.isProject(path)).setting(key, to: value)
    } catch {
      throw CommandFailure.usage(error.description)
    }
    try ConfigPlace.write(text, to: path)
  }
}

struct UnsetConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unset", abstract: "Take a key out of the file.")

  @Option(help: ArgumentHelp("The key.", valueName: "key"))
  var key: String

  @OptionGroup var place: ConfigPlace

  func run() throws {
    let path = try place.path()
    guard let old = try ConfigPlace.text(path) else { throw CommandFailure.usage("\(path): there is no such file") }
    let text: [UInt8]
    do throws(SettingsError) {
      text = try SettingsEdit(old, file: path, isProject: place.isProject(path)).unsetting(key)
    } catch {
      throw CommandFailure.usage(error.description)
    }
    try ConfigPlace.write(text, to: path)
  }
}
