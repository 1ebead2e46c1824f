// The command: parses arguments, runs one subcommand, and is the only place that ends the process.

import ArgumentParser

@main
struct VaultSentryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vault-sentry",
    abstract: "Finds leaked credentials in files, streams and repositories.",
    discussion: """
      EXIT STATUS
        0  nothing at or above the gate (--fail-on)
        1  findings at or above the gate
        2  wrong use, or a wrong configuration
        3  something could not be scanned
        4  an internal fault
        130, 143  interrupted; the report holds what was found up to then
      """,
    version: Version.text,
    subcommands: [ScanCommand.self, ConfigCommand.self, ReportCommand.self],
    helpNames: [.short, .long])

  static func main() {
    ProcessGuards.set()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      ExitStatus.end(with: error)
    }
  }
}
