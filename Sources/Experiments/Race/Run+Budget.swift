extension Run {
  /// Forgets what the budget of the experiment does not allow. The playhead may come to stand earlier.
  mutating func keep(within experiment: Experiment) {
    let (here, end) = (step, lastStep)
    seek(to: 0, in: experiment)
    seek(to: end, in: experiment)
    if step < end { forgetFuture() }
    seek(to: here, in: experiment)
  }
}
