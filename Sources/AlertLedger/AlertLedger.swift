// AlertLedger
