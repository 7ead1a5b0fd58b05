// FreezeRules
