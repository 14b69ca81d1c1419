export type { MetricsLevel, RequestMetric, StageMetric } from './metric.ts';
export { dropMetricHours, dropRawMetrics, readMetricsLevel } from './metrics-repository.ts';
export { metricsRoutes } from './metrics-routes.ts';
export { createMetricBuffers, rollUpMetrics } from './metrics-service.ts';
export type { MetricBuffers } from './metrics-service.ts';
