import { id, rows } from './one-of-each.ts';

const long = (length: number): string => `repeat('x', ${length})`;
const bad = "'no such thing'";

/** The rules of partitions, legal holds and the audit log; see `violations`. */
export const auditViolations: Readonly<Record<string, readonly string[]>> = {
  partition_plans_pkey: [`insert into partition_plans values ('audit_logs', 'x', 'day', 1)`],
  partition_plans_step_check: [`update partition_plans set step = 'year'`],
  partition_plans_ahead_check: [
    `update partition_plans set ahead = 0`,
    `update partition_plans set ahead = 61`,
  ],

  legal_holds_pkey: [
    `insert into legal_holds (id, reason, placed_by) values ('${rows.hold}', 'again', 'test')`,
  ],
  legal_holds_user_id_fkey: [`update legal_holds set user_id = '${id(99)}'`],
  legal_holds_reason_check: [`update legal_holds set reason = 'no'`],
  legal_holds_placed_by_check: [`update legal_holds set placed_by = ''`],
  legal_holds_released_later: [`update legal_holds set released_at = placed_at - interval '1 s'`],

  audit_logs_pkey: [`insert into audit_logs select * from audit_logs`],
  audit_logs_actor_kind_check: [`update audit_logs set actor_kind = ${bad}`],
  audit_logs_action_check: [
    `update audit_logs set action = ''`,
    `update audit_logs set action = ${long(101)}`,
  ],
  audit_logs_resource_type_check: [
    `update audit_logs set resource_type = ''`,
    `update audit_logs set resource_type = ${long(51)}`,
  ],
  audit_logs_changes_check: [`update audit_logs set changes = '[]'`],
  audit_logs_seq_check: [`update audit_logs set seq = 0`],

  audit_chains_pkey: [
    `insert into audit_chains (month, chain, prev_hash, hash) values ('2026-11-01', 0, '', ''), ('2026-11-01', 0, '', '')`,
  ],
  audit_chains_chain_check: [
    `insert into audit_chains (month, chain, prev_hash, hash) values ('2026-11-01', 128, '', '')`,
    `insert into audit_chains (month, chain, prev_hash, hash) values ('2026-11-01', -1, '', '')`,
  ],
};
