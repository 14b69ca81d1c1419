-- Slow maintenance goes straight to PostgreSQL, as the owner where a server of its own is set up by the guide, and on
-- behalf of the system: so the owner, too, may take on the role of the workers. From 16 on, whoever makes a role may give
-- it away but not take it on.
do $$
begin
  if not pg_has_role(current_user, 'docmill_worker', 'member')
    or (current_setting('server_version_num')::int >= 160000 and not pg_has_role(current_user, 'docmill_worker', 'set'))
  then
    if current_setting('server_version_num')::int >= 160000 then
      execute format('grant docmill_worker to %I with inherit false, set true', current_user);
    else
      execute format('grant docmill_worker to %I', current_user);
    end if;
  end if;
exception
  when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end
$$;
