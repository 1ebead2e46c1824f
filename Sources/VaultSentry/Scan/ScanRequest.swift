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

/// What of its targets a scan reads.
public enum ScanSource: Sendable, Hashable {
  case files
  /// What the next commit of the target's repository would add.
  case staged
  /// The files, and everything that the target's repository remembers.
  case history
  /// What a part of the repository's history adds.
  case changes(ChangeSelection)
}

extension ScanSource {
  /// Whether it is a change alone, so that what is not found in it may well be elsewhere.
  public var isPart: Bool { self != .files && self != .history }
}

/// What git's environment variables say about the repository of the working directory; relative paths start there.
public struct GitEnvironment: Sendable, Hashable {
  /// `GIT_DIR`
  public var directory: String?
  /// `GIT_WORK_TREE`
  public var workTree: String?
  /// `GIT_INDEX_FILE`
  public var indexFile: String?
  /// `GIT_OBJECT_DIRECTORY`
  public var objectDirectory: String?
  /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`
  public var alternateObjectDirectories: [String] = []

  public init() {}
}

/// Everything a scan needs to know; nothing else about the process reaches the engine.
public struct ScanRequest: Sendable {
  public var targets: [ScanTarget]
  /// Absolute; relative targets start here.
  public var workingDirectory: String
  public var source = ScanSource.files
  public var git = GitEnvironment()
  public var discovery = DiscoveryOptions()
  public var suppression = SuppressionOptions()
  public var explanation = ExplanationScope.nothing
  /// What the configuration says about findings.
  public var settings = Settings()
  /// What counts as expired is judged by this time, seconds since 1970; nil judges nothing by time.
  public var now: Int64?
  /// What the report gives as the time of the scan, so that two scans of the same make the same report; nil for the time
  /// that it is.
  public var reportedTime: Timestamp?
  /// Larger files are skipped; bytes.
  public var sizeLimit = 10_000_000
  /// Private memory that the process may hold, in bytes; nil for no limit. A scan that reaches it ends, and says so.
  public var memoryLimit: Int?
  /// Bytes below which a limit of memory leaves no room for the rules and one worker.
  public static let leastMemory = 128_000_000
  /// Workers; one each thread.
  public var jobs = 1
  public var prefilterBody = PrefilterBody.best
  /// Whether the result tells where the time went, which itself takes some.
  public var measures = false
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
