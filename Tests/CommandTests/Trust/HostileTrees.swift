// Trees of files.

import Foundation

extension HostileCase {
  static let trees: [HostileCase] = [
    HostileCase(
      .tree, "names with line breaks, escape sequences, marks of direction, bytes that are not UTF-8, 255 bytes",
      Outcome(status: 1, findings: 10, scanned: 10)
    ) { place in
      let names: [[UInt8]] = [
        Array("new\nline".utf8), Array("\u{1B}[31m\u{1B}]0;x\u{07}".utf8), Array("\u{202E}txt.exe".utf8),
        [0x6C, 0xE9, 0xFF, 0xC0, 0x80], Array("..\\..\\etc\\passwd".utf8), Array("-rf".utf8),
        Array("%2e%2e%2fpasswd".utf8), Array("::error file=x::y".utf8), Array("=cmd()|x".utf8),
        [UInt8](repeating: 0x6E, count: 255),
      ]
      for name in names { try place.write(name, Array(HostilePlace.line.utf8)) }
    },
    HostileCase(
      .tree, "10,000 directories one in another, two more beside each",
      Outcome(status: 1, findings: 2, scanned: 2)
    ) { place in
      try place.write("z.txt")
      var parent = open(place.path + "/case", O_RDONLY | O_DIRECTORY)
      for _ in 0..<10_000 {
        for name in ["a", "d", "e"] { mkdirat(parent, name, 0o755) }
        let child = openat(parent, "d", O_RDONLY | O_DIRECTORY)
        close(parent)
        parent = child
      }
      let file = openat(parent, "secret.txt", O_WRONLY | O_CREAT, 0o644)
      _ = HostilePlace.line.withCString { Foundation.write(file, $0, strlen($0)) }
      close(file)
      close(parent)
    },
    HostileCase(
      .tree, "20,000 files in one directory (a million by hand)", Outcome(status: 1, findings: 1, scanned: 20_000)
    ) { place in
      try place.shell("seq 1 19999 | xargs -n 1000 sh -c 'for n; do echo $n >f$n; done' -")
      try place.write("zz")
    },
    HostileCase(
      .tree, "links: to themselves, in circles, to nowhere, to / and out of the tree",
      Outcome(status: 1, findings: 1, scanned: 1, skipped: ["symbolic_link": 7])
    ) { place in
      try place.write("sub/a.txt")
      try Data(HostilePlace.line.utf8).write(to: URL(fileURLWithPath: place.path + "/outside.txt"))
      try place.shell(
        """
        ln -s self self; ln -s b a; ln -s a b; ln -s nowhere dangling; ln -s / root; ln -s ../outside.txt out
        ln -s .. sub/up
        """)
    },
    HostileCase(
      .tree, "named pipes and sockets, as an ignore file, too",
      Outcome(status: 1, findings: 1, scanned: 1, skipped: ["special": 3])
    ) { place in
      try place.write("a.txt")
      try place.shell("mkfifo pipe .gitignore")
      try place.bindSocket("socket")
    },
    HostileCase(
      .tree, "files that grow, shrink, vanish and turn into pipes, links and directories while they are read", nil,
      build: { place in
        for number in 0..<3_000 { try place.write("d\(number % 30)/f\(number)", HostilePlace.line + "more\n") }
      }, change: { $0.stir(files: 3_000) }),
    HostileCase(
      .tree, "files and directories that may not be read",
      Outcome(status: 3, findings: 1, scanned: 1, incomplete: ["permission denied", "permission denied"]),
      prelude: getuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups" : ""
    ) { place in
      try place.write("a.txt")
      try place.write("closed.txt")
      try place.write("closed/b.txt")
      chmod(place.path + "/case/closed.txt", 0)
      chmod(place.path + "/case/closed", 0)
    },
    HostileCase(
      .tree, "sparse files of 100 GB, one that begins with text",
      Outcome(status: 0, skipped: ["binary": 1, "too_large": 1])
    ) { place in
      try place.write("hole", "")
      try place.write("text", [UInt8](repeating: 0x78, count: 300_000))
      for name in ["hole", "text"] { truncate(place.path + "/case/" + name, 100 << 30) }
    },
    HostileCase(
      .tree, "one line of 24 MB (1 GB by hand) with secrets at its start, in its middle and at its end",
      Outcome(status: 1, findings: 3, scanned: 1), [".", "--max-file-size", "1GB"]
    ) { place in
      let line = Array(HostilePlace.line.dropLast().utf8)
      let other = Array("key = \(CommandDirectory.otherToken)".utf8)
      let filler = [UInt8](repeating: UInt8(ascii: " "), count: 12_000_000)
      try place.write("line.txt", line + filler + other + filler + line)
    },
    HostileCase(
      .tree, "every byte value around a secret", Outcome(status: 1, findings: 255, scanned: 255, skipped: ["binary": 2])
    ) { place in
      for byte in UInt8.min...UInt8.max {
        let noise = [UInt8](repeating: byte, count: 50)
        try place.write("b\(byte)", noise + [10] + Array(HostilePlace.line.utf8) + noise)
      }
      try place.write("all", (UInt8.min...UInt8.max) + Array(HostilePlace.line.utf8))
    },
    HostileCase(
      .tree, "UTF-16 with half units, lone surrogates and nothing behind its mark",
      Outcome(status: 1, findings: 4, scanned: 5)
    ) { place in
      let little = HostilePlace.line.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
      let big = HostilePlace.line.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
      try place.write("whole", [0xFF, 0xFE] + little)
      try place.write("half", [0xFF, 0xFE] + little + [0x78])
      try place.write("lone", [0xFF, 0xFE, 0x00, 0xD8] + little + [0x00, 0xDC, 0x00, 0xDC])
      try place.write("big", [0xFE, 0xFF] + big + [0xD8])
      try place.write("mark", [0xFF, 0xFE])
    },
    HostileCase(
      .tree, "ignore files of stars, of 10,000 lines and with what is no pattern",
      Outcome(status: 1, findings: 2, scanned: 3, skipped: ["binary": 1])
    ) { place in
      let name = String(repeating: "a", count: 200)
      try place.write(name)
      try place.write(".gitignore", String(repeating: "*a", count: 60) + "b\n[[[\n\\\n!\n[a-\n\u{0}\n")
      try place.write("sub/.gitignore", (0..<10_000).map { "**/x\($0)*/**\n" }.joined())
      try place.write("sub/" + name)
    },
    HostileCase(
      .tree, "a rule of one's own whose pattern explodes",
      Outcome(status: 3, findings: 1, scanned: 2, incomplete: ["a match limit was reached by own-exploding"]),
      [".", "--rules", "../own.toml"]
    ) { place in
      try Data(exploding.utf8).write(to: URL(fileURLWithPath: place.path + "/own.toml"))
      try place.write("a.txt")
      try place.write("bomb.txt", "boom" + String(repeating: "a", count: 400) + "!b\n")
    },
    HostileCase(
      .tree, "bare repositories planted in it, with hooks and commands in their configuration",
      Outcome(status: 1, findings: 1, scanned: 7, skipped: ["builtin": 1])
    ) { place in
      try place.write("a.txt")
      try place.write("planted/HEAD", "ref: refs/heads/main\n")
      try place.write("planted/objects/x", "x\n")
      try place.write("planted/refs/x", "x\n")
      try place.write("planted/config", "[core]\n\tbare = true\n\tfsmonitor = touch \(place.path)/trapped\n")
      try place.write("planted/hooks/post-checkout", "#!/bin/sh\ntouch \(place.path)/trapped\n")
      try place.write(".git/config", "[core]\n\tfsmonitor = touch \(place.path)/trapped\n")
    },
    HostileCase(
      .tree, "a .git that leads out of the tree, and one that is a pipe",
      Outcome(status: 1, findings: 2, scanned: 3, skipped: ["symbolic_link": 1, "special": 1])
    ) { place in
      for name in ["a", "b"] { try place.write("\(name)/x.txt") }
      try place.shell("ln -s /etc a/.git; mkfifo b/.git; mkdir c; echo 'gitdir: /dev/zero' >c/.git")
    },
  ]

