/// What each reading answers, and so which axes change the verdict. Rounding has no part in it.
struct Answers {
  let insideOn: ReadingSet
  let maybeInsideOn: ReadingSet
  var lateOn = ReadingSet.none

  /// The axes along which a step between two open readings changes the answer.
  func axes(_ open: ReadingSet) -> [Axis] {
    if [insideOn, maybeInsideOn, lateOn].allSatisfy({ $0 == open || $0 == .none }) { return [] }
    return Axis.allCases.filter { axis in
      open.members.contains { reading in
        let other = reading.flipped(axis)
        return open.contains(other)
          && [insideOn, maybeInsideOn, lateOn].contains { $0.contains(reading) != $0.contains(other) }
      }
    }
  }
}
