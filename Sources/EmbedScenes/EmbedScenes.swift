import Foundation
import PackagePlugin

/// Builds the documents of `scenes/` into the binary, so that it needs no file beside it.
///
/// The folder is listed at every build: a new scene is picked up without touching the manifest.
@main
struct EmbedScenes: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "scenes")
    let scenes = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "BundledScenes.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(scenes.count) scenes",
        executable: try context.tool(named: "SceneEmbedder").url,
        arguments: [output.path] + scenes.map(\.path),
        inputFiles: scenes,
        outputFiles: [output])
    ]
  }
}
