/// Version of the program, as reports and the ledger name it.
public let programVersion = "0.1.0"
