// Repositories, with all that git would refuse.

import Foundation

extension HostileCase {
  private static let history = ["--history", "."]

  static let repositories: [HostileCase] = [
    HostileCase(
      .repository, "commands at every key of its configuration, in attributes and as hooks",
      Outcome(status: 1, findings: 2, scanned: 5, skipped: ["builtin": 1]), history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.write(".gitattributes", "* filter=x diff=x merge=x\n")
      try place.commit()
      try place.shell("git mv a.txt b.txt; git commit -q -m two")
      try place.setTraps()
    },
    HostileCase(
      .repository, "a pack that was cut short",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1],
        incomplete: .init(repeating: "the object", count: 60)), history
    ) { place in
      try place.packed()
      try place.shell("cd .git/objects/pack; chmod u+w *.pack; truncate -s 100 *.pack")
    },
    HostileCase(
      .repository, "a pack that becomes shorter while it is read", nil, history,
      build: { try $0.packed(versions: 400) },
      change: { place in
        usleep(60_000)
        _ = try? place.shell("cd .git/objects/pack; chmod u+w *.pack; truncate -s 4096 *.pack")
      }),
    HostileCase(
      .repository, "a pack with a bit that flipped in an object",
      Outcome(status: 3, findings: 1, scanned: 3, skipped: ["builtin": 1], incomplete: ["the object"]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      try place.shell("git repack -a -d -q; chmod u+w .git/objects/pack/*.pack")
      // The blob is the last object of so small a pack; twenty bytes of sum follow it.
      let name = try place.shell("ls .git/objects/pack/*.pack").split(separator: "\n").map(String.init)[0]
      var pack = try place.read(name)
      pack[pack.count - 60] ^= 0x10
      try place.write(name, pack)
    },
    HostileCase(
      .repository, "a pack index that was cut short",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1],
        incomplete: ["is not a pack index", "what HEAD names", "what refs/heads/main names"]), history
    ) { place in
      try place.packed()
      try place.shell("cd .git/objects/pack; chmod u+w *.idx; truncate -s 1070 *.idx")
    },
    HostileCase(
      .repository, "a pack index with offsets that lead outside of the pack",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1], incomplete: ["its entry in a pack is damaged"]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      var pack = PackWriter()
      pack.add(.blob, 1, Array(HostilePlace.line.utf8))
      try place.write(pack: pack)
      let name = ".git/objects/pack/pack-\(String(repeating: "ab", count: 20)).idx"
      var index = try place.read(name)
      index[index.count - 44] = 0x7F
      try place.write(name, index)
    },
    HostileCase(
      .repository, "differences that are differences from each other, and from themselves",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1],
        incomplete: .init(repeating: "its entry in a pack is damaged", count: 3)),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      let delta = PackWriter.delta(from: 10, to: 10, [0x90, 10])
      var pack = PackWriter()
      pack.add(.nameDelta, 1, delta, base: PackWriter.name(2))
      pack.add(.nameDelta, 2, delta, base: PackWriter.name(1))
      pack.add(.nameDelta, 3, delta, base: PackWriter.name(3))
      try place.write(pack: pack)
    },
    HostileCase(
      .repository, "a chain of 3,000 differences",
      Outcome(status: 1, findings: 3_001, scanned: 3_002, skipped: ["builtin": 1]), history
    ) { place in
      try place.start()
      let line = Array(HostilePlace.line.utf8)
      var pack = PackWriter()
      pack.add(.blob, 0, line)
      let delta = PackWriter.delta(from: line.count, to: line.count, [0x90, UInt8(line.count)])
      for number in 1...3_000 { pack.add(.nameDelta, number, delta, base: PackWriter.name(number - 1)) }
      try place.write(pack: pack)
    },
    HostileCase(
      .repository, "a difference of 1 MB that makes 10 GB",
      Outcome(scanned: 2, skipped: ["too_large": 1, "builtin": 1]), history
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, [UInt8](repeating: 0x61, count: 65_536))
      let copies = [[UInt8]](repeating: [0x80], count: 150_000).flatMap(\.self)
      pack.add(
        .nameDelta, 2, PackWriter.delta(from: 65_536, to: 65_536 * 150_000, copies), base: PackWriter.name(1))
      try place.write(pack: pack)
    },
    HostileCase(
      .repository, "objects that say they are 4 GB, and 1 byte, and are neither",
      Outcome(status: 3, scanned: 1, skipped: ["too_large": 1, "builtin": 1], incomplete: ["the object"]), history
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, Array(HostilePlace.line.utf8), size: 1 << 32)
      pack.add(.blob, 2, Array(HostilePlace.line.utf8), size: 1)
      try place.write(pack: pack)
    },
    HostileCase(
      .repository, "loose objects that are not of the kind, or not as long, as their heads say",
      Outcome(
        status: 3, findings: 1, scanned: 3, skipped: ["builtin": 1],
        incomplete: .init(repeating: "the object", count: 9)), history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      let heads = [
        "blob 1\0", "blob 0\0", "blob 60\0", "tree 5\0", "commit 2\0", "tag 9\0", "blob 01\0", "blob", "thing 48\0",
      ]
      for head in heads { _ = try place.writeLoose(head) }
    },
    HostileCase(
      .repository, "a HEAD whose commit is longer than its head says",
      Outcome(status: 3, incomplete: ["the git repository"]),
      ["--staged", "."]
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.shell("git add a.txt")
      try place.write(".git/refs/heads/main", try place.writeLoose("commit 9\0") + "\n")
    },
    HostileCase(
      .repository, "a blob of 64 MB of zeros in 64 kB (2 GB by hand)",
      Outcome(status: 0, scanned: 1, skipped: ["too_large": 1, "builtin": 1]), history
    ) { place in
      try place.start()
      try place.shell(
        "head -c 67108864 /dev/zero | git hash-object -w --stdin >/dev/null; git repack -q -d -a --keep-unreachable")
    },
    HostileCase(
      .repository, "trees whose names lead out of them, hold slashes and line breaks, and are .git",
      Outcome(status: 1, findings: 6, scanned: 2, skipped: ["builtin": 1]), history
    ) { place in
      try place.start()
      let blob = Array(HostilePlace.line.utf8)
      var pack = PackWriter()
      pack.add(.blob, 1, blob)
      let names = ["../../etc/passwd", "..", "/etc/passwd", ".git", "a\nb\u{1B}[31m", "sub/dir/x"]
      pack.add(.tree, 2, PackWriter.tree(names.sorted().map { ("100644", $0, 1) }))
      pack.add(.commit, 3, place.commit(ofTree: 2))
      try place.write(pack: pack)
      try place.setHead(3)
    },
    HostileCase(
      .repository, "a tree that holds itself, and a commit that is its own parent",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1],
        incomplete: ["a tree stands in itself", "is its own ancestor"]), history
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, Array(HostilePlace.line.utf8))
      pack.add(.tree, 2, PackWriter.tree([("100644", "a", 1), ("40000", "d", 2), ("40000", "e", 2)]))
      pack.add(.commit, 3, place.commit(ofTree: 2, parents: [3]))
      try place.write(pack: pack)
      try place.setHead(3)
    },
    HostileCase(
      .repository, "commits that are each other's parents, and their child",
      Outcome(
        status: 3, findings: 2, scanned: 3, skipped: ["builtin": 1], incomplete: ["is its own ancestor"]), history
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, Array(HostilePlace.line.utf8))
      pack.add(.blob, 2, Array(("second " + HostilePlace.line).utf8))
      pack.add(.tree, 3, PackWriter.tree([("100644", "a", 1)]))
      pack.add(.tree, 4, PackWriter.tree([("100644", "b", 2)]))
      pack.add(.commit, 5, place.commit(ofTree: 3, parents: [6]))
      pack.add(.commit, 6, place.commit(ofTree: 4, parents: [5]))
      pack.add(.commit, 7, place.commit(ofTree: 4, parents: [6]))
      try place.write(pack: pack)
      try place.setHead(7)
    },
    HostileCase(
      .repository, "trees that stand in each other, which no commit names",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1], incomplete: ["a tree stands in itself"]), history
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, Array(HostilePlace.line.utf8))
      pack.add(.tree, 2, PackWriter.tree([("100644", "a", 1), ("40000", "d", 3)]))
      pack.add(.tree, 3, PackWriter.tree([("40000", "d", 2)]))
      try place.write(pack: pack)
    },
    HostileCase(
      .repository, "2 to the power of 30 paths to one blob",
      Outcome(status: 3, findings: 2_000, scanned: 2, skipped: ["builtin": 1], incomplete: ["too many paths"]), history
    ) { try $0.writeManyPaths() },
    HostileCase(
      .repository, "2 to the power of 30 paths to one blob, as a range of commits",
      Outcome(status: 3, findings: 2_000, scanned: 2_000, incomplete: ["too many paths"]),
      ["--since", "2000-01-01", "."]
    ) { try $0.writeManyPaths() },
    HostileCase(
      .repository, "a tree that holds itself, as a range of commits",
      Outcome(status: 3, findings: 1, scanned: 1, incomplete: ["a tree stands in itself"]),
      ["--since", "2000-01-01", "."]
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, Array(HostilePlace.line.utf8))
      pack.add(.tree, 2, PackWriter.tree([("100644", "a", 1), ("40000", "d", 2), ("40000", "e", 2)]))
      pack.add(.commit, 3, place.commit(ofTree: 2))
      try place.write(pack: pack)
      try place.setHead(3)
    },
    HostileCase(
      .repository, "a tree of 50,000 entries (a million by hand)",
      Outcome(status: 1, findings: 1, scanned: 3, skipped: ["builtin": 1]), history
    ) { place in
      try place.start()
      var pack = PackWriter()
      pack.add(.blob, 1, Array("plain\n".utf8))
      pack.add(.blob, 2, Array(HostilePlace.line.utf8))
      let plain = (0..<50_000).map { (mode: "100644", name: "f\(100_000 + $0)", object: 1) }
      pack.add(.tree, 3, PackWriter.tree(plain + [("100644", "z", 2)]))
      pack.add(.commit, 4, place.commit(ofTree: 3))
      try place.write(pack: pack)
      try place.setHead(4)
    },
    HostileCase(
      .repository, "a .git that is a link", Outcome(status: 1, findings: 1, scanned: 2, skipped: ["symbolic_link": 1]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      try place.shell("mv .git ../moved; ln -s ../moved .git")
    },
    HostileCase(
      .repository, "alternates in a circle and to nowhere",
      Outcome(
        status: 3, findings: 1, scanned: 4, skipped: ["builtin": 2], incomplete: ["No such file or directory"]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      try place.shell(
        """
        git init -q other; mkdir -p other/.git/objects/info; rm -rf other/.git/hooks
        echo "$PWD/other/.git/objects" >.git/objects/info/alternates
        (echo "$PWD/.git/objects"; echo /nowhere/objects) >other/.git/objects/info/alternates
        """)
    },
    HostileCase(
      .repository, "100,000 references, one that names itself, one of 100 GB",
      Outcome(
        status: 3, findings: 2, scanned: 4, skipped: ["builtin": 1], incomplete: ["the reference refs/heads/loop"]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      try place.shell("git mv a.txt b.txt; echo more >>b.txt; git commit -q -a -m two")
      try place.shell(
        """
        id=$(git rev-parse HEAD)
        (echo '# pack-refs with: peeled fully-peeled sorted'; seq 100000 199999 | sed "s|^|$id refs/heads/b|") >.git/packed-refs
        echo 'ref: refs/heads/loop' >.git/refs/heads/loop
        truncate -s 100G .git/refs/heads/huge
        """)
    },
    HostileCase(
      .repository, "a named pipe where git keeps its references",
      Outcome(status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1], incomplete: ["is a named pipe"]), history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      try place.shell("mkfifo .git/packed-refs")
    },
    HostileCase(
      .repository, "a configuration that includes a named pipe and a device",
      Outcome(
        status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1, "special": 1], incomplete: ["is a named pipe"]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.shell("mkfifo pipe; printf '[include]\\n\\tpath = /dev/zero\\n\\tpath = ../pipe\\n' >>.git/config")
    },
    HostileCase(
      .repository, "a reference to a revision that is not there, an index and a HEAD of noise",
      Outcome(status: 3, findings: 1, scanned: 2, skipped: ["builtin": 1], incomplete: ["what refs/heads/gone names"]),
      history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.shell(
        "head -c 5000 /bin/sh >.git/index; echo \(String(repeating: "c", count: 40)) >.git/refs/heads/gone")
    },
    HostileCase(
      .repository, "an index of noise beside a history that holds a secret",
      Outcome(status: 3, findings: 2, scanned: 5, skipped: ["builtin": 1], incomplete: ["the index: "]), history
    ) { place in
      try place.start()
      try place.write("a.txt")
      try place.commit()
      try place.shell("printf 'a = 1\\n' >a.txt; git commit -q -a -m two; head -c 5000 /bin/sh >.git/index")
      try place.write("b.txt")
    },
  ]
}

