import { findHostWalls, type HostWalls } from './host-walls.ts';

type WallName =
  | 'environment'
  | 'wall_clock'
  | 'resident_memory'
  | 'node_permissions'
  | 'network'
  | 'kernel_memory'
  | 'cpu_time'
  | 'file_size'
  | 'open_files'
  | 'core_dumps'
  | 'processes'
  | 'own_user'
  | 'no_new_privileges';

/** Every wall around a child, and whether it stands on this host. */
export type WallReport = Readonly<Record<WallName, boolean>>;

/** What stands where. `linux`: only there the resident size of a child can be watched. */
export function describeWalls(walls: HostWalls, linux: boolean): WallReport {
  return {
    environment: true,
    wall_clock: true,
    resident_memory: linux,
    node_permissions: true,
    network: walls.network !== 'none',
    kernel_memory: walls.limits,
    cpu_time: walls.limits,
    file_size: walls.limits,
    open_files: walls.limits,
    core_dumps: walls.limits,
    processes: walls.processes,
    own_user: walls.ownUser,
    no_new_privileges: walls.noNewPrivileges,
  };
}

export interface WallList {
  active: string[];
  missing: string[];
}

/** The walls of this host by name, for the log and `docmill doctor`. */
export async function reportWalls(): Promise<WallList> {
  return listWalls(describeWalls(await findHostWalls(), process.platform === 'linux'));
}

/** A report as two lists. */
export function listWalls(report: WallReport): WallList {
  const names = Object.entries(report);
  return {
    active: names.filter(([, stands]) => stands).map(([name]) => name),
    missing: names.filter(([, stands]) => !stands).map(([name]) => name),
  };
}
