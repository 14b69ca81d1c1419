export { createWebhookFanOut } from './webhook-fan-out.ts';
export { deleteOldDeliveries } from './webhook-delivery-repository.ts';
export { webhookRoutes } from './webhook-routes.ts';
export { WebhookSender } from './webhook-sender.ts';
