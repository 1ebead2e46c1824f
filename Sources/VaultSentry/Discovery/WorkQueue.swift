// What is still to be done, shared by the workers.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A stack of work that grows while it is worked off. Workers wait when it is empty until nothing is left anywhere.
final class WorkQueue<Item: Sendable>: @unchecked Sendable {
  // Every access to the fields below happens under the mutex.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var items: [Item]
  private var active = 0

  init(_ items: [Item]) {
    self.items = items.reversed()
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Takes the latest item, waiting for one if others are still at work; nil when everything is done.
  ///
  /// The worker that got an item calls `finish(adding:)` when it is done with it.
  func next() -> Item? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let item = items.popLast() {
        active += 1
        return item
      }
      if active == 0 { return nil }
      pthread_cond_wait(changed, mutex)
    }
  }

  /// Ends an item's work and adds what came out of it; the first of `more` is taken next.
  func finish(adding more: [Item]) {
    pthread_mutex_lock(mutex)
    items.append(contentsOf: more.reversed())
    active -= 1
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Forgets everything that nobody has begun.
  func clear() {
    pthread_mutex_lock(mutex)
    items.removeAll()
    pthread_mutex_unlock(mutex)
  }
}
