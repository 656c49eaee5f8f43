import Foundation
import PackagePlugin

/// Builds the documents of `scenes/` into the binary, so that it needs no file beside it.
///
/// The folder itself is an input, which changes when a scene is added or taken away, and the embedder lists it: the plan of
/// a build, with this list of scenes in it, may be older.
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
        displayName: "Embedding the scenes",
        executable: try context.tool(named: "SceneEmbedder").url,
        arguments: [output.path, folder.path],
        inputFiles: scenes + [folder],
        outputFiles: [output])
    ]
  }
}
