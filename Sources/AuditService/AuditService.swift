// AuditService
