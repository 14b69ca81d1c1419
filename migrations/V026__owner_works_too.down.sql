-- Undoes V026. The membership belongs to the cluster and not to this database: others may use it, so it stays.
select;
