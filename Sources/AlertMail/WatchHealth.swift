import AuditBase
import FreezeRules

/// How the audit itself is, by the ledger: without it "nothing new" would say nothing.
package struct WatchHealth: Sendable, Equatable {
  /// One source.
  package struct Source: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// The last pass was evaluated; `nil` before the first.
    package var isEvaluated: Bool?
    /// Why it was not.
    package var cause: String?
    /// The last full pass, in seconds since 2000.
    package var lastGood: Int?
    /// Seconds since then, by the ledger's server.
    package var age: Int64?

    /// A source of this name.
    package init(
      name: String, isEvaluated: Bool?, cause: String? = nil, lastGood: Int? = nil, age: Int64? = nil
    ) {
      self.name = name
      self.isEvaluated = isEvaluated
      self.cause = cause
      self.lastGood = lastGood
      self.age = age
    }
  }

  /// What is wrong.
  package struct Trouble: Sendable, Equatable {
    /// The kinds, the worst first.
    package enum Kind: String, Sendable, CaseIterable {
      case silent, blind, late, never
    }

    /// What kind.
    package let kind: Kind
    /// The source, `nil` for the daemon.
    package let source: String?
    /// Since when, in seconds since 2000, where that is known.
    package let since: Int?
    /// Why.
    package let cause: String?

    /// Tells it apart from others, from digest to digest.
    var key: String { kind.rawValue + (source.map { " " + $0 } ?? "") }
  }

  /// Every source of the configuration.
  package var sources: [Source]
  /// Whether a daemon holds the lease.
  package var isHeld: Bool
  /// The last sign of life of any daemon, in seconds since 2000.
  package var lastSign: Int?
  /// Seconds since then, by the ledger's server.
  package var silence: Int64?
  /// After so many seconds a pass is late.
  package var lateAfter: Int64

  /// These parts.
  package init(sources: [Source], isHeld: Bool, lastSign: Int?, silence: Int64?, lateAfter: Int64) {
    self.sources = sources
    self.isHeld = isHeld
    self.lastSign = lastSign
    self.silence = silence
    self.lateAfter = lateAfter
  }

  /// What is wrong, the worst first.
  package var troubles: [Trouble] {
    var found: [Trouble] = []
    // A daemon that lives writes the health of its sources at each pass and renews its lease in between.
    let isSilent = !isHeld && silence.map { $0 >= lateAfter } ?? true
    if isSilent { found.append(Trouble(kind: .silent, source: nil, since: lastSign, cause: nil)) }
    for source in sources {
      switch source.isEvaluated {
      case false?:
        found.append(
          Trouble(kind: .blind, source: source.name, since: source.lastGood, cause: source.cause))
      case true? where source.age.map { $0 >= lateAfter } ?? false:
        if !isSilent {
          found.append(Trouble(kind: .late, source: source.name, since: source.lastGood, cause: nil))
        }
      case true?: break
      case nil:
        if !isSilent { found.append(Trouble(kind: .never, source: source.name, since: nil, cause: nil)) }
      }
    }
    let order = Trouble.Kind.allCases
    return found.enumerated().sorted {
      (order.firstIndex(of: $0.element.kind) ?? 0, $0.offset)
        < (order.firstIndex(of: $1.element.kind) ?? 0, $1.offset)
    }.map(\.element)
  }
}

extension DigestWords {
  /// The words for the subject, without a name: one for each kind of trouble.
  func alarm(_ troubles: [WatchHealth.Trouble]) -> [String] {
    WatchHealth.Trouble.Kind.allCases.filter { kind in troubles.contains { $0.kind == kind } }.map { kind in
      switch kind {
      case .silent: Text("LAYANAN PEMANTAU DIAM", "THE DAEMON IS SILENT")[language]
      case .blind: Text("PEMERIKSAAN BUTA", "THE AUDIT IS BLIND")[language]
      case .late: Text("PEMERIKSAAN TERLAMBAT", "THE AUDIT IS LATE")[language]
      case .never: Text("BELUM PERNAH DIPERIKSA", "NEVER EXAMINED")[language]
      }
    }
  }

