export { countUsage, countUsageSoon } from './usage-repository.ts';
export {
  requireBytesFit,
  requirePages,
  requireQuery,
  requireUploadRoom,
} from './usage-limit-service.ts';
export type { UsageLimitDeps } from './usage-limit-service.ts';
export type { UsageLimits } from './usage-limits.ts';
export { usageRoutes } from './usage-routes.ts';
