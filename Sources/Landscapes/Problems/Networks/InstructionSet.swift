import CNetworks

/// The instructions that the kernels of networks may use. All give the same bits.
package enum InstructionSet: Int32, Sendable, Hashable, CaseIterable {
  /// What every processor of its kind has.
  case base
  /// Four numbers at once.
  case avx2
  /// Eight numbers at once.
  case avx512

  /// Those that this processor has, the widest first.
  package static let available: [InstructionSet] = allCases.reversed().filter {
    cnetworks_kernels_of($0.rawValue) != nil
  }

  /// The kernels, where this processor has them.
  var kernels: UnsafePointer<cnetworks_kernels>? { cnetworks_kernels_of(rawValue) }
}
