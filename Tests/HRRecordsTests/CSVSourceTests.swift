import AuditBase
import FreezeRules
import TestSupport
import Testing

@testable import HRRecords

/// The error that opening or reading these bytes ends with.
func sourceError(_ bytes: some Sequence<UInt8>, map: ColumnMap = .known) throws -> SourceError {
  do {
    _ = try actions(bytes, map: map)
  } catch let error as SourceError {
    return error
  }
  throw TestSupportError("no error was thrown")
}

@Suite struct ActionFileTests {
  @Test func columnsInAnyOrderAndUnknownOnesIgnored() throws {
    let actions = try actions(
      "why;nip;decree_date;kind;action_id\nx;123;22-03-2024;mutasi;7\n", region: "16.05")
    #expect(actions.count == 1)
    #expect(actions[0].actionID == "7")
    #expect(actions[0].nip == "123")
    #expect(actions[0].regionCode == "16.05")
    #expect(actions[0].decreeDate.span?.description == "2024-03-22")
  }

  @Test func theRecordsOwnRegionWins() throws {
    let action = try #require(
      try actions("action_id,kind,decree_date,region_code\n1,mutasi,2024-03-22,13.12\n", region: "16.05")
        .first)
    #expect(action.regionCode == "13.12")
  }

  @Test func aRowTooShortOrTooLongIsUnreadable() throws {
    let actions = try actions(
      "action_id,kind,decree_date\n1,mutasi\n2,mutasi,2024-03-22,x\n3,mutasi,2024-03-22,,\n4,mutasi,2024-03-22\n"
    )
    #expect(actions.map(\.readerNotes) == [[.shortRow], [.unreadableLine], [.unreadableLine], []])
    #expect(actions.map(\.actionID) == ["line:2", "line:3", "line:4", "4"])
  }

  /// Found with a made-up file: "Budi, S.E." without quotes, last columns empty.
  @Test func aTitleBehindAnUnquotedCommaNeverShiftsTheCells() throws {
    let text =
      "action_id,kind,employee_name,decree_date,inaugurated_on,revokes,recorded_at\n1,mutasi,Budi, S.E.,2024-01-01,2024-03-22,,\n"
    #expect(try actions(text).map(\.readerNotes) == [[.unreadableLine]])
  }

  @Test func aHeaderThatIsPaddedTakesRowsThatAre() throws {
    #expect(try actions("action_id,kind,decree_date,,\n3,mutasi,2024-03-22,,\n").map(\.actionID) == ["3"])
  }

  @Test func aRecordWithoutAnIdIsNamedByItsLine() throws {
    let actions = try actions("action_id,kind,decree_date\n,mutasi,2024-03-22\n-,mutasi,2024-03-22\n")
    #expect(actions.map(\.actionID) == ["line:2", "line:3"])
  }

  @Test func aRepeatedIdIsNotedAndNothingIsDropped() throws {
    let actions = try actions(
      "action_id,kind,decree_date\n1,mutasi,2024-03-22\n1,mutasi,2024-03-22\n2,mutasi,\n")
    #expect(actions.map(\.readerNotes) == [[], [.duplicateActionID], []])
  }

  @Test func textThatIsNotUTF8IsReadAsWindows1252AndSaidSo() throws {
    let bytes =
      Array("action_id,kind,decree_date,employee_name\n1,mutasi,2024-03-22,Jos".utf8) + [0xE9, 0x0A]
    let action = try #require(try actions(bytes).first)
    #expect(action.employeeName == "José")
    #expect(action.readerNotes == [.encodingRepaired])
  }

  @Test func idsThatAreNotUTF8StayApart() throws {
    let bytes =
      Array("id,jenis,tgl sk\nA".utf8) + [0xE9] + Array(",mutasi,2024-03-22\nA".utf8) + [0xE8]
      + Array(",mutasi,2024-03-22\nA".utf8) + [0x81] + Array("B,mutasi,2024-03-22\nA".utf8) + [0x8D]
      + Array("B,mutasi,2024-03-22\n".utf8)
    let found = try actions(bytes)
    #expect(Set(found.map(\.actionID)).count == 4)
    #expect(!found.contains { $0.readerNotes.contains(.duplicateActionID) })
  }

  @Test func whatIsNoReadableWorkbookIsSaidWithTheWayOn() throws {
    let broken = try sourceError([0x50, 0x4B, 3, 4, 1, 2])
    #expect(broken.cause == .notEvaluated && broken.message.english.contains("damaged or cut off"))
    let old = try sourceError([0xD0, 0xCF, 0x11, 0xE0, 1, 2])
    #expect(old.cause == .shape && old.message.english.contains("Save As"))
    #expect(old.message.indonesian.contains(".xlsx"))
  }

  @Test func anEmptyFileAndAMissingColumnAreSaid() throws {
    #expect(try sourceError([]).message.english.contains("empty"))
    let kind = try sourceError("action_id,decree_date\n".utf8)
    #expect(kind.cause == .shape && kind.message.english.contains("--kind mutasi"))
    let dates = try sourceError("action_id,kind\n".utf8)
    #expect(dates.message.english.contains("decree_date, effective_date, inaugurated_on"))
  }

  @Test func aFileThatIsNotThereIsNamed() {
    do {
      _ = try ActionFile(path: "/nonexistent/x.csv", region: nil, zone: .wib)
      Issue.record("no error")
    } catch {
      #expect(error.cause == .unreachable && error.message.english.contains("/nonexistent/x.csv"))
    }
  }

  @Test func approvalsWithAHoleAreRefused() throws {
    let file = try TemporaryFile(
      "letter_no,letter_date,nip,post_to\nX/1,2024-03-01,198501012010011001,Camat\n,2024-03-01,198501012010011001,\n"
    )
    #expect(throws: SourceError.self) { try Approvals(file: TableFile(file.path)) }
    let good = try TemporaryFile(
      "No Surat;Tgl Surat;NIP;Jabatan Baru\nX/1;1 Maret 2024;198501012010011001;Camat\n")
    #expect(try Approvals(file: TableFile(good.path)).count == 1)
  }
}

