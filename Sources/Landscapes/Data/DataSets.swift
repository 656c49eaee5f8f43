/// The data sets that come with the program, as recipes.
public enum DataSets {
  /// A data set: its name, what it is, and its recipe.
  public struct Entry: Sendable {
    /// The name in texts.
    public let name: String
    /// What it is, in a few words.
    public let summary: String
    /// The recipe.
    public let recipe: String
  }

  /// All of them.
  public static let all: [Entry] = [
    Entry(
      name: "peaks", summary: "five height classes of the surface of peaks, equally many points in each",
      recipe: "x: uniform(-3,3); y: uniform(-3,3); class: levels(5, \(peaks))"),
    Entry(
      name: "peaks-bands", summary: "the same with bands of equal height, most points in one of them",
      recipe: "x: uniform(-3,3); y: uniform(-3,3); class: bands(5, \(peaks))"),
    Entry(
      name: "moons", summary: "two half circles that reach into each other",
      recipe: "class: mod(row,2); let a: uniform(0,pi); "
        + "x: if(class == 0, cos(a), 1 - cos(a)) - 0.5 + normal(0.12); "
        + "y: if(class == 0, sin(a), 0.5 - sin(a)) - 0.25 + normal(0.12)"),
    Entry(
      name: "circles", summary: "a disc within a ring",
      recipe: "class: mod(row,2); let a: uniform(0,2*pi); let r: if(class == 0, 0.5, 1.2) + normal(0.12); "
        + "x: r*cos(a); y: r*sin(a)"),
    Entry(
      name: "spirals", summary: "two arms around each other",
      recipe: "class: mod(row,2); let a: 0.5 + 3*pi*(row + 0.5)/rows; "
        + "x: 0.3*a*cos(a + pi*class) + normal(0.06); y: 0.3*a*sin(a + pi*class) + normal(0.06)"),
    Entry(
      name: "xor", summary: "the classes of opposite quadrants",
      recipe: "x: uniform(-1,1); y: uniform(-1,1); class: (x*y < 0)"),
    Entry(
      name: "line", summary: "a noisy line", recipe: "x: uniform(-2,2); y: 1.5*x - 0.5 + normal(0.4)"),
    Entry(
      name: "wave", summary: "a noisy sine", recipe: "x: uniform(-3,3); y: sin(2*x) + 0.3*x + normal(0.1)"),
    Entry(
      name: "odds", summary: "0 or 1, of which the log-odds is a line",
      recipe: "x: normal(1); y: bernoulli(sigmoid(2*x - 1))"),
  ]

  private static let peaks =
    "3*(1-x)^2*exp(-x^2-(y+1)^2) - 10*(x/5-x^3-y^5)*exp(-x^2-y^2) - exp(-(x+1)^2-y^2)/3"

  /// The names.
  public static let names: [String] = all.map(\.name)

  /// The source of a name; nil if there is none.
  public static func named(_ name: String) -> DataSource? { names.contains(name) ? sources[name] : nil }

  // Read once, when a set is first asked for by its name: every frame asks for the constants of a landscape, and these for
  // its data.
  private static let sources = Dictionary(
    uniqueKeysWithValues: all.map { entry in
      guard let generator = try? DataGenerator(entry.recipe) else {
        preconditionFailure("the recipe of '\(entry.name)' cannot be read")
      }
      return (entry.name, DataSource.recipe(name: entry.name, generator))
    })
}