  /// A trouble in a sentence.
  func sentence(_ trouble: WatchHealth.Trouble) -> String {
    let source = Digest.plain(trouble.source ?? "", limit: 80)
    let since = trouble.since.map { Moment(secondsSince2000: $0, zone: zone).written(language) } ?? "?"
    let cause = trouble.cause.map { " (\(Digest.plain($0, limit: 300)))" } ?? ""
    return switch trouble.kind {
    case .silent:
      Text(
        "Layanan pemantau diam sejak \(since): tidak ada yang memeriksa. Periksa: systemctl status freeze-auditor",
        "The daemon is silent since \(since): nobody audits. Look at: systemctl status freeze-auditor")[
          language]
    case .blind:
      Text(
        "Pemeriksaan sumber \(source) sedang buta\(cause): pemeriksaan penuh terakhir \(since). Selama itu tidak ada peringatan baru yang dapat muncul.",
        "The audit of source \(source) is blind\(cause): last full pass \(since). Meanwhile no new alert can arise."
      )[language]
    case .late:
      Text(
        "Pemeriksaan sumber \(source) terlambat: pemeriksaan penuh terakhir \(since).",
        "The audit of source \(source) is late: last full pass \(since).")[language]
    case .never:
      Text(
        "Sumber \(source) belum pernah diperiksa.", "Source \(source) was never examined.")[language]
    }
  }

  /// A trouble that the digest before told of and that is over.
  func ended(_ key: String, since: String) -> String {
    let source = key.split(separator: " ", maxSplits: 1).dropFirst().first.map {
      Digest.plain(String($0), limit: 80)
    }
    let since = Digest.plain(since, limit: 40)
    return switch WatchHealth.Trouble.Kind(rawValue: String(key.prefix { $0 != " " })) {
    case .silent, nil:
      Text(
        "Layanan pemantau berjalan lagi (diam sejak \(since)).",
        "The daemon runs again (silent since \(since)).")[language]
    case .blind:
      Text(
        "Kebutaan berakhir: sumber \(source ?? "-") diperiksa lagi (buta sejak setelah \(since)).",
        "The blindness has ended: source \(source ?? "-") is audited again (blind since after \(since)).")[
          language]
    case .late, .never:
      Text(
        "Sumber \(source ?? "-") diperiksa tepat waktu lagi.",
        "Source \(source ?? "-") is audited on time again.")[
          language]
    }
  }

  /// How each source is, a line each.
  func health(_ health: WatchHealth?) -> [String] {
    guard let health else {
      return [
        Text(
          "Keadaan pemeriksaan tidak diketahui: arsip peringatan tidak dapat ditanya.",
          "How the audit is cannot be said: the ledger could not be asked.")[language]
      ]
    }
    let troubled = Set(health.troubles.compactMap(\.source))
    let isSilent = health.troubles.contains { $0.kind == .silent }
    return health.sources.map { source in
      let at = source.lastGood.map { Moment(secondsSince2000: $0, zone: zone).written(language) }
      let name = Digest.plain(source.name, limit: 80)
      let state =
        switch source.isEvaluated {
        case false?: Text("BUTA", "BLIND")[language]
        case nil: Text("belum pernah diperiksa", "never examined")[language]
        case true? where isSilent: Text("tidak ada yang memeriksa", "nobody audits")[language]
        case true? where troubled.contains(source.name): Text("TERLAMBAT", "LATE")[language]
        case true?: Text("terpantau", "audited")[language]
        }
      let last =
        at.map { Text(", pemeriksaan penuh terakhir \($0)", ", last full pass \($0)")[language] } ?? ""
      return Text("Sumber \(name): ", "Source \(name): ")[language] + state + last + "."
    }
  }
}
