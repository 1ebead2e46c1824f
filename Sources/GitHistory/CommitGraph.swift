// Every commit that the repository remembers, from the oldest on.

/// Something that a repository names but does not have, or that does not read as what it should be.
package struct MissingObject: Sendable {
  package let id: ObjectID
  /// What was to be read, in words: `the commit`.
  package let what: String
  package let reason: String
}

/// Where a walk through history starts.
struct Tip {
  let id: ObjectID
  /// Stands for a path where a reference names a blob.
  let name: String
  /// Whether it may be gone: reflogs outlive what they name.
  let isOptional: Bool
}

extension Repository {
  /// References of all kinds (branches, tags, remotes, stash, notes), HEADs and reflogs.
  func tips() throws(GitError) -> [Tip] {
    var tips: [Tip] = []
    for name in try ["HEAD"] + referenceNames() {
      do throws(GitError) {
        tips.append(Tip(id: try id(ofReference: name), name: name, isOptional: false))
      } catch {
        // A symbolic reference to a branch that does not exist (yet).
        if error.code != .notFound { throw error }
      }
    }
    let remembered =
      RepositoryFiles.headIDs(commonDirectory: commonDirectory)
      + RepositoryFiles.loggedIDs(commonDirectory: commonDirectory)
    return tips + remembered.map { Tip(id: $0, name: $0.description, isOptional: true) }
  }
}

/// Commits with their parents, numbered as they were come upon.
package struct CommitGraph: Sendable {
  private var table = ObjectIDTable()
  /// By number.
  private(set) var trees: [ObjectID] = []
  /// By number; seconds since 1970 at which the commit was made.
  private var times: [Int64] = []
  private var parents: [[Int32]] = []
  /// Numbers, oldest first, parents always before their children.
  private(set) var oldestFirst: [Int] = []
  /// Trees and blobs that a reference names itself, without a commit.
  private(set) var looseTips: [(id: ObjectID, kind: ObjectKind, name: String)] = []
  package private(set) var missing: [MissingObject] = []

  package var count: Int { trees.count }

  func id(_ number: Int) -> ObjectID { table.ids[number] }

  /// - Parameter shallow: commits whose parents are followed only as far as they are there.
  init(tips: [Tip], shallow: Set<ObjectID>, _ reader: borrowing ObjectReader, isCancelled: () -> Bool) {
    var seen = Set<ObjectID>()
    var pending: [ObjectID] = []
    for tip in tips where seen.insert(tip.id).inserted {
      if let commit = resolve(tip, reader) { pending.append(commit) }
    }
    var lost = Set<ObjectID>()
    var links: [(child: Int, parent: ObjectID)] = []
    while let id = pending.popLast(), !isCancelled() {
      if table.number(of: id) != nil || lost.contains(id) { continue }
      guard let header = read(id, reader) else {
        lost.insert(id)
        continue
      }
      let number = table.insert(id).number
      trees.append(header.tree)
      times.append(header.time)
      parents.append([])
      for parent in header.parents {
        links.append((number, parent))
        if !shallow.contains(id) || reader.has(parent) { pending.append(parent) }
      }
    }
    for link in links {
      if let parent = table.number(of: link.parent) { parents[link.child].append(Int32(parent)) }
    }
    sort()
  }

  /// The commit a tip stands for; other things it may name are noted.
  private mutating func resolve(_ tip: Tip, _ reader: borrowing ObjectReader) -> ObjectID? {
    var id = tip.id
    // A tag may name a tag; a chain of more than this is nobody's work.
    for _ in 0..<64 {
      do throws(GitError) {
        let (kind, target) = try reader.read(id) { kind, bytes in
          (kind, kind == .tag ? ObjectHeader(bytes).id("object") : nil)
        }
        switch kind {
        case .commit: return id
        case .tag:
          guard let target else { return nil }
          id = target
        case .tree, .blob:
          looseTips.append((id, kind, tip.name))
          return nil
        case .unknown: return nil
        }
      } catch {
        if !tip.isOptional {
          missing.append(MissingObject(id: id, what: "what \(tip.name) names", reason: error.description))
        }
        return nil
      }
    }
    return nil
  }

  private mutating func read(_ id: ObjectID, _ reader: borrowing ObjectReader) -> CommitHeader? {
    var reason = "is not a commit"
    do throws(GitError) {
      let header = try reader.read(id) { kind, bytes in kind == .commit ? CommitHeader(bytes) : nil }
      if let header { return header }
    } catch {
      reason = error.description
    }
    missing.append(MissingObject(id: id, what: "the commit", reason: reason))
    return nil
  }

  /// Orders by time, where a commit counts as no older than its parents, then by distance from the first one.
  private mutating func sort() {
    var waiting = parents.map(\.count)
    var children = [[Int32]](repeating: [], count: count)
    for (child, parents) in parents.enumerated() {
      for parent in parents { children[Int(parent)].append(Int32(child)) }
    }
    var ready = (0..<count).filter { waiting[$0] == 0 }
    var generation = [Int](repeating: 0, count: count)
    var time = times
    var at = 0
    while at < ready.count {
      let parent = ready[at]
      at += 1
      for child in children[parent].map(Int.init) {
        time[child] = max(time[child], time[parent])
        generation[child] = max(generation[child], generation[parent] + 1)
        waiting[child] -= 1
        if waiting[child] == 0 { ready.append(child) }
      }
    }
    oldestFirst = ready.sorted { left, right in
      if time[left] != time[right] { return time[left] < time[right] }
      if generation[left] != generation[right] { return generation[left] < generation[right] }
      return id(left) < id(right)
    }
  }
}

