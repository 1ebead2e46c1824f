// The checkout a directory belongs to, found by reading its files: no library has to be started for it.

public import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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
    if smallFile(dotGit + "/HEAD") != nil {
      gitDirectory = dotGit
    } else if let pointer = smallFile(dotGit), pointer.hasPrefix("gitdir: ") {
      gitDirectory = joined(String(pointer.dropFirst("gitdir: ".count)), in: root)
    } else {
      return nil
    }
    self.root = root
    let dotGitDirectory = gitDirectory
    commonDirectory = smallFile(gitDirectory + "/commondir").map { joined($0, in: dotGitDirectory) } ?? gitDirectory
  }

  /// The contents of `info/exclude`; nil without one.
  public var excludeFile: String { commonDirectory + "/info/exclude" }

  /// What reports say about the checkout.
  public var description: CheckoutDescription {
    guard let head = smallFile(gitDirectory + "/HEAD") else {
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
      if let id = smallFile("\(directory)/\(reference)").flatMap(objectID) { return id }
    }
    let packed = smallFile(commonDirectory + "/packed-refs", limit: 64 << 20) ?? ""
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

/// The text of a regular file without its last line break; nil if there is none or it is larger than `limit` bytes.
func smallFile(_ path: String, limit: Int = 1 << 16) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 12)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    guard count >= 0 else { return nil }
    if count == 0 { break }
    bytes += chunk[..<count]
    guard bytes.count <= limit else { return nil }
  }
  while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}
