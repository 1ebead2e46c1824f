// Compiles the rule files of a directory into a Swift source file that holds the image as a constant.
//
// Usage: catalogue-compiler PATTERNS-DIRECTORY OUTPUT.swift

import KeywordLint
import RuleCompiler

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

func fail(_ message: String) -> Never {
  var line = "\(message)\n"
  line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(1)
}

/// The image as the text of a string literal: printable ASCII stands for itself.
func literal(_ image: [UInt8]) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(image.count * 11 / 10)
  for scalar in String(decoding: image, as: UTF8.self).unicodeScalars {
    switch scalar {
    case "\"", "\\": text += [UInt8(ascii: "\\"), UInt8(scalar.value)]
    case " "..."~": text.append(UInt8(scalar.value))
    default: text += "\\u{\(String(scalar.value, radix: 16))}".utf8
    }
  }
  return text
}

guard CommandLine.arguments.count == 3 else { fail("usage: catalogue-compiler PATTERNS-DIRECTORY OUTPUT.swift") }
do {
  let library = try RuleLibrary(at: CommandLine.arguments[1])
  let sources = try library.sources()
  let rules = try RuleCompiler.compile(sources, .builtin)
  try KeywordLint.check(sources, rules)
  let source =
    Array("// Compiled from the rule files by catalogue-compiler.\nlet compiledPatterns: StaticString = \"".utf8)
    + literal(try library.image(of: rules)) + Array("\"\n".utf8)
  guard let output = fopen(CommandLine.arguments[2], "wb"), fwrite(source, 1, source.count, output) == source.count,
    fclose(output) == 0
  else { fail("\(CommandLine.arguments[2]): cannot be written") }
} catch {
  fail("\(error)")
}