  /// Runs into PCRE2's limits behind its keyword.
  private static let exploding = #"""
    provider = "Own"
    homepage = "https://example.invalid"
    rotate = "https://example.invalid"

    [[rules]]
    id = "own-exploding"
    name = "Explodes"
    severity = "low"
    category = "generic"
    keywords = ["boom"]
    pattern = '''boom(?:a{1,40}a{0,40}){1,40}b'''
    remediation = ["Nothing."]
    references = ["https://example.invalid"]
    [[rules.match]]
    text = '«boomaab»'
    [[rules.no_match]]
    text = 'boom'
    why = "no end"
    """#
}

extension HostilePlace {
  /// Makes a socket file by the shortest way to its name, which is limited to some hundred bytes.
  func bindSocket(_ name: String) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let short = "/tmp/vs-\(UUID().uuidString.prefix(18))"
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: short.utf8) }
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0, rename(short, path + "/case/" + name) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  }

  /// Changes files for as long as a scan may take.
  func stir(files: Int) {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let number = Int.random(in: 0..<files, using: &random)
      let file = "\(path)/case/d\(number % 30)/f\(number)"
      switch Int.random(in: 0..<6, using: &random) {
      case 0: unlink(file)
      case 1: truncate(file, 3)
      case 2: truncate(file, 400_000)
      case 3:
        unlink(file)
        mkfifo(file, 0o600)
      case 4:
        unlink(file)
        symlink("/etc/passwd", file)
      default:
        unlink(file)
        mkdir(file, 0o755)
      }
    }
  }
}
