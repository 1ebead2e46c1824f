// Memory for objects, used again and again.

/// A piece of memory with an object in it.
struct ObjectBuffer {
  fileprivate(set) var memory: UnsafeMutableRawBufferPointer
  /// Bytes of the object; `ObjectMemory.padding` zeros follow them.
  fileprivate(set) var count: Int

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }
  var room: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: memory[..<count]) }
}

/// Hands out buffers and takes them back; used by one thread.
struct ObjectMemory: ~Copyable {
  /// Readable zeros behind every object.
  static let padding = 256
  /// Bytes that may be in use at once; what needs more is not read.
  private let limit: Int
  /// Bytes that are kept for later use.
  private let keptLimit: Int

  private var free: [UnsafeMutableRawBufferPointer] = []
  private var keptBytes = 0
  private var usedBytes = 0

  init(limit: Int) {
    self.limit = limit
    keptLimit = min(64 << 20, limit / 4)
  }

  deinit { for memory in free { memory.deallocate() } }

  /// A buffer for `count` bytes; nil if that would be more than the limit.
  mutating func take(_ count: Int) -> ObjectBuffer? {
    guard count <= limit - usedBytes else { return nil }
    let needed = count + Self.padding
    var memory: UnsafeMutableRawBufferPointer
    if let found = free.lastIndex(where: { $0.count >= needed }) ?? free.indices.last {
      memory = free.remove(at: found)
      keptBytes -= memory.count
    } else {
      memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
    if memory.count < needed {
      memory.deallocate()
      // Versions of a file grow bit by bit.
      memory = .allocate(byteCount: needed + needed / 4, alignment: 64)
    }
    usedBytes += memory.count
    UnsafeMutableRawBufferPointer(rebasing: memory[count..<needed]).initializeMemory(as: UInt8.self, repeating: 0)
    return ObjectBuffer(memory: memory, count: count)
  }

  mutating func giveBack(_ buffer: ObjectBuffer) {
    usedBytes -= buffer.memory.count
    guard keptBytes + buffer.memory.count <= keptLimit else {
      buffer.memory.deallocate()
      return
    }
    keptBytes += buffer.memory.count
    free.append(buffer.memory)
  }
}
