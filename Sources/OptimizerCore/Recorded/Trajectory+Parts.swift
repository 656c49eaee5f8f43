extension Trajectory {
  /// The same run where the file begins after the first step; the same where it begins at this start.
  package func starting(at start: [Double]) -> Trajectory {
    guard start.count == dimension, start != rows[0].point else { return self }
    let later = rows.map { row in
      Row(
        step: row.step + 1, point: row.point, loss: row.loss, rate: row.rate,
        evaluations: row.step == 0 ? 1 : row.evaluations)
    }
    return Trajectory(
      path: path, run: run, rows: [Row(step: 0, point: start, evaluations: 0)] + later,
      lostAt: lostAt.map { $0 + 1 })
  }

  /// The same rows, with some steps between each and the next.
  package func numbered(every steps: Int) -> Trajectory {
    let rows = rows.map {
      Row(step: $0.step * steps, point: $0.point, loss: $0.loss, evaluations: $0.evaluations)
    }
    return Trajectory(path: path, run: run, rows: rows)
  }

  /// The first steps.
  package func prefix(steps: Int) -> Trajectory {
    guard steps < lastStep else { return self }
    return Trajectory(path: path, run: run, rows: rows.filter { $0.step <= max(0, steps) })
  }
}
