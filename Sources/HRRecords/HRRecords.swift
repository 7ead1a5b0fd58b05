// HRRecords
