import Landscapes

/// The Fisher block that was shown last: frames at the same step show the same.
struct FisherMemory {
  private var network: NetworkProblem?
  private var layer = 0
  private var parameters: [Double] = []
  private var block: NetworkProblem.FisherBlock?

  /// The block of a layer, counted from 0; nil where there are too many parameters for one.
  mutating func block(
    of network: NetworkProblem, layer: Int, at parameters: [Double]
  ) -> NetworkProblem.FisherBlock? {
    guard self.network != network || self.layer != layer || self.parameters != parameters else {
      return block
    }
    (self.network, self.layer, self.parameters) = (network, layer, parameters)
    block = network.fisherBlock(layer: layer, at: parameters)
    return block
  }
}
