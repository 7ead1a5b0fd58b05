print("freeze-auditor")
