// What a scan is asked to do.

import SecretModel

/// A place to scan.
public enum ScanTarget: Sendable, Hashable {
  /// A directory or a file, as it was given.
  case path(String)
  case standardInput

  /// How reports name standard input.
  public static let standardInputName = "<stdin>"

  /// As it was given.
  public var name: String {
    switch self {
    case .path(let path): path
    case .standardInput: Self.standardInputName
    }
  }
}

/// Everything a scan needs to know; nothing else about the process reaches the engine.
public struct ScanRequest: Sendable {
  public var targets: [ScanTarget]
  /// Absolute; relative targets start here.
  public var workingDirectory: String
  public var discovery = DiscoveryOptions()
  /// Larger files are skipped; bytes.
  public var sizeLimit = 10_000_000
  /// Workers; one each thread.
  public var jobs = 1
  public var prefilterBody = PrefilterBody.best
  /// What reads as standard input.
  public var standardInput: Int32 = 0

  public init(targets: [ScanTarget], workingDirectory: String) {
    self.targets = targets
    self.workingDirectory = workingDirectory
  }
}

/// Why a scan does not start.
public struct ScanRequestError: Error, CustomStringConvertible {
  public let description: String
}
