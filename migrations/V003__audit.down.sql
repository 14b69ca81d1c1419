-- Undoes V003. The audit log is lost with all its partitions: keep a backup when it must be kept.
do $$
declare
  audited regclass;
begin
  for audited in select t.tgrelid::regclass from pg_trigger t where t.tgfoid = 'audit_row'::regproc loop
    execute format('drop trigger audit on %s', audited);
  end loop;
end
$$;
drop function drop_partitions(text, timestamptz);
drop function audit_table(regclass, text[], text[], boolean);
drop function audit_row();
drop function audit_value(boolean, jsonb);
drop function append_audit(text, text, uuid, jsonb);
drop function open_audit_chain(date);
drop function audit_address(text);
drop table audit_chains;
drop table audit_logs;
drop function close_audit_chain_late();
drop function close_audit_chain();
drop function audit_setting(text);
drop sequence audit_logs_id_seq;
drop trigger users_held on users;
drop function refuse_held_user();
drop table legal_holds;
drop function list_partitions(text);
drop function ensure_partitions(timestamptz);
drop table partition_plans;
