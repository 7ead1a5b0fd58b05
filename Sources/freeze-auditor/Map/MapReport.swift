import AuditBase
import AuditReports
import FreezeRules
import HRRecords

/// What was found in a database, for people and for programs. Names come from a catalog and cells from rows: hostile text.
struct MapReport {
  let survey: HistorySurvey
  let language: Language

  private func say(_ id: String, _ en: String) -> String { Text(id, en)[language] }
  private func clean(_ text: String) -> String { PlainText.line(text, limit: 300) }

  // MARK: For people

  var table: String {
    var lines = [
      say("Tabel yang tampak seperti riwayat jabatan:", "Tables that look like a history of posts:")
    ]
    if survey.ranked.isEmpty { lines.append("  -") }
    for (index, ranked) in survey.ranked.prefix(8).enumerated() {
      lines.append(
        "  \(index + 1). \(clean(ranked.table.quoted))  (\(rows(ranked.table)), \(say("nilai", "score")) \(ranked.score))"
      )
      lines += ranked.reasons.map { "       - " + clean($0[language]) }
      if !ranked.table.isReadable {
        lines.append(
          "       - "
            + say(
              "peran ini tidak boleh membacanya: jalankan map sebagai pemilik tabel",
              "this role may not read it: run map as the owner of the table"))
      }
      if case .failure(let error)? = survey.samples[ranked.table.oid] {
        lines.append(
          "       - " + say("isinya tidak dapat dilihat: ", "its rows could not be looked at: ")
            + clean(error.message[language]))
      }
    }
    guard let proposal = survey.proposal else { return lines.joined(separator: "\n") + "\n" }
    lines += ["", heading(proposal)]
    let width = proposal.columns.map(\.column.rawValue.count).max() ?? 0
    for column in proposal.columns {
      let name = column.column.rawValue.padding(to: width)
      let sources = column.sources.isEmpty ? "-" : clean(column.sources.joined(separator: ", "))
      lines.append("  \(name)  \(sources): \(clean(column.reason[language]))")
      if let counts = counts(column) { lines.append("  \("".padding(to: width))    \(counts)") }
    }
    for warning in proposal.warnings {
      lines.append(say("  Perhatikan: ", "  Note: ") + clean(warning[language]))
    }
    lines += [
      "",
      say(
        "View yang diusulkan (simpan dengan --output view.sql):",
        "The proposed view (keep it with --output view.sql):"), "",
    ]
    return lines.joined(separator: "\n") + "\n" + proposal.sql(language)
  }

  private func heading(_ proposal: MappingProposal) -> String {
    let looked = proposal.sample
    let what = looked.isWhole ? say("semua baris", "all rows") : say("sebagian baris", "some of the rows")
    return say(
      "Kolom dari \(clean(proposal.table.quoted)) (\(looked.rows) baris diperiksa, \(what)):",
      "Columns from \(clean(proposal.table.quoted)) (\(looked.rows) rows looked at, \(what)):")
  }

  private func rows(_ table: CatalogTable) -> String {
    guard let rows = table.expectedRows else {
      return say("jumlah baris belum diketahui", "number of rows not known")
    }
    return say("sekitar \(rows) baris", "some \(rows) rows")
  }

  private func counts(_ column: ProposedColumn) -> String? {
    guard let evidence = column.evidence, !column.isLagged else { return nil }
    var text = say(
      "terisi \(evidence.filled), terbaca \(evidence.readable), tidak terbaca \(evidence.unreadable)",
      "filled \(evidence.filled), readable \(evidence.readable), unreadable \(evidence.unreadable)")
    if evidence.fillers > 0 {
      text += say(", pengisi kosong \(evidence.fillers)", ", fillers \(evidence.fillers)")
    }
    if !evidence.examples.isEmpty {
      text +=
        say(", misalnya ", ", such as ")
        + evidence.examples.map { "\"\(clean($0))\"" }.joined(separator: ", ")
    }
    return text
  }

  // MARK: For programs

  var json: String {
    var pairs: [JSON.Pair] = [
      JSON.Pair("format_version", .integer(1)), JSON.Pair("installed", .bool(survey.isInstalled)),
      JSON.Pair("tables", .array(survey.ranked.prefix(20).map(ranked))),
    ]
    if let proposal = survey.proposal {
      pairs += [
        JSON.Pair("table", .string(proposal.table.quoted)),
        JSON.Pair("rows_looked_at", .integer(proposal.sample.rows)),
        JSON.Pair("is_whole", .bool(proposal.sample.isWhole)),
        JSON.Pair("columns", .array(proposal.columns.map(column))),
        JSON.Pair("warnings", .array(proposal.warnings.map { .string($0[language]) })),
        JSON.Pair("sql", .string(proposal.sql(language))),
      ]
    } else {
      pairs.append(JSON.Pair("table", .null))
    }
    return JSON.object(pairs).text + "\n"
  }

  private func ranked(_ ranked: RankedTable) -> JSON {
    .object([
      "name": .string(ranked.table.quoted), "sort": .string(ranked.table.sort.rawValue),
      "expected_rows": ranked.table.expectedRows.map { .integer(Int($0)) } ?? .null,
      "readable": .bool(ranked.table.isReadable), "score": .integer(ranked.score),
      "reasons": .array(ranked.reasons.map { .string($0[language]) }),
    ])
  }

  private func column(_ column: ProposedColumn) -> JSON {
    let evidence = column.isLagged ? nil : column.evidence
    return .object([
      "column": .string(column.column.rawValue), "from": .array(column.sources.map { .string($0) }),
      "row_before": .bool(column.isLagged), "reason": .string(column.reason[language]),
      "filled": evidence.map { .integer($0.filled) } ?? .null,
      "readable": evidence.map { .integer($0.readable) } ?? .null,
      "unreadable": evidence.map { .integer($0.unreadable) } ?? .null,
      "fillers": evidence.map { .integer($0.fillers) } ?? .null,
      "examples": .array((evidence?.examples ?? []).map { .string($0) }),
    ])
  }
}

extension String {
  /// With blanks behind it up to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
