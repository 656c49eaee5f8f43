// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "descent",
  products: [
    .executable(name: "descent", targets: ["descent"]),
    .library(name: "OptimizerCore", targets: ["OptimizerCore"]),
    .library(name: "Landscapes", targets: ["Landscapes"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .library(name: "Scenes", targets: ["Scenes"]),
    .library(name: "Canvas", targets: ["Canvas"]),
    .library(name: "Pixels", targets: ["Pixels"]),
    .library(name: "Explorer", targets: ["Explorer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    // The shared optimizer core and what stands on it, in the order in which they may import each other.
    .target(
      name: "OptimizerCore", dependencies: ["CLanes"], swiftSettings: settings,
      linkerSettings: [.linkedLibrary("m")]),
    // A header: what eight lanes need and Swift's vectors lack.
    .systemLibrary(name: "CLanes"),
    // The arithmetic of networks, once for each instruction set, with the same bits from all.
    .target(name: "CNetworks"),
    .target(name: "Landscapes", dependencies: ["OptimizerCore", "CNetworks"], swiftSettings: settings),
    .target(
      name: "Experiments", dependencies: ["OptimizerCore", "Landscapes"], swiftSettings: settings),
    .target(
      name: "Scenes",
      dependencies: [
        "OptimizerCore", "Landscapes", "Experiments", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings, plugins: ["EmbedScenes"]),
    .plugin(
      name: "EmbedScenes", capability: .buildTool(), dependencies: ["SceneEmbedder"],
      path: "Sources/EmbedScenes"),
    .executableTarget(name: "SceneEmbedder", swiftSettings: settings),

    // The picture: a canvas of cells that knows no optimization, and the application as a value.
    .target(name: "Canvas", swiftSettings: settings),
    // Pixels: a rasteriser, picture files, pictures under the text of a terminal.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Pixels", dependencies: ["Canvas", "CZlib"], swiftSettings: settings),
    .target(
      name: "Explorer",
      dependencies: ["OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas"],
      swiftSettings: settings),

    .target(
      name: "Exports",
      dependencies: ["OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas", "Pixels"],
      swiftSettings: settings),

    // The terminal: ncurses, and pictures under its text.
    .systemLibrary(
      name: "CNcurses", pkgConfig: "ncursesw", providers: [.apt(["libncursesw5-dev"])]),
    .target(
      name: "Terminal", dependencies: ["Canvas", "Pixels", "CNcurses"], swiftSettings: settings),

    .executableTarget(
      name: "descent",
      dependencies: [
        "OptimizerCore", "Landscapes", "Experiments", "Scenes", "Canvas", "Pixels", "Explorer", "Exports",
        "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Counts allocations for the tests, by a malloc of its own.
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    // What the tests of several targets share. It knows nothing of the program.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "OptimizerCoreTests", dependencies: ["OptimizerCore", "AllocationCounter", "TestSupport"],
      resources: [.copy("Reference")], swiftSettings: settings),
    .testTarget(
      name: "LandscapesTests",
      dependencies: ["Landscapes", "OptimizerCore", "CNetworks", "AllocationCounter", "TestSupport"],
      resources: [.copy("Reference")], swiftSettings: settings),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Experiments", "Landscapes", "OptimizerCore", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ScenesTests",
      dependencies: ["Scenes", "Experiments", "Landscapes", "OptimizerCore", "TestSupport"],
      exclude: ["Sentences"],
      swiftSettings: settings),
    .testTarget(name: "CanvasTests", dependencies: ["Canvas"], swiftSettings: settings),
    .testTarget(
      name: "PixelsTests", dependencies: ["Pixels", "Canvas", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "Explorer", "Canvas", "Scenes", "Experiments", "Landscapes", "OptimizerCore", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "ExportsTests",
      dependencies: [
        "Exports", "Scenes", "Canvas", "Pixels", "Experiments", "Landscapes", "OptimizerCore", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "Canvas", "Pixels", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "descent", "Canvas", "Pixels", "Explorer", "Exports", "Scenes", "Experiments", "Landscapes",
        "OptimizerCore",
        "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: settings),
  ]
)
