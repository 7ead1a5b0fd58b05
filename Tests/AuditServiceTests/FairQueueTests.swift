import Testing

@testable import AuditService

/// Whose scan may run: time is an argument.
@Suite struct FairQueueTests {
  /// Sources as they stand: `-` never read; a digit the second since when a scan runs; a letter one whose last scan
  /// began in the order of the alphabet, a capital where it failed.
  private func turns(_ text: String) -> [FairQueue.Turn] {
    text.map { character in
      var turn = FairQueue.Turn()
      if let second = character.wholeNumberValue {
        turn.begin(now: .seconds(second))
      } else if character != "-" {
        let began = Duration.milliseconds(Int(character.lowercased().utf8.first ?? 0))
        turn.begin(now: began)
        turn.end(now: began, isFailed: character.isUppercase)
      }
      return turn
    }
  }

  @Test(arguments: [
    ("----", 4, 9, [0, 1, 2, 3], "nobody is known: all places"),
    ("-----", 2, 9, [0, 1], "no more than there are places"),
    ("cab-", 2, 9, [3, 1], "the one read longest ago, never first of all"),
    ("ABCDef", 4, 9, [0, 1, 4, 5], "those in trouble in half of the places"),
    ("ABCD", 4, 9, [0, 1], "also while nobody else waits"),
    ("AB", 1, 9, [0], "one place is for everybody"),
    ("88ab", 3, 9, [2], "what runs holds a place"),
    ("22Aa", 4, 9, [3], "what runs long is slow"),
    ("27AB", 4, 9, [2], "what just began is not"),
    ("2Aab", 3, 9, [2, 3], "the slow place is taken"),
  ])
  func `Scans to begin`(_ text: String, _ places: Int, _ now: Int, _ expected: [Int], _ why: String) {
    let turns = turns(text)
    #expect(
      FairQueue.next(turns, due: Array(turns.indices), places: places, now: .seconds(now)) == expected,
      "\(why)")
  }

  @Test(arguments: [
    ("12-", 2, 9, [1], "the latest of the late, beyond half of the places"),
    ("1122-", 4, 9, [2, 3], "as many as there are too many"),
    ("12", 2, 9, [], "nobody waits"),
    ("12A", 2, 9, [], "who waits is slow as well"),
    ("12-", 3, 9, [], "there is room"),
    ("17-", 2, 9, [], "one of them is not late"),
    ("1-", 1, 9, [], "one place cannot be halved"),
  ])
  func `Scans to give their place up`(
    _ text: String, _ places: Int, _ now: Int, _ expected: [Int], _ why: String
  ) {
    var turns = turns(text)
    let due = Array(turns.indices)
    #expect(FairQueue.givingUp(turns, due: due, places: places, now: .seconds(now)) == expected, "\(why)")
    for index in expected { turns[index].giveUp() }
    #expect(FairQueue.givingUp(turns, due: due, places: places, now: .seconds(now)) == [], "told once")
    for index in expected {
      turns[index].end(now: .seconds(now), isFailed: true)
      #expect(turns[index].isSlow(now: .seconds(now)), "and slow from here on")
    }
  }

  @Test func `A source is slow until a scan of it is quick again`() {
    var turn = FairQueue.Turn()
    turn.begin(now: .seconds(1))
    #expect(!turn.isSlow(now: .seconds(6)))
    #expect(turn.isSlow(now: .seconds(7)))
    turn.end(now: .seconds(7), isFailed: false)
    #expect(turn.isSlow(now: .seconds(8)))
    turn.begin(now: .seconds(8))
    #expect(turn.isSlow(now: .seconds(8)))
    turn.end(now: .seconds(9), isFailed: false)
    #expect(!turn.isSlow(now: .seconds(100)))
  }
}
