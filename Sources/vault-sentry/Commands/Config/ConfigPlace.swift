// Which file a `config` command works on.

import ArgumentParser
import VaultSentry

struct ConfigPlace: ParsableArguments {
  @Flag(help: "Your own file instead of the project's.")
  var user = false

  @Option(help: ArgumentHelp("This file.", valueName: "file"))
  var file: String?

  func validate() throws {
    if user, file != nil { throw ValidationError("--user and --file exclude each other: both name the file.") }
  }

  /// The file to change, whether it exists or not.
  func path(for directory: String = ".") throws -> String {
    if let file { return file }
    if user {
      guard let path = Environment.userConfigurationFile else {
        throw CommandFailure.usage("--user: neither HOME nor XDG_CONFIG_HOME is set")
      }
      return path
    }
    let workingDirectory = try Environment.workingDirectory()
    let place = ProjectPlace(targets: [.path(directory)], workingDirectory: workingDirectory)
    guard let top = place.top else { throw CommandFailure.usage("\(directory): no such file or directory") }
    let path = place.nearest(Settings.projectFileName) ?? (top == "/" ? "" : top) + "/" + Settings.projectFileName
    return ProjectPlace.shown(path, from: workingDirectory)
  }

  /// Whether the file is one that a project may not use to reach beyond itself.
  func isProject(_ path: String) -> Bool { !user && path.hasSuffix(Settings.projectFileName) }

  /// The file's text; nil if it does not exist.
  static func text(_ path: String) throws -> [UInt8]? {
    guard Output.exists(path) else { return nil }
    do throws(SettingsError) {
      return try SettingsFile.contents(of: path, followsLinks: false)
    } catch {
      throw CommandFailure.usage(error.description)
    }
  }

  /// Writes the file, with its directory if that is missing.
  static func write(_ text: [UInt8], to path: String) throws {
    try Output.makeDirectory(of: path)
    try Output.toFile(path, text, mode: 0o644, flag: "configuration")
  }
}
