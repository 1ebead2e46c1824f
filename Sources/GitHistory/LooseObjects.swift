// Loose objects for libgit2, read by ourselves.
//
// libgit2 (1.5 at least) takes the size in an object's head for true and copies what it has inflated of the object, up to
// 64 bytes, into memory of that size: an object that holds more than its head says is written behind the memory's end.
// Every read of libgit2's goes over the object database, so that a backend that is asked first keeps it from that.

internal import CGit2

/// The loose objects of some directories as a backend of an object database; used by one thread at a time, since the
/// database locks.
final class LooseObjects {
  /// libgit2's own backend for a directory, which reads heads as they should be.
  private let heads: [(directory: String, backend: UnsafeMutablePointer<git_odb_backend>)]
  private let inflater = Inflater()

  init(_ directories: [String]) throws(GitError) {
    var heads: [(String, UnsafeMutablePointer<git_odb_backend>)] = []
    for directory in directories {
      var backend: UnsafeMutablePointer<git_odb_backend>?
      try check(git_odb_backend_loose(&backend, directory, 0, 0, 0, 0))
      if let backend { heads.append((directory, backend)) }
    }
    self.heads = heads
  }

  deinit { for head in heads { head.backend.pointee.free(head.backend) } }

  /// What came of reading an object.
  enum Outcome {
    case read(kind: git_object_t, bytes: UnsafeMutableRawPointer, size: Int)
    case notHere
    case damaged
  }

  /// Reads an object into memory of `backend`, which libgit2 frees.
  func read(_ oid: UnsafePointer<git_oid>, for backend: UnsafeMutablePointer<git_odb_backend>) -> Outcome {
    let name = ObjectID(oid.pointee).description
    for (directory, head) in heads {
      guard let file = try? MappedFile("\(directory)/\(name.prefix(2))/\(name.dropFirst(2))") else { continue }
      var size = 0
      var kind = GIT_OBJECT_INVALID
      guard head.pointee.read_header(&size, &kind, head, oid) == 0, let word = Self.word(for: kind),
        let object = inflated(file.bytes, Array("\(word) \(size)\0".utf8), size)
      else { return .damaged }
      defer { object.deallocate() }
      // One byte more, since programs that use libgit2 count on a zero there.
      guard let bytes = git_odb_backend_data_alloc(backend, size + 1) else { return .damaged }
      let contents = UnsafeRawBufferPointer(rebasing: object.dropFirst(object.count - size))
      UnsafeMutableRawBufferPointer(start: bytes, count: size).copyMemory(from: contents)
      bytes.storeBytes(of: 0, toByteOffset: size, as: UInt8.self)
      return .read(kind: kind, bytes: bytes, size: size)
    }
    return .notHere
  }

  private static func word(for kind: git_object_t) -> String? {
    switch kind {
    case GIT_OBJECT_COMMIT: "commit"
    case GIT_OBJECT_TREE: "tree"
    case GIT_OBJECT_BLOB: "blob"
    case GIT_OBJECT_TAG: "tag"
    default: nil
    }
  }

  /// Head and contents of an object; nil unless they are what the head says, to the byte.
  private func inflated(_ stored: UnsafeRawBufferPointer, _ head: [UInt8], _ size: Int)
    -> UnsafeMutableRawBufferPointer?
  {
    guard size >= 0, size / Inflater.greatestRatio <= stored.count else { return nil }
    let object = UnsafeMutableRawBufferPointer.allocate(byteCount: head.count + size, alignment: 16)
    if inflater.inflate(stored, into: object), object.starts(with: head) { return object }
    object.deallocate()
    return nil
  }
}

/// What libgit2 holds: its own part first, so that a pointer to one is a pointer to the other.
private struct Backend {
  var face: git_odb_backend
  let objects: Unmanaged<LooseObjects>
}

extension LooseObjects {
  /// Puts our reader of loose objects before libgit2's.
  static func standBefore(_ repository: OpaquePointer, _ directories: [String]) throws(GitError) {
    let objects = try LooseObjects(ObjectDirectories(directories).paths)
    var database: OpaquePointer?
    try check(git_repository_odb(&database, repository))
    defer { git_odb_free(database) }
    var face = git_odb_backend()
    try check(git_odb_init_backend(&face, UInt32(GIT_ODB_BACKEND_VERSION)))
    face.read = { bytes, size, kind, backend, oid in
      guard let bytes, let size, let kind, let backend, let oid else { return GIT_ERROR.rawValue }
      let objects = UnsafeRawPointer(backend).assumingMemoryBound(to: Backend.self).pointee.objects
      switch objects.takeUnretainedValue().read(oid, for: backend) {
      case .notHere: return GIT_ENOTFOUND.rawValue
      case .damaged:
        git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), "a loose object is not what its head says")
        return GIT_ERROR.rawValue
      case .read(let type, let memory, let length): (kind.pointee, bytes.pointee, size.pointee) = (type, memory, length)
      }
      return 0
    }
    face.free = { backend in
      guard let backend else { return }
      let own = UnsafeMutableRawPointer(backend).assumingMemoryBound(to: Backend.self)
      own.pointee.objects.release()
      own.deinitialize(count: 1)
      own.deallocate()
    }
    let backend = UnsafeMutablePointer<Backend>.allocate(capacity: 1)
    backend.initialize(to: Backend(face: face, objects: .passRetained(objects)))
    let added = UnsafeMutableRawPointer(backend).assumingMemoryBound(to: git_odb_backend.self)
    do throws(GitError) {
      // Backends of higher numbers are asked first; libgit2's own have 1 and 2.
      try check(git_odb_add_backend(database, added, 100))
    } catch {
      face.free(added)
      throw error
    }
  }
}
