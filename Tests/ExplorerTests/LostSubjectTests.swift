import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// What a view shows can go while it is open: an entry, a constant, a landscape, a ghost. Then it shows something else, or
/// closes and says why.
@Suite struct LostSubjectTests {
  private static let views = ViewName.allCases.filter { $0 != .contour }

  /// What can take something away, by what is done.
  private static let losses: [(name: String, take: @Sendable (inout Explorer) -> Void)] = [
    ("the selected entry", { $0.type("x") }),
    ("the first of the entries", { $0.type("Tab x") }),
    ("all entries but one", { $0.type("x x") }),
    ("all entries", { $0.type("x x x") }),
    ("all entries by a command", { $0.type(": optimizer space none Enter") }),
    ("an entry that is switched off", { $0.type("1 2 3") }),
    ("another entry is selected", { $0.type("Tab Tab") }),
    ("the constants of the landscape", { $0.type("L rosenbrock Enter") }),
    ("a constant, and another comes", { $0.type("L ravine Enter") }),
    ("the minima", { $0.type("L cliff Enter") }),
    ("the plane of x and y", { $0.type("a x L matrix-tall Enter") }),
    ("everything by a formula", { $0.formula("floor(x)") }),
    ("a formula that is nowhere a number", { $0.formula("log(-1-x^2)") }),
    ("a formula that is always infinite", { $0.formula("1e308*(10+x*x)*10") }),
    ("a formula of the smallest numbers", { $0.formula("x*5e-324") }),
    ("a constant flips the landscape", { $0.type("> > > > > > > > > > < w") }),
    (
      "the ghosts and the fan",
      {
        $0.handle(.key(.control("g")))
        $0.type("F")
      }
    ),
    ("the window", { $0.type("+ + + + h h h h h h h h h") }),
    ("what was changed", { $0.type("u u u u u u") }),
    ("the scene's own race", { $0.type("Backspace") }),
    ("names", { $0.type("B") }),
    ("the past", { $0.type("0 R") }),
  ]

  /// A race on a landscape with two constants, with a ghost, a fan and a past.
  private static func race(_ width: Int, _ height: Int, for view: ViewName) throws -> Explorer {
    var explorer = try explorer(
      // The view of the data needs some.
      view == .data ? "scaled-features" : "rotated-ravine", ["sgd", "momentum", "adam"],
      noise: try Noise("gaussian(0.1)"), steps: 3,
      width: width, height: height)
    // Few steps, so that maps are soon made.
    explorer.type(": steps space 20 Enter g > F n n")
    return explorer
  }

  @Test(arguments: views) func everyViewOutlivesWhatItShows(_ view: ViewName) throws {
    // With a panel, and where the maps have the run under the cursor beside them.
    let sizes = [(width: 100, height: 20), (width: 60, height: 18)]
    let races = try sizes.map { try Self.race($0.width, $0.height, for: view) }
    for (index, (name, take)) in Self.losses.enumerated() {
      let size = sizes[index % 2]
      var explorer = races[index % 2]
      explorer.show(view)
      try #require(explorer.openView == view)
      // What is pointed at is kept by the view.
      _ = explorer.frame()
      explorer.type("Right Up , .")
      explorer.handle(.mouse(Mouse(.press, x: size.width / 4, y: size.height / 2)))
      explorer.handle(.mouse(Mouse(.release, x: size.width / 4, y: size.height / 2)))
      explorer.show(view)
      _ = explorer.frame()
      take(&explorer)
      if explorer.openView == .contour, !explorer.isBlind {
        #expect(explorer.status != nil, "\(view): \(name) is gone, and nothing is said")
      } else {
        #expect(explorer.obstacle(to: explorer.openView) == nil, "\(view): \(name)")
      }
      #expect(explorer.frame().height == size.height)
      // What the keys of the view and the mouse do then has a subject, too.
      explorer.type("Right Up , . + C b { Y n p")
      _ = explorer.frame()
      for kind in [Mouse.Kind.press, .release, .wheelUp, .move] {
        explorer.handle(.mouse(Mouse(kind, x: size.width / 3, y: size.height / 2)))
      }
      explorer.type("Enter u")
      #expect(explorer.frame().height == size.height)
    }
  }

