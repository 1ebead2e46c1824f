// What git makes of single files on disk: tracked, ignored, or neither.

import GitHistory

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Asks checkouts about files; one each worker, since it remembers the indexes it has read.
final class CheckoutFiles {
  /// A file of a checkout.
  struct File {
    /// From the work tree's root.
    let path: [UInt8]
    let state: State
  }

  /// What git makes of a file.
  enum State {
    case tracked, ignored
    /// Neither tracked nor ignored: the next `git add .` takes it.
    case untracked
  }

  private let workingDirectory: String
  private var indexes: [String: IndexNames?] = [:]

  /// - Parameter workingDirectory: absolute; relative paths start there.
  init(workingDirectory: String) { self.workingDirectory = workingDirectory }

  /// A file as the checkout that it stands in sees it; nil without one, or if that cannot be told.
  ///
  /// - Parameters:
  ///   - name: of the file.
  ///   - directory: of the file, as reports show it.
  func file(_ name: [UInt8], in directory: [UInt8]) -> File? {
    let text = String(decoding: directory, as: UTF8.self)
    let absolute = text.hasPrefix("/") ? text : text.isEmpty ? workingDirectory : "\(workingDirectory)/\(text)"
    guard let resolved = realpath(absolute, nil) else { return nil }
    defer { free(resolved) }
    let place = String(cString: resolved)
    guard let checkout = Checkout.containing(place) else { return nil }
    // With a slash behind the root, unless that is all there is.
    let below = Array(place.utf8).dropFirst(checkout.root.utf8.count + (checkout.root == "/" ? 0 : 1))
    let path = below.isEmpty ? name : below + [UInt8(ascii: "/")] + name
    guard let index = index(of: checkout) else { return nil }
    if index.contains(path) { return File(path: path, state: .tracked) }
    let isIgnored = isIgnored(name, in: Array(below), isDirectory: false, checkout)
    return File(path: path, state: isIgnored ? .ignored : .untracked)
  }

  /// The names in a checkout's index that begin with a dot.
  private func index(of checkout: Checkout) -> IndexNames? {
    if let known = indexes[checkout.gitDirectory] { return known }
    let names = IndexNames(at: checkout.gitDirectory + "/index") { $0.first == UInt8(ascii: ".") }
    indexes[checkout.gitDirectory] = .some(names)
    return names
  }

  /// Whether an entry is ignored, or a directory above it is.
  private func isIgnored(_ name: [UInt8], in directory: [UInt8], isDirectory: Bool, _ checkout: Checkout) -> Bool {
    let root = Array(checkout.root.utf8)
    let path = directory.isEmpty ? root : root + [UInt8(ascii: "/")] + directory
    let outer = IgnoreRules.above(path, in: checkout)
    let own = SmallFile.contents(of: (path + "/.gitignore".utf8).terminated, limit: IgnoreRules.largestFile)
    let rules = own.map { IgnoreRules($0, base: [], outer: outer) } ?? outer
    if rules?.ignores(EntryPath(name), isDirectory: isDirectory) == true { return true }
    guard !directory.isEmpty else { return false }
    let (parent, last) = directory.directoryAndName
    return isIgnored(last, in: Array(parent.dropLast()), isDirectory: true, checkout)
  }
}