@Suite struct ColumnMapTests {
  @Test func indonesianHeadersAreKnown() throws {
    let action = try #require(
      try actions(
        """
        Id Riwayat;Jenis Mutasi;Nomor SK;Tgl SK;TMT Jabatan;Tgl. Pelantikan;NIP;Nama;Jabatan Lama;Jabatan Baru;Eselon Lama;Eselon Baru;No Persetujuan;Tgl Persetujuan
        7;promosi;800/1;21 Maret 2024;01-04-2024;22/03/2024;198501012010011001;Budi;Kasi;Kabid;IV.a;III.b;100/OTDA;2024-05-10

        """
      ).first)
    #expect(action.actionID == "7" && action.kind == "promosi" && action.decreeNo == "800/1")
    #expect(action.decreeDate.span?.description == "2024-03-21")
    #expect(action.effectiveDate.span?.description == "2024-04-01")
    #expect(action.inauguratedOn.span?.description == "2024-03-22")
    #expect(action.nip == "198501012010011001" && action.employeeName == "Budi")
    #expect(action.postFrom == "Kasi" && action.postTo == "Kabid")
    #expect(action.echelonFrom == "IV.a" && action.echelonTo == "III.b")
    #expect(action.approvalNo == "100/OTDA" && action.approvalDate.span?.description == "2024-05-10")
  }

  /// The fields of SIASN's riwayat jabatan as it exports them, with several that could mean the same.
  @Test func aSIASNExportIsRead() throws {
    let action = try #require(
      try actions(
        """
        id,idPns,nipBaru,nipLama,jenisJabatan,unorId,unorNama,namaUnor,eselon,eselonId,jabatanFungsionalNama,jabatanFungsionalUmumNama,tmtJabatan,nomorSk,tanggalSk,namaJabatan,tmtPelantikan,jenisPenugasanId,jenisMutasiId,tmtMutasi
        A1,p,198501012010011001,,1,u,Dinas A,Dinas A,III.b,32,,,01-04-2024,800/1,21-03-2024,Kepala Bidang,22-03-2024,D,MU,01-04-2024

        """
      ).first)
    #expect(action.actionID == "A1" && action.kind == "MU" && action.nip == "198501012010011001")
    #expect(action.echelonTo == "III.b" && action.postTo == "Kepala Bidang" && action.unitTo == "Dinas A")
    #expect(action.postTypeTo == "1" && action.assignment == "D" && action.decreeNo == "800/1")
    #expect(action.decreeDate.span?.description == "2024-03-21")
    #expect(action.effectiveDate.span?.description == "2024-04-01")
    #expect(action.inauguratedOn.span?.description == "2024-03-22")
  }

  @Test func contractNamesWin() throws {
    let action = try #require(
      try actions("id,action_id,kind,jenis,tgl_sk,decree_date\nx,7,mutasi,pensiun,2024-01-01,2024-03-22\n")
        .first)
    #expect(action.actionID == "7" && action.kind == "mutasi")
    #expect(action.decreeDate.span?.description == "2024-03-22")
  }

  @Test(arguments: ["id,jenis,tgl_sk,tanggal_sk\n", "id,jenis,decree_date,Decree Date\n"])
  func twoHeadersForOneColumnAreAnErrorThatSaysSo(_ header: String) throws {
    let error = try sourceError(header.utf8)
    #expect(error.cause == .shape)
    #expect(error.message.english.contains("decree_date") && error.message.english.contains("--map"))
  }

  @Test func aMappingChoosesAndItsHeaderMustExist() throws {
    let map = ColumnMap(explicit: [.decreeDate: "Tanggal_SK", .actionID: "nomor urut"])
    let action = try #require(
      try actions("Nomor Urut,jenis,tgl_sk,tanggal_sk\n7,mutasi,2024-01-01,2024-03-22\n", map: map).first)
    #expect(action.decreeDate.span?.description == "2024-03-22" && action.actionID == "7")
    let error = try sourceError("id,jenis,tgl_sk\n".utf8, map: ColumnMap(explicit: [.decreeDate: "tgl_sp"]))
    #expect(error.message.english.contains("tgl_sp") && error.message.english.contains("id, jenis, tgl_sk"))
  }

  @Test func noKnownNameMeansTwoColumns() {
    var owner: [String: ContractColumn] = [:]
    for column in ContractColumn.allCases {
      for name in column.knownNames.joined() + [ColumnMap.normalised(column.rawValue)] {
        #expect(owner[name] == nil || owner[name] == column, "\(name)")
        #expect(ColumnMap.normalised(name) == name)
        owner[name] = column
      }
    }
  }
}
