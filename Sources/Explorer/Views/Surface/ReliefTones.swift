import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The tones of the relief: those of the landscape from above, lit. Where colours are few, the tones of the palette are
/// the light alone, and heights are told by the contour lines.
struct ReliefTones {
  let tones: [Tone]
  let isOrdered: Bool
  /// The side of the block.
  let wall: Int
  private let heights: Int
  private let lights: Int
  private let isReversed: Bool
  private let isMixed: Bool

  init(_ palette: Palette) {
    switch palette.depth {
    case .direct:
      let lights = 7
      // As many heights as leave all of a plot's tones for their light, and one for the side of the block.
      let grounds = (0..<36).map { palette.shade(Double($0) / 35) }
      var tones: [Tone] = []
      for ground in grounds {
        for light in 0..<lights {
          tones.append(Tone(ReliefTones.lit(ground, Double(light) / Double(lights - 1))))
        }
      }
      wall = tones.count
      tones.append(Tone(ReliefTones.wall(palette)))
      (heights, self.lights) = (grounds.count, lights)
      (isOrdered, isReversed, isMixed) = (false, false, false)
      self.tones = tones
    case .indexed256:
      // The table has no dark shades of most tones: light moves along the scale instead.
      wall = palette.tones.count
      tones =
        palette.tones + [
          Tone(ReliefTones.wall(palette).quantised(to: .indexed256))
        ]
      (heights, lights) = (palette.tones.count, 1)
      (isOrdered, isReversed, isMixed) = (false, !palette.theme.isDark, true)
    case .ansi16, .ansi8, .none:
      tones = palette.tones
      (heights, lights) = (1, palette.tones.count)
      // The tones of the light theme go from white to blue.
      isReversed = !palette.theme.isDark && palette.depth != .none
      wall = isReversed ? palette.tones.count - 1 : 0
      (isOrdered, isMixed) = (true, false)
    }
  }

  /// A ground in so much light, from 0 to 1.
  static func lit(_ ground: Colour, _ light: Double) -> Colour {
    light < 0.6
      ? ground.mixed(with: Colour(hex: 0x04060c), amount: (0.6 - light) * 1.1)
      : ground.mixed(with: Colour(hex: 0xffffff), amount: (light - 0.6) * 0.75)
  }

  /// The side of the block.
  static func wall(_ palette: Palette) -> Colour {
    palette.ground.mixed(with: palette.faint, amount: 0.45)
  }

  func tone(height: Double, brightness: Double) -> Int {
    func step(_ value: Double, _ count: Int) -> Int {
      Int(clamped: min(max(value.isNaN ? 0 : value, 0), 1) * Double(count - 1) + 0.5)
    }
    if isMixed {
      let light = (isReversed ? 0.7 - brightness : brightness - 0.7) * 0.6
      return step(height * 0.75 + 0.12 + light, heights)
    }
    // The darkest tone is the page's: a face in the shadow stands out from that.
    if heights == 1 {
      let light = 1 + step(brightness, lights - 1)
      return isReversed ? lights - light : light
    }
    return step(height, heights) * lights + step(brightness, lights)
  }
}
