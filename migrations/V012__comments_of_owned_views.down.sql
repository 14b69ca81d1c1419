-- Undoes nothing: comments say the same before and after.
select 1;
