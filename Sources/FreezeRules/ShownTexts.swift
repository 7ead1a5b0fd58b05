// A judgement holds the texts of its record, in the act itself and in the steps of the derivation. Whoever shows less of a
// person replaces them all here; days, outcomes and citations stay.

extension PersonnelAction {
  /// The same act with each of its texts replaced, and the spelling of its dates.
  public func withTexts(_ replace: (String) -> String, dates: (String) -> String) -> PersonnelAction {
    var action = self
    action.actionID = replace(actionID)
    action.kind = replace(kind)
    for path in Self.optionalTexts { action[keyPath: path] = action[keyPath: path].map(replace) }
    for path in Self.dates { action[keyPath: path] = action[keyPath: path].withText(dates) }
    return action
  }

  private static var optionalTexts: [WritableKeyPath<PersonnelAction, String?>] {
    [
      \.regionCode, \.nip, \.employeeName, \.postFrom, \.postTo, \.unitFrom, \.unitTo, \.echelonFrom,
      \.echelonTo, \.postTypeFrom, \.postTypeTo, \.assignment, \.decreeNo, \.approvalNo, \.revokes,
      \.recordedAt, \.sourceDates, \.pertekNo,
    ]
  }

  private static var dates: [WritableKeyPath<PersonnelAction, RecordedDate>] {
    [\.approvalDate, \.decreeDate, \.effectiveDate, \.inauguratedOn, \.pertekDate]
  }
}

extension RecordedDate {
  fileprivate func withText(_ replace: (String) -> String) -> RecordedDate {
    switch self {
    case .known(let span, let original): .known(span, original: replace(original))
    case .absent(let original): .absent(original: original.map(replace))
    case .unreadable(let original): .unreadable(original: replace(original))
    }
  }
}

extension Step {
  fileprivate func withTexts(of action: PersonnelAction, _ replace: (String) -> String) -> Step {
    switch self {
    case .kind(_, let scope, let derived): .kind(recorded: action.kind, scope: scope, derived: derived)
    case .date(let field, _, let position): .date(field, action.date(field), position)
    case .reversal(let revoked, let isFound): .reversal(of: replace(revoked), isFound: isFound)
    case .missing(let fact): .missing(fact.withTexts(replace))
    case .approval(let finding): .approval(finding.withTexts(replace))
    case .noRuleInForce, .coverage, .exception, .outcome: self
    }
  }
}

extension ApprovalFinding {
  fileprivate func withTexts(_ replace: (String) -> String) -> ApprovalFinding {
    var finding = self
    finding.letterNo = letterNo.map(replace)
    finding.dateAsFound = dateAsFound.map(replace)
    return finding
  }
}

extension MissingFact {
  /// The same without the region, which may be a text of a record.
  public var withoutRegion: MissingFact {
    var fact = self
    fact.region = nil
    return fact
  }

  fileprivate func withTexts(_ replace: (String) -> String) -> MissingFact {
    var fact = self
    fact.region = region.map(replace)
    return fact
  }
}

extension Judgement {
  /// The same judgement about an act that is shown otherwise.
  public func showing(_ action: PersonnelAction, texts replace: (String) -> String) -> Judgement {
    var judgement = self
    judgement.action = action
    judgement.missing = missing.map { $0.withTexts(replace) }
    judgement.verdicts = verdicts.map { verdict in
      var verdict = verdict
      verdict.approval = verdict.approval?.withTexts(replace)
      verdict.ownSteps = verdict.ownSteps?.map { $0.withTexts(of: action, replace) }
      verdict.missing = verdict.missing.map { $0.withTexts(replace) }
      return verdict
    }
    return judgement
  }
}
