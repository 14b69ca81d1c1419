export { auditRoutes } from './audit-routes.ts';
export { anchorAudit, readAuditPage, verifyAudit } from './audit-service.ts';
export type { AuditReport } from './audit-service.ts';
export { insertAuditEvent } from './audit-repository.ts';
export { presentAuditEvent } from './audit-view.ts';
