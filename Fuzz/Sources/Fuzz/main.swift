// Fuzz list                          names of the targets
// Fuzz seed TARGET DIRECTORY         writes the inputs to begin with, and the words, into a directory
// Fuzz TARGET [LIBFUZZER-OPTION …]   fuzzes

import CFuzzer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Set before the first input comes, and not changed from then on.
nonisolated(unsafe) var current: (any FuzzTarget)?
nonisolated(unsafe) var kept: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

func fail(_ message: String) -> Never {
  Scratch.write(Array("fuzz: \(message)\n".utf8), to: STDERR_FILENO)
  exit(2)
}

func target(_ name: String) -> any FuzzTarget.Type {
  guard let found = targets.first(where: { $0.name == name }) else {
    fail("there is no target “\(name)”; give one of \(targets.map { $0.name }.joined(separator: ", "))")
  }
  return found
}

func fuzz(_ target: any FuzzTarget.Type) -> Int32 {
  current = target.init()
  // libFuzzer takes the arguments behind the target's name; they stay for as long as the process lives.
  let arguments = ["fuzz", "-max_len=\(target.longest)"] + CommandLine.arguments.dropFirst(2)
  let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
  for (number, argument) in arguments.enumerated() { list[number] = strdup(argument) }
  list[arguments.count] = nil
  var count = Int32(arguments.count)
  kept = list
  var start: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
  return LLVMFuzzerRunDriver(&count, &start) { bytes, count in
    current?.run(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
  }
}

switch CommandLine.arguments.dropFirst().first {
case "list": for target in targets { print(target.name) }
case "seed" where CommandLine.arguments.count == 4:
  let chosen = target(CommandLine.arguments[2])
  Seeds(of: chosen).write(to: CommandLine.arguments[3])
case let name?: exit(fuzz(target(name)))
case nil: fail("usage: list | seed TARGET DIRECTORY | TARGET [LIBFUZZER-OPTION …]")
}
