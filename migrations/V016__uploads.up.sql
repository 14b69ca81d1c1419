-- Uploads that may take several requests: resumable ones (tus), whose bytes come piece by piece, and direct ones, which
-- the client writes into the bucket itself. No bytes are good until the whole file has been looked at and stored under a
-- document; until then they are pieces, and what is left of an upload goes when its time is over.

alter table blobs drop constraint blobs_purpose_check;
alter table blobs add constraint blobs_purpose_check check (
  purpose in ('source', 'page_image', 'thumbnail', 'avatar', 'export', 'import', 'archive', 'upload')
);
comment on column blobs.purpose is
  'What the bytes are for: source, page_image, thumbnail, avatar, export, import, archive or upload (a piece of a file on its way in).';

create table uploads (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  protocol text not null check (protocol in ('tus', 'direct')),
  file_name text not null check (length(file_name) between 1 and 255),
  size_bytes bigint not null check (size_bytes > 0),
  offset_bytes bigint not null default 0,
  piece_count integer not null default 0,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  wish jsonb not null default '{}' check (jsonb_typeof(wish) = 'object' and octet_length(wish::text) <= 65536),
  sent_metadata text check (length(sent_metadata) <= 16384),
  turn uuid,
  outcome jsonb check (jsonb_typeof(outcome) = 'object'),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (owner_id, id),
  constraint uploads_offset check (offset_bytes between 0 and size_bytes),
  -- One that ended was complete, or refused before.
  constraint uploads_ended check ((outcome is null) = (ended_at is null)),
  constraint uploads_expiry check (expires_at > created_at)
);
create index uploads_open on uploads (owner_id, id) where ended_at is null;
create index uploads_expired on uploads (expires_at);

comment on table uploads is 'A file on its way in over several requests, until it is a document or its time is over.';
comment on column uploads.id is 'UUID version 7, made by the application; it stands in the address that the client writes to.';
comment on column uploads.owner_id is 'Who uploads; the document will be theirs.';
comment on column uploads.protocol is 'tus (resumable, through the server) or direct (the client writes into the bucket).';
comment on column uploads.file_name is 'Name of the file, cleaned as it will be kept.';
comment on column uploads.size_bytes is 'Size of the whole file as the client announced it.';
comment on column uploads.offset_bytes is 'Bytes that are durable; those of the pieces together.';
comment on column uploads.piece_count is 'Number of the last piece.';
comment on column uploads.sha256 is 'Hash of the whole file in hex, where the client announced it; a file that has another is refused.';
comment on column uploads.wish is
  'What is to become of the file: folder, path below it, document for a new version, languages, duplicates, note. Checked when it begins and again at its end.';
comment on column uploads.sent_metadata is 'The header Upload-Metadata as the client sent it, which tus wants to be told back.';
comment on column uploads.turn is
  'The request whose turn it is to write. Each request takes the turn; one that lost it can add nothing any more, on whatever machine it runs.';
comment on column uploads.outcome is 'How it ended: the document and job it became, the document it repeats, or why it was refused; null while it is open.';
comment on column uploads.ended_at is 'When it ended.';
comment on column uploads.created_at is 'When it began.';
comment on column uploads.expires_at is 'When it is forgotten, with all bytes that are left of it.';

create table upload_pieces (
  upload_id uuid not null,
  number integer not null,
  owner_id uuid not null,
  size_bytes bigint not null check (size_bytes > 0),
  blob_id uuid not null,
  primary key (upload_id, number),
  -- Small pieces in great number would cost more rows than bytes.
  constraint upload_pieces_number check (number between 1 and 10000),
  constraint upload_pieces_upload_fk foreign key (owner_id, upload_id)
    references uploads (owner_id, id) on delete cascade,
  constraint upload_pieces_blob_fk foreign key (owner_id, blob_id) references blobs (owner_id, id) on delete cascade
);
create unique index upload_pieces_blob on upload_pieces (owner_id, blob_id);

comment on table upload_pieces is 'The bytes of an upload that are there, in order.';
comment on column upload_pieces.upload_id is 'The upload.';
comment on column upload_pieces.number is '1, 2, … in the order of the file.';
comment on column upload_pieces.owner_id is 'Tenant.';
comment on column upload_pieces.size_bytes is 'Size of the piece; of a direct upload what the client announced.';
comment on column upload_pieces.blob_id is 'Where its bytes are. Removing the blob removes the piece.';

grant select, insert, update, delete on uploads, upload_pieces to docmill_app, docmill_worker;

do $$
declare
  item text;
begin
  foreach item in array array['uploads', 'upload_pieces'] loop
    execute format('alter table %s enable row level security', item);
    execute format('alter table %s force row level security', item);
    execute format('create policy migrator_all on %s to current_user using (true) with check (true)', item);
    execute format('create policy worker_all on %s to docmill_worker using (true) with check (true)', item);
    execute format('create policy own_rows on %s to docmill_app using (owner_id = (select current_actor())) with check (owner_id = (select current_actor()))', item);
  end loop;
end
$$;
