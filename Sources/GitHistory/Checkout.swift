// The checkout a directory belongs to, found by reading its files: no library has to be started for it.

public import SecretModel

/// A git work tree.
public struct Checkout: Sendable, Hashable {
  /// Absolute path of the work tree.
  public let root: String
  /// The repository's directory for this work tree (`.git`, or where a `.git` file points).
  public let gitDirectory: String
  /// The directory that all work trees share.
  public let commonDirectory: String

  /// Finds the checkout that holds an absolute path.
  public static func containing(_ path: String) -> Checkout? {
    var directory = Substring(path)
    while true {
      let root = directory.isEmpty ? "/" : String(directory)
      if let found = Checkout(root: root) { return found }
      guard let slash = directory.lastIndex(of: "/") else { return nil }
      directory = directory[..<slash]
    }
  }

  private init?(root: String) {
    let dotGit = root == "/" ? "/.git" : root + "/.git"
    if SmallFile.text(dotGit + "/HEAD") != nil {
      gitDirectory = dotGit
    } else if let pointer = SmallFile.text(dotGit), pointer.hasPrefix("gitdir: ") {
      gitDirectory = joined(String(pointer.dropFirst("gitdir: ".count)), in: root)
    } else {
      return nil
    }
    self.root = root
    let dotGitDirectory = gitDirectory
    commonDirectory =
      SmallFile.text(gitDirectory + "/commondir").map { joined($0, in: dotGitDirectory) } ?? gitDirectory
  }

  /// The contents of `info/exclude`; nil without one.
  public var excludeFile: String { commonDirectory + "/info/exclude" }

  /// What reports say about the checkout.
  public var description: CheckoutDescription {
    guard let head = SmallFile.text(gitDirectory + "/HEAD") else {
      return CheckoutDescription(root: root, branch: nil, commit: nil)
    }
    guard head.hasPrefix("ref: ") else { return CheckoutDescription(root: root, branch: nil, commit: objectID(head)) }
    let reference = String(head.dropFirst("ref: ".count))
    let branch = reference.hasPrefix("refs/heads/") ? String(reference.dropFirst("refs/heads/".count)) : nil
    return CheckoutDescription(root: root, branch: branch, commit: resolve(reference: reference))
  }

  private func resolve(reference: String) -> String? {
    guard !reference.split(separator: "/").contains("..") else { return nil }
    for directory in [gitDirectory, commonDirectory] {
      if let id = SmallFile.text("\(directory)/\(reference)").flatMap(objectID) { return id }
    }
    let packed = SmallFile.text(commonDirectory + "/packed-refs", limit: 64 << 20) ?? ""
    let line = packed.split(separator: "\n").first { $0.hasSuffix(" \(reference)") }
    return line.flatMap { objectID(String($0.prefix { $0 != " " })) }
  }
}

private func objectID(_ text: String) -> String? {
  [40, 64].contains(text.utf8.count) && text.allSatisfy(\.isHexDigit) ? text : nil
}

private func joined(_ path: String, in directory: String) -> String {
  path.hasPrefix("/") ? path : "\(directory)/\(path)"
}