  @Test func aMapTakesAnAxisThatThereIs() throws {
    var explorer = try explorer("ravine", width: 120, height: 36)
    explorer.type("m")
    explorer.finishWork()
    #expect(explorer.shows("↑ κ"))
    explorer.type("L bowl Enter")
    explorer.finishWork()
    // The bowl has no constant: what is left to vary beside the learning rate is λ, or how far away it starts.
    #expect(explorer.openView == .map)
    #expect(explorer.shows("→ η") && !explorer.shows("κ"))
    explorer.type("Enter")
    #expect(explorer.openView == .contour && explorer.race.step == 0)
    #expect(explorer.race.experiment.landscape.id == "bowl")
  }

  @Test func aMapOfAFormulaHasTheFormulasAxes() throws {
    var explorer = try explorer("ravine", width: 120, height: 36)
    explorer.type("m")
    explorer.formula("floor(x)")
    explorer.finishWork()
    #expect(explorer.openView == .map)
    #expect(!explorer.shows("κ"))
  }

  @Test func aViewWithoutAnEntryClosesAndSaysWhy() throws {
    for (key, why) in [
      ("m", "a map needs an entry: a adds one"), ("M", "a basin map needs an entry: a adds one"),
      ("r", "rain needs an entry: a adds one"), ("S", "a fair race needs an entry: a adds one"),
    ] {
      var explorer = try explorer("x^2 + y^2", ["sgd"])
      explorer.type(key)
      #expect(explorer.openView != .contour)
      explorer.finishWork()
      explorer.type("x")
      #expect(explorer.openView == .contour)
      #expect(explorer.shows(why), "\(key)")
      // The entry comes back, and the view can be opened again.
      explorer.type("u")
      explorer.type(key)
      #expect(explorer.openView != .contour)
    }
  }

  @Test func aDifferenceOfOneClosesAndSaysWhy() throws {
    var explorer = try explorer("x^2 + y^2", ["sgd", "adam"])
    explorer.type("D x")
    #expect(explorer.openView == .contour)
    #expect(explorer.shows("a difference needs two entries: a adds one"))
  }

  @Test func aTwinOfMoreThanTwoParametersClosesAndSaysWhy() throws {
    var explorer = try explorer("ravine", ["sgd"])
    explorer.type("V L matrix-2x2 Enter")
    #expect(explorer.openView == .contour)
    #expect(explorer.shows("the twin view is of two parameters, and this landscape has 4"))
  }

  /// The rain of two leaves its half of the stage when the second entry goes.
  @Test func rainOfOneFillsTheStage() throws {
    var two = try explorer("x^2 + y^2", ["sgd", "adam"], width: 80, height: 24)
    two.type("r . Tab x n")
    var one = try explorer("x^2 + y^2", ["sgd"], width: 80, height: 24)
    one.type("r n")
    #expect(two.frame().rows[4..<20] == one.frame().rows[4..<20])
  }

  /// The map of an entry stays the map of that entry while others go.
  @Test func aMapStaysWithTheEntryOfItsAxes() throws {
    var explorer = try explorer("ravine", ["sgd", "adam", "newton"])
    let experiment = explorer.context.mapExperiment()
    explorer.openMap(x: try Axis("adam.lr=1e-3:1", in: experiment), y: nil)
    explorer.finishWork()
    #expect(explorer.shows("The run under the cursor") && explorer.shows("Adam"))
    explorer.type("x")
    explorer.finishWork()
    let title = try #require(explorer.rows().first { $0.contains("The run under the cursor") })
    #expect(title.contains("Adam"))
  }
}

extension Explorer {
  /// Types a formula in the place of the one that is there.
  fileprivate mutating func formula(_ text: String) {
    type("f")
    handle(.key(.control("u")))
    handle(.paste(text))
    type("Enter")
  }
}