extension HostilePlace {
  func start() throws { try shell("git init -q --initial-branch=main .; rm -rf .git/hooks .git/info") }

  func commit() throws { try shell("git add -A; git commit -q -m one") }

  /// A repository of one file in many versions, in one pack; the file's last version is written, too.
  func packed(versions: Int = 20) throws {
    try start()
    try shell(
      """
      for n in $(seq \(versions)); do
        (seq $n 400; printf '%s' "$LINE") >a.txt; git add a.txt; git commit -q -m $n
      done
      git repack -a -d -q
      """)
  }

  func commit(ofTree tree: Int, parents: [Int] = []) -> [UInt8] {
    let lines =
      ["tree \(PackWriter.hexadecimal(PackWriter.name(tree)))"]
      + parents.map { "parent \(PackWriter.hexadecimal(PackWriter.name($0)))" }
    let person = "A <a@b> 1600000000 +0000"
    return Array((lines + ["author \(person)", "committer \(person)", "", "one\n"]).joined(separator: "\n").utf8)
  }

  /// Writes a loose object of 48 bytes behind a head of its own and returns its name, which is right.
  func writeLoose(_ head: String) throws -> String {
    let text = head + String(repeating: "A", count: 48)
    let printed = text.replacingOccurrences(of: "\0", with: "\\0")
    let name = String(try shell("printf '\(printed)' | sha1sum").prefix(40))
    try write(".git/objects/\(name.prefix(2))/\(name.dropFirst(2))", PackWriter.stored(Array(text.utf8)))
    return name
  }

