import type { UserRole } from '#api/api-model.ts';

/** From the plain member up. */
export const userRoles = ['teacher', 'reviewer', 'admin'] as const satisfies readonly UserRole[];
