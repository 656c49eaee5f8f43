import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Where the parts of the twin view stand. With fewer rows go the split, the words and the titles, with fewer columns
/// the parameters: they have a view of their own.
struct TwinLayout {
  let title: Rect?
  let left: Rect?
  let right: Rect
  let words: Rect?
  let split: Rect?

  init(_ stage: Rect) {
    var rest = stage
    if stage.height >= 4 {
      let parts = rest.splitTop(1)
      title = parts.top
      rest = parts.rest
    } else {
      title = nil
    }
    if stage.height >= 14, stage.width >= 30 {
      let parts = rest.splitBottom(max(5, stage.height * 3 / 10))
      split = parts.bottom
      rest = parts.rest
    } else {
      split = nil
    }
    if stage.height >= 7 {
      let parts = rest.splitBottom(1)
      words = parts.bottom
      rest = parts.rest
    } else {
      words = nil
    }
    if stage.width >= 32 {
      let half = (stage.width - 2) / 2
      left = rest.splitLeft(half).left
      right = rest.splitRight(half).right
    } else {
      left = nil
      right = rest
    }
  }
}
