// RuleFiles
