// Which configuration counts, and where it is read from.

import ArgumentParser
import VaultSentry

struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp("Read this file instead of the project's .vault-sentry.toml.", valueName: "file"))
  var config: String?

  @Option(name: .customLong("profile"), help: ArgumentHelp("Take the values of this profile.", valueName: "name"))
  var profile: String?

  @Flag(
    name: .customLong("no-project-config"),
    help: "Do not read the project's own files: .vault-sentry.toml and .vault-sentry-ignore.")
  var noProjectConfig = false

  func validate() throws {
    if config != nil, noProjectConfig {
      throw ValidationError("--config and --no-project-config exclude each other: both replace the project's file.")
    }
  }

  /// Where configuration for some targets comes from.
  func sources(_ targets: [ScanTarget]) throws -> SettingsSources {
    let directory = try Environment.workingDirectory()
    var sources = SettingsSources(
      place: ProjectPlace(targets: targets, workingDirectory: directory), workingDirectory: directory)
    sources.environment = Environment.variables(beginningWith: SettingKey.variablePrefix)
    let file = config ?? Environment.variable(Self.fileVariable)
    sources.file = file.map { $0.hasPrefix("/") ? $0 : directory + "/" + $0 }
    sources.profile = profile
    sources.readsProject = !noProjectConfig
    sources.userFile = Environment.userConfigurationFile
    return sources
  }

  /// What counts for some targets.
  func settings(_ sources: SettingsSources) throws -> Settings {
    for hint in SettingKey.misspelt(sources.environment.keys.sorted(), except: [Self.fileVariable]) {
      Output.toStandardError("vault-sentry: \(hint)\n")
    }
    do throws(SettingsProblems) {
      return try Settings(sources)
    } catch {
      throw CommandFailure.usage(error.description)
    }
  }

  /// Names the file as `--config` does.
  private static let fileVariable = "VAULT_SENTRY_CONFIG"
}
