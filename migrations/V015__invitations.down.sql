-- Undoes V015: open invitations are lost.
drop table invitations;
