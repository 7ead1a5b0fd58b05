/// Whose scan may run: as many at once as there are places, first the source whose last one began longest ago, and slow
/// or failing sources in half of the places at most, so that none can hold up the others. Pure: time comes in as an
/// argument.
enum FairQueue {
  /// What is known of the scans of one source.
  struct Turn: Sendable {
    /// A scan is under way.
    private(set) var isRunning = false
    /// When the last scan began.
    private(set) var began: Duration?
    /// A scan could not begin; it has had its turn.
    mutating func pass(now: Duration) { began = now }

    /// The scan under way was told to give its place up.
    private(set) var isGivingUp = false
    /// The last scan failed, took long or gave its place up.
    private var isTroubled = false

    /// A scan begins.
    mutating func begin(now: Duration) {
      isRunning = true
      began = now
    }

    /// A scan is over.
    mutating func end(now: Duration, isFailed: Bool) {
      isTroubled = isFailed || isGivingUp || isLate(now: now)
      isRunning = false
      isGivingUp = false
    }

    /// The scan under way is told to give its place up.
    mutating func giveUp() { isGivingUp = true }

    /// Whether it may hold one of half of the places only.
    func isSlow(now: Duration) -> Bool {
      isTroubled || isLate(now: now)
    }

    private func isLate(now: Duration) -> Bool { isRunning && now - (began ?? now) > FairQueue.patience }
  }

  /// A scan of a regency takes less than a second, one of five million records some seconds.
  static let patience: Duration = .seconds(5)

  /// The scans to begin now, in order.
  /// - Parameter due: the sources whose pass is due.
  static func next(_ turns: [Turn], due: [Int], places: Int, now: Duration) -> [Int] {
    var free = places - turns.count(where: \.isRunning)
    var slow = slowPlaces(places) - turns.count { $0.isRunning && $0.isSlow(now: now) }
    var chosen: [Int] = []
    for index in waiting(turns, due) where free > 0 {
      if turns[index].isSlow(now: now) {
        guard slow > 0 else { continue }
        slow -= 1
      }
      free -= 1
      chosen.append(index)
    }
    return chosen
  }

  /// The scans that should give their place up: those that take long while a source waits that is not known to be slow,
  /// beyond the places slow ones may hold, the latest first. They begin anew when it is their turn, and then may take
  /// their time.
  static func givingUp(_ turns: [Turn], due: [Int], places: Int, now: Duration) -> [Int] {
    guard turns.count(where: \.isRunning) >= places,
      waiting(turns, due).contains(where: { !turns[$0].isSlow(now: now) })
    else { return [] }
    let slow = turns.indices.filter { turns[$0].isRunning && turns[$0].isSlow(now: now) }
    return slow.sorted { (turns[$0].began ?? .zero, $0) < (turns[$1].began ?? .zero, $1) }
      .dropFirst(slowPlaces(places)).filter { !turns[$0].isGivingUp }
  }

  private static func slowPlaces(_ places: Int) -> Int { max(1, places / 2) }

  private static func waiting(_ turns: [Turn], _ due: [Int]) -> [Int] {
    due.filter { !turns[$0].isRunning }
      .sorted { (turns[$0].began ?? .zero, $0) < (turns[$1].began ?? .zero, $1) }
  }
}