  func setHead(_ commit: Int) throws {
    try write(".git/refs/heads/main", PackWriter.hexadecimal(PackWriter.name(commit)) + "\n")
  }

  /// Names a program that leaves a trace wherever git would run one.
  func setTraps() throws {
    let keys = [
      "core.fsmonitor", "core.pager", "core.editor", "core.askPass", "core.sshCommand", "core.gitProxy",
      "core.alternateRefsCommand", "diff.external", "diff.x.command", "diff.x.textconv", "filter.x.clean",
      "filter.x.smudge", "filter.x.process", "merge.x.driver", "credential.helper", "gpg.program", "gpg.ssh.program",
      "sequence.editor", "uploadpack.packObjectsHook", "remote.origin.uploadpack", "remote.origin.vcs", "alias.status",
      "difftool.x.cmd", "mergetool.x.cmd", "interactive.diffFilter", "pager.log", "trailer.x.command", "web.browser",
    ]
    let trap = path + "/trap"
    try Data("#!/bin/sh\ntouch '\(path)/trapped'\n".utf8).write(to: URL(fileURLWithPath: trap))
    chmod(trap, 0o755)
    let sets = keys.map { "git config --file .git/config \($0) '\(trap)'" }.joined(separator: "\n")
    try shell(
      sets + """

        git config --file .git/config filter.x.required true
        mkdir .git/traps
        for hook in pre-commit post-index-change reference-transaction post-checkout fsmonitor-watchman pre-auto-gc; do
          cp '\(trap)' .git/traps/$hook
        done
        git config --file .git/config core.hooksPath "$PWD/.git/traps"
        """)
  }
}

extension HostilePlace {
  /// A commit of a tree that names one blob at 2 to the power of 30 paths.
  fileprivate func writeManyPaths() throws {
    try start()
    var pack = PackWriter()
    pack.add(.blob, 1, Array(HostilePlace.line.utf8))
    pack.add(.tree, 2, PackWriter.tree([("100644", "a", 1)]))
    for level in 3...32 {
      pack.add(.tree, level, PackWriter.tree([("40000", "d", level - 1), ("40000", "e", level - 1)]))
    }
    pack.add(.commit, 40, commit(ofTree: 32))
    try write(pack: pack)
    try setHead(40)
  }
}
