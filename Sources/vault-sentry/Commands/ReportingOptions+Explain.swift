// `vault-sentry scan --explain`

import VaultSentry

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The time that expiry is judged by: now, or what a reproducible run says it is.
func judgementTime() -> Int64 { sourceDate() ?? Int64(time(nil)) }

/// The time that a reproducible run is to give as its own, seconds since 1970; nil if it is none (reproducible-builds.org).
func sourceDate() -> Int64? {
  guard let text = Environment.variable("SOURCE_DATE_EPOCH"), let seconds = Int64(text),
    (0...253_402_300_799).contains(seconds)
  else { return nil }
  return seconds
}

extension ReportingOptions {
  /// The targets without the line that one of them asks about.
  func targets(_ targets: [String]) throws -> [String] {
    guard let place = place(in: targets) else { return targets }
    guard targets.count == 1 else {
      throw CommandFailure.usage(
        "--explain \(place.file):\(place.line): a line is explained by itself; leave out the other targets")
    }
    return [place.file]
  }

  /// Refuses a line as target of a scan that reads no files: it has a line of that number in each of many contents.
  func refuseLine(of targets: [String]) throws {
    guard let place = place(in: targets) else { return }
    throw CommandFailure.usage(
      "--explain \(place.file):\(place.line): a line is explained as it stands in the file; leave out what asks for git's contents, or explain all of those with --explain and no line"
    )
  }

  /// How much the engine has to tell.
  func explanation(of targets: [String]) -> ExplanationScope {
    explain ? (place(in: targets) == nil ? .drops : .nearMisses) : .nothing
  }

  /// The line that is asked about, 1-based.
  func line(of targets: [String]) -> Int? { place(in: targets)?.line }

  /// The target of the form FILE:LINE, unless there is a file of that whole name.
  private func place(in targets: [String]) -> (file: String, line: Int)? {
    guard explain else { return nil }
    for target in targets where access(target, F_OK) != 0 {
      guard let colon = target.lastIndex(of: ":"), let line = Int(target[target.index(after: colon)...]), line > 0,
        colon > target.startIndex
      else { continue }
      return (String(target[..<colon]), line)
    }
    return nil
  }
}
