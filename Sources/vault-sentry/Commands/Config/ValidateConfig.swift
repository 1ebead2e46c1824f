// `vault-sentry config validate`

import ArgumentParser
import VaultSentry

struct ValidateConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check all that counts, or one file: unknown keys, wrong values, rules, ignores.",
    discussion: "Returns 2 if something is wrong; each line names file, line, column and what was probably meant.")

  @Argument(help: ArgumentHelp("A configuration file; it is held to what a project's file may do.", valueName: "file"))
  var file: String?

  @OptionGroup var view: ConfigView

  func run() throws {
    var sources = try view.sources()
    if let file {
      sources = try view.configuration.sources([.path(file)])
      sources.file = file.hasPrefix("/") ? file : sources.workingDirectory + "/" + file
      sources.fileIsProject = true
      sources.userFile = nil
      sources.environment = [:]
    }
    let settings = try view.configuration.settings(sources)
    let failures: [String]
    do throws(CatalogueError) {
      _ = try Catalogue.builtin().applying(settings)
      failures = try settings.ruleExampleFailures()
    } catch {
      throw CommandFailure.usage(error.description)
    }
    if !failures.isEmpty { throw CommandFailure.usage(failures.joined(separator: "\n")) }
    var checked = settings.files
    if file == nil { checked += try checkKnown(settings, sources) }
    try Output.toStandardOutput(
      Array("\(checked.isEmpty ? "no files" : checked.joined(separator: ", ")): nothing is wrong\n".utf8))
  }

  /// Checks the ignore file and the baseline; returns their names.
  private func checkKnown(_ settings: Settings, _ sources: SettingsSources) throws -> [String] {
    var checked: [String] = []
    do throws(SettingsError) {
      if sources.readsProject, let path = sources.place.nearest(IgnoreFile.name) {
        let shown = ProjectPlace.shown(path, from: sources.workingDirectory)
        _ = try IgnoreFile(try SettingsFile.contents(of: path, followsLinks: false), path: shown)
        checked.append(shown)
      }
      if let path = settings.text("baseline") {
        _ = try Baseline(try SettingsFile.contents(of: path, followsLinks: true), path: path)
        checked.append(path)
      }
    } catch {
      throw CommandFailure.usage(error.description)
    }
    return checked
  }
}
