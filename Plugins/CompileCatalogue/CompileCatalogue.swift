// Compiles `patterns/` whenever a file in it changes, appears or goes away.

import Foundation
import PackagePlugin

@main
struct CompileCatalogue: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let patterns = context.package.directoryURL.appending(path: "patterns")
    let output = context.pluginWorkDirectoryURL.appending(path: "CompiledPatterns.swift")
    return [
      .buildCommand(
        displayName: "Compiling the pattern catalogue",
        executable: try context.tool(named: "catalogue-compiler").url,
        arguments: [patterns.path(), output.path()],
        inputFiles: [patterns] + ruleFiles(in: patterns),
        outputFiles: [output])
    ]
  }

  private func ruleFiles(in directory: URL) -> [URL] {
    let files = try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "toml" }.sorted { $0.path() < $1.path() }
  }
}
