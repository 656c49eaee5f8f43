/// Every schedule there is, a line each, in the order of lists.
public enum ScheduleRegistry {
  /// All of them.
  public static let all: [ScheduleEntry] = [
    .schedule(ConstantSchedule.self),
    .schedule(StepSchedule.self),
    .schedule(StepsSchedule.self),
    .schedule(ExponentialSchedule.self),
    .schedule(LinearSchedule.self),
    .schedule(CosineSchedule.self),
    .schedule(RestartsSchedule.self),
    .schedule(WarmupSchedule.self),
    .schedule(InverseSchedule.self),
    .schedule(InverseSqrtSchedule.self),
    .schedule(PolynomialSchedule.self),
    .schedule(OneCycleSchedule.self),
  ]
}
