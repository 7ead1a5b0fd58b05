/// Version of the program, as reports and the ledger name it.
package let programVersion = "0.1.0"
