import OptimizerCore
import Yams

/// What has been read of an entry.
struct EntryDraft {
  var specNode: Node?
  var spec: OptimizerSpec?
  var nameNode: Node?
  var name: String?
  var label: String?
  var colourNode: Node?
  var colour: Int?
  var isOn: Bool?
}
