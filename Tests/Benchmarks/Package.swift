// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "descent", path: "../..")],
  targets: [
    // What everything is measured against: scalar C as a careful person writes it, without fused multiply-add, so that
    // it ends at the same bits. The one place where such flags are allowed.
    .target(name: "CBaseline", cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])]),
    // The counter of the tests, by a symbolic link.
    .target(name: "AllocationCounter"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CBaseline", "AllocationCounter",
        .product(name: "OptimizerCore", package: "descent"),
        .product(name: "Landscapes", package: "descent"),
        .product(name: "Experiments", package: "descent"),
        .product(name: "Scenes", package: "descent"),
        .product(name: "Canvas", package: "descent"),
        .product(name: "Pixels", package: "descent"),
        .product(name: "Explorer", package: "descent"),
      ],
      swiftSettings: settings),
  ]
)
