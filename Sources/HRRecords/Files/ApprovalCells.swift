import FreezeRules

extension ApprovalLine {
  /// The columns of an approvals file or table.
  package static let columns = ["letter_no", "letter_date", "nip", "post_to", "region_code"]

  /// A line of an annex from text cells.
  package init(cells: [String: String]) {
    func text(_ name: String) -> String? { Cell.text(cells[name]) }
    self.init(
      letterNo: text("letter_no") ?? "", letterDate: DirtyDate.read(cells["letter_date"]), nip: text("nip"),
      postTo: text("post_to"), regionCode: text("region_code"))
  }
}