/// The lines at the start of a commit or a tag.
struct ObjectHeader {
  private let bytes: UnsafeRawBufferPointer

  /// - Parameter bytes: have to stay for as long as the header is used.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The values of all lines with a key.
  func values(_ key: String) -> [Slice<UnsafeRawBufferPointer>] {
    var values: [Slice<UnsafeRawBufferPointer>] = []
    let key = Array((key + " ").utf8)
    var rest = bytes[...]
    while let first = rest.first, first != UInt8(ascii: "\n") {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      if rest.starts(with: key) { values.append(rest[(rest.startIndex + key.count)..<end]) }
      rest = rest[min(end + 1, rest.endIndex)...]
    }
    return values
  }

  func id(_ key: String) -> ObjectID? { values(key).first.flatMap { ObjectID(hex: $0) } }
}

/// The part of a commit that links it to others.
private struct CommitHeader {
  let tree: ObjectID
  let parents: [ObjectID]
  /// Seconds since 1970.
  let time: Int64

  init?(_ bytes: UnsafeRawBufferPointer) {
    let header = ObjectHeader(bytes)
    guard let tree = header.id("tree") else { return nil }
    self.tree = tree
    parents = header.values("parent").compactMap { ObjectID(hex: $0) }
    time = header.values("committer").first.map { Signature($0).time } ?? 0
  }
}

/// Who did something, and when.
package struct Signature: Sendable, Hashable {
  package let name: String
  package let email: String
  /// Seconds since 1970.
  package let time: Int64

  /// The end of the year 9999; later dates have no form in reports.
  private static let latestTime: Int64 = 253_402_300_799

  /// Reads `Name <e-mail> seconds zone`; what is not there stays empty, and times before 1970 become 1970.
  init(_ line: some BidirectionalCollection<UInt8>) {
    let open = line.firstIndex(of: UInt8(ascii: "<")) ?? line.endIndex
    let close = line.lastIndex(of: UInt8(ascii: ">")) ?? line.endIndex
    let name = String(decoding: line[..<open], as: UTF8.self)
    self.name = name.hasSuffix(" ") ? String(name.dropLast()) : name
    guard open < close, close < line.endIndex else {
      (email, time) = ("", 0)
      return
    }
    email = String(decoding: line[line.index(after: open)..<close], as: UTF8.self)
    let rest = line[line.index(after: close)...].split(separator: UInt8(ascii: " "))
    let seconds = rest.first.flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0
    time = min(max(seconds, 0), Self.latestTime)
  }
}
