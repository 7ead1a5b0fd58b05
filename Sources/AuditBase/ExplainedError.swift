/// An error that can be said to a person in both languages: what, where, and what to do.
package protocol ExplainedError: Error, Sendable {
  /// The whole message, one paragraph, without a final newline.
  var message: Text { get }
  /// What a command that it stops ends with.
  var exit: ExitStatus { get }
}

extension ExplainedError {
  package var exit: ExitStatus { .notEvaluated }
}

/// What stops a command, where whoever catches it needs the sentence and the exit code and nothing else.
package struct Failure: ExplainedError, Equatable {
  package let message: Text
  package let exit: ExitStatus

  /// A failure said in both languages.
  package init(_ exit: ExitStatus, _ indonesian: String, _ english: String) {
    message = Text(indonesian, english)
    self.exit = exit
  }
}

/// The exit codes of the contract; the greatest precedence wins when several hold.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case nothingFound = 0
  case findings = 1
  case notEvaluated = 3
  case usage = 64
  case unreachable = 69
  case ledger = 74
  case temporaryFailure = 75
  case privilege = 77
  case configuration = 78

  /// Higher for what matters more.
  package var precedence: Int {
    let order: [ExitStatus] = [
      .nothingFound, .findings, .notEvaluated, .ledger, .unreachable, .privilege, .configuration,
    ]
    return order.firstIndex(of: self) ?? order.count
  }
}
