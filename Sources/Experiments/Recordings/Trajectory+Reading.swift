package import Landscapes
package import OptimizerCore

extension Trajectory {
  /// The recorded run of a file's bytes.
  package static func recorded(
    _ bytes: [UInt8], path: String, run: Int? = nil
  ) throws(DataError) -> Trajectory {
    let isJSON = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      .map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
    if isJSON == true {
      return try TrajectoryTable(json: bytes, run: run).trajectory(path: path, run: run)
    }
    return try TrajectoryTable(csv: bytes).trajectory(path: path, run: run)
  }

  /// Reads the recorded runs that specs name.
  package static func reader(_ files: @escaping LandscapeText.FileReader) -> Reader {
    { @Sendable (path: String, run: Int?) throws(SpecError) -> Trajectory in
      do throws(DataError) {
        let bytes = try files(path)
        do throws(DataError) {
          return try recorded(bytes, path: path, run: run)
        } catch {
          throw DataError("'\(Excerpt.of(path))', \(error)")
        }
      } catch { throw SpecError(error.description) }
    }
  }
}
