import GitHistory
import Testing

@Suite struct CheckoutTests {
  private let id = String(repeating: "1234567890", count: 4)

  @Test func `branch and commit are read from files`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".git/HEAD", "ref: refs/heads/topic/one\n")
    try directory.write(".git/refs/heads/topic/one", id + "\n")
    let found = try #require(Checkout.containing(directory.path + "/a/b"))
    #expect(found.root == directory.path)
    #expect(found.description.branch == "topic/one")
    #expect(found.description.commit == id)
  }

  @Test func `a packed ref and a detached head are understood`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".git/HEAD", "ref: refs/heads/main\n")
    try directory.write(".git/packed-refs", "# pack-refs\n\(id) refs/heads/main\n")
    #expect(Checkout.containing(directory.path)?.description.commit == id)
    try directory.write(".git/HEAD", id + "\n")
    #expect(Checkout.containing(directory.path)?.description.branch == nil)
    #expect(Checkout.containing(directory.path)?.description.commit == id)
  }

  @Test func `a linked work tree finds what it shares`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("main/.git/HEAD", "ref: refs/heads/main\n")
    try directory.write("main/.git/refs/heads/side", id + "\n")
    try directory.write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n")
    try directory.write("main/.git/worktrees/side/commondir", "../..\n")
    try directory.write("side/.git", "gitdir: \(directory.path)/main/.git/worktrees/side\n")
    let found = try #require(Checkout.containing(directory.path + "/side"))
    #expect(found.description.branch == "side")
    #expect(found.description.commit == id)
  }

  @Test func `a reference that points out of the repository is not followed`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".git/HEAD", "ref: refs/../../outside\n")
    try directory.write("outside", id + "\n")
    #expect(Checkout.containing(directory.path)?.description.commit == nil)
  }
}
