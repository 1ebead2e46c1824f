// What the terminal can show.

import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// When something is shown that only a terminal can show.
enum Occasion: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  static let allValueStrings = allCases.map(\.rawValue)
}

enum Terminal {
  /// Whether text on standard output is coloured: the flag, then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then
  /// what the output is (no-color.org, force-color.org, bixense.com/clicolors).
  static func showsColour(_ flag: Occasion) -> Bool {
    switch flag {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if isSet("NO_COLOR") { return false }
    if isSet("FORCE_COLOR") || (isSet("CLICOLOR_FORCE") && Environment.variable("CLICOLOR_FORCE") != "0") {
      return true
    }
    return isatty(STDOUT_FILENO) == 1 && Environment.variable("TERM") != "dumb"
      && Environment.variable("CLICOLOR") != "0"
  }

  /// Whether progress is shown on standard error.
  static func showsProgress(_ flag: Occasion) -> Bool {
    switch flag {
    case .always: true
    case .never: false
    case .auto: isatty(STDERR_FILENO) == 1 && Environment.variable("TERM") != "dumb" && !isSet("CI")
    }
  }

  private static func isSet(_ name: String) -> Bool { Environment.variable(name) != nil }
}
