// How the process ends.

import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the process returns.
enum ExitStatus: Int32 {
  case clean = 0
  case findings = 1
  case usage = 2
  case incomplete = 3
  case fault = 4
  case interrupted = 130
  case terminated = 143
}

/// A message for the user together with the status to end with.
struct CommandFailure: Error {
  let status: ExitStatus
  let message: String

  static func usage(_ message: String) -> CommandFailure { CommandFailure(status: .usage, message: message) }
}

extension ExitStatus {
  /// Ends the process with what an error means: help goes to standard output, everything else to standard error.
  static func end(with error: any Error) -> Never {
    switch error {
    case let status as StatusOnly:
      exit(status.status.rawValue)
    case let failure as CommandFailure:
      Output.toStandardError("vault-sentry: \(failure.message)\n")
      exit(failure.status.rawValue)
    default:
      let text = VaultSentryCommand.fullMessage(for: error)
      if VaultSentryCommand.exitCode(for: error) == .success {
        try? Output.toStandardOutput(Array((text + "\n").utf8))
        exit(ExitStatus.clean.rawValue)
      }
      let isUsage = VaultSentryCommand.exitCode(for: error) == .validationFailure
      Output.toStandardError(text + "\n")
      exit(isUsage ? ExitStatus.usage.rawValue : ExitStatus.fault.rawValue)
    }
  }
}

/// Ends a command with a status and nothing to say.
struct StatusOnly: Error {
  let status: ExitStatus
}
