internal import OptimizerCore

/// Landscapes that were measured.
extension LandscapeText {
  /// What stands between the parentheses of `grid(…)`.
  static func grid(_ inside: String, _ files: FileReader) throws(LandscapeError) -> Landscape {
    let settings = try GridSettings(inside)
    let problem: GridProblem
    do throws(DataError) {
      let bytes = try files(settings.path)
      do throws(DataError) {
        problem = try GridProblem(settings, try table(of: bytes, settings))
      } catch {
        throw DataError("'\(Excerpt.of(settings.path))', \(error)")
      }
    } catch { throw LandscapeError(error.description) }
    let file = settings.path.split(separator: "/").last.map(String.init) ?? settings.path
    return try Landscape(
      id: settings.text, title: "\(Excerpt.printable(file)), interpolated", problem: problem,
      window: problem.window)
  }

  private static func table(of bytes: [UInt8], _ settings: GridSettings) throws(DataError) -> GridTable {
    let (x, y) = (settings.x.map { ($0.first, $0.last) }, settings.y.map { ($0.first, $0.last) })
    return GridTable.isNPY(bytes)
      ? try GridTable(npy: bytes, x: x, y: y) : try GridTable(csv: bytes, x: x, y: y)
  }
}
