import { id, owner, rows, stranger, systemUser } from './one-of-each.ts';

const long = (length: number): string => `repeat('x', ${length})`;
const bad = "'no such thing'";
const hash = `repeat('e', 64)`;
const notHashes = [`upper(${hash})`, `repeat('e', 63)`, `repeat('x', 64)`];

function newIdentity(values: string): string {
  return `insert into user_identities (id, user_id, provider, subject) values (${values})`;
}

function newKey(values: string): string {
  return `insert into api_keys (id, user_id, name, prefix, key_hash) values (${values})`;
}

function newSession(values: string): string {
  return `insert into sessions (id, user_id, token_hash, expires_at) values (${values}, now() + interval '1 day')`;
}

function newToken(values: string): string {
  return `insert into account_tokens (id, user_id, purpose, token_hash, expires_at)
    values (${values}, now() + interval '1 day')`;
}

/** Columns: document, folder, grantee, hash of the link, each a literal. */
function newShare(objectAndReceiver: string, change = "'view'"): string {
  return `insert into document_shares
    (id, owner_id, document_id, folder_id, grantee_id, link_hash, permission)
    values ('${id(99)}', '${owner}', ${objectAndReceiver}, ${change})`;
}

function newInvitation(values: string): string {
  return `insert into invitations (id, email, role, token_hash, expires_at)
    values (${values}, 'teacher', ${hash}, now() + interval '1 day')`;
}

function newVisit(values: string): string {
  return `insert into share_visits (id, owner_id, share_id, password_version, token_hash, expires_at)
    values (${values}, 0, ${hash}, now() + interval '1 day')`;
}

/** The rules of the tables of migration V002 and V014, as `violations` holds them. */
export const accountViolations: Readonly<Record<string, readonly string[]>> = {
  users_avatar_fk: [
    `update users set avatar_blob_id = '${rows.strangersBlob}' where id = '${owner}'`,
    `update users set avatar_blob_id = '${id(99)}' where id = '${owner}'`,
  ],
  users_purged_is_empty: [
    `update users set purged_at = now() where id = '${owner}'`,
    `update users set purged_at = now(), status = 'deleted' where id = '${owner}'`,
    `update users set purged_at = now(), email = id::text || '@deleted.invalid' where id = '${owner}'`,
    `update users set purged_at = now(), status = 'deleted', email = id::text || '@deleted.invalid', first_name = 'A'
     where id = '${owner}'`,
  ],

  user_identities_pkey: [newIdentity(`'${rows.identity}', '${owner}', 'google', '1'`)],
  user_identities_provider_subject: [newIdentity(`'${id(99)}', '${stranger}', 'github', '4711'`)],
  user_identities_user_id_fkey: [newIdentity(`'${id(99)}', '${id(98)}', 'google', '1'`)],
  user_identities_not_system: [newIdentity(`'${id(99)}', '${systemUser}', 'google', '1'`)],
  user_identities_provider_check: [`update user_identities set provider = ${bad}`],
  user_identities_subject_check: [
    `update user_identities set subject = ''`,
    `update user_identities set subject = ${long(256)}`,
  ],
  user_identities_profile_check: [`update user_identities set profile = '[]'`],

  user_passwords_pkey: [
    `insert into user_passwords (user_id, password_hash) values ('${owner}', '$argon2id$x')`,
  ],
  user_passwords_user_id_fkey: [
    `insert into user_passwords (user_id, password_hash) values ('${id(99)}', '$argon2id$x')`,
  ],
  user_passwords_not_system: [
    `insert into user_passwords (user_id, password_hash) values ('${systemUser}', '$argon2id$x')`,
  ],
  user_passwords_password_hash_check: [
    `update user_passwords set password_hash = 'secret'`,
    `update user_passwords set password_hash = '$argon2id$' || ${long(500)}`,
  ],

  api_keys_pkey: [newKey(`'${rows.apiKey}', '${owner}', 'New', 'dmk_', ${hash}`)],
  api_keys_hash: [
    `insert into api_keys (id, user_id, name, prefix, key_hash)
     select '${id(99)}', user_id, 'New', 'dmk_', key_hash from api_keys`,
  ],
  api_keys_user_id_fkey: [newKey(`'${id(99)}', '${id(98)}', 'New', 'dmk_', ${hash}`)],
  api_keys_not_system: [newKey(`'${id(99)}', '${systemUser}', 'New', 'dmk_', ${hash}`)],
  api_keys_name_check: ["''", "' x'", long(101)].map(
    (name) => `update api_keys set name = ${name}`,
  ),
  api_keys_prefix_check: [
    `update api_keys set prefix = 'abc'`,
    `update api_keys set prefix = ${long(21)}`,
  ],
  api_keys_key_hash_check: notHashes.map((text) => `update api_keys set key_hash = ${text}`),
  api_keys_scopes_check: [
    `update api_keys set scopes = array_fill('x'::text, array[51])`,
    `update api_keys set scopes = '{read,null}'`,
  ],

  sessions_pkey: [newSession(`'${rows.session}', '${owner}', ${hash}`)],
  sessions_token: [
    `insert into sessions (id, user_id, token_hash, expires_at)
     select '${id(99)}', user_id, token_hash, expires_at from sessions`,
  ],
  sessions_user_id_fkey: [newSession(`'${id(99)}', '${id(98)}', ${hash}`)],
  sessions_not_system: [newSession(`'${id(99)}', '${systemUser}', ${hash}`)],
  sessions_token_hash_check: notHashes.map((text) => `update sessions set token_hash = ${text}`),
  sessions_state_check: [`update sessions set state = 'null'`],
  sessions_user_agent_check: [`update sessions set user_agent = ${long(501)}`],
  sessions_ends_after_start: [`update sessions set expires_at = created_at`],

  account_tokens_pkey: [newToken(`'${rows.accountToken}', '${owner}', 'first_admin', ${hash}`)],
  account_tokens_token: [
    `insert into account_tokens (id, user_id, purpose, token_hash, expires_at)
     select '${id(99)}', user_id, 'first_admin', token_hash, expires_at from account_tokens`,
  ],
  account_tokens_user_id_fkey: [newToken(`'${id(99)}', '${id(98)}', 'first_admin', ${hash}`)],
  account_tokens_not_system: [newToken(`'${id(99)}', '${systemUser}', 'first_admin', ${hash}`)],
  account_tokens_purpose_check: [newToken(`'${id(99)}', '${owner}', ${bad}, ${hash}`)],
  account_tokens_token_hash_check: notHashes.map(
    (text) => `update account_tokens set token_hash = ${text}`,
  ),
  account_tokens_email_check: [
    `update account_tokens set email = 'a@'`,
    `update account_tokens set email = ${long(321)}`,
  ],
  account_tokens_ends_after_start: [`update account_tokens set expires_at = created_at`],
  account_tokens_names_address: [
    `update account_tokens set email = null`,
    `update account_tokens set purpose = 'reset_password'`,
  ],

  document_shares_pkey: [
    `insert into document_shares (id, owner_id, document_id, link_hash, permission)
     values ('${rows.linkShare}', '${owner}', '${rows.document}', ${hash}, 'view')`,
  ],
  document_shares_owner_id_fkey: [
    `insert into document_shares (id, owner_id, link_hash, document_id, permission)
     select '${id(99)}', '${id(98)}', ${hash}, id, 'view' from documents where id = '${rows.document}'`,
  ],
  document_shares_document_fk: [
    newShare(`'${rows.strangersDocument}', null, null, ${hash}`),
    newShare(`'${id(98)}', null, null, ${hash}`),
  ],
  document_shares_folder_fk: [newShare(`null, '${rows.strangersFolder}', null, ${hash}`)],
  document_shares_grantee_id_fkey: [newShare(`'${rows.document}', null, '${id(98)}', null`)],
  document_shares_link: [
    `insert into document_shares (id, owner_id, document_id, link_hash, permission)
     select '${id(99)}', owner_id, document_id, link_hash, 'view' from document_shares where id = '${rows.linkShare}'`,
  ],
  document_shares_link_hash_check: notHashes.map((text) =>
    newShare(`'${rows.document}', null, null, ${text}`),
  ),
  document_shares_permission_check: [newShare(`'${rows.document}', null, null, ${hash}`, bad)],
  document_shares_password_hash_check: [
    `update document_shares set password_hash = 'secret' where id = '${rows.linkShare}'`,
  ],
  document_shares_one_object: [
    newShare(`null, null, null, ${hash}`),
    newShare(`'${rows.document}', '${rows.folder}', null, ${hash}`),
  ],
  document_shares_one_receiver: [
    newShare(`'${rows.document}', null, null, null`),
    newShare(`'${rows.document}', null, '${id(2)}', ${hash}`),
  ],
  document_shares_uses_of_link: [
    `update document_shares set uses = 1 where id = '${rows.documentShare}'`,
    `update document_shares set last_used_at = now() where id = '${rows.documentShare}'`,
  ],
  document_shares_email_check: ["'a@'", long(321)].map(
    (email) => `insert into document_shares (id, owner_id, document_id, grantee_email, permission)
      values ('${id(99)}', '${owner}', '${rows.document}', ${email}, 'view')`,
  ),
  document_shares_one_live_email: [
    `insert into document_shares (id, owner_id, document_id, grantee_email, permission)
     values ('${id(99)}', '${owner}', '${rows.document}', 'FRIEND@example.org', 'view')`,
  ],
  share_visits_pkey: [newVisit(`'${rows.visit}', '${owner}', '${rows.linkShare}'`)],
  share_visits_token: [
    `insert into share_visits (id, owner_id, share_id, password_version, token_hash, expires_at)
     select '${id(99)}', owner_id, share_id, 0, token_hash, expires_at from share_visits`,
  ],
  share_visits_token_hash_check: notHashes.map(
    (text) => `update share_visits set token_hash = ${text}`,
  ),
  share_visits_share_fk: [
    newVisit(`'${id(99)}', '${stranger}', '${rows.linkShare}'`),
    newVisit(`'${id(99)}', '${owner}', '${id(98)}'`),
  ],
  share_visits_ends_after_start: [`update share_visits set expires_at = created_at`],
  invitations_pkey: [newInvitation(`'${rows.invitation}', 'other@example.org'`)],
  invitations_token: [
    `insert into invitations (id, email, role, token_hash, expires_at)
     select '${id(99)}', 'other@example.org', role, token_hash, expires_at from invitations`,
  ],
  invitations_one_open: [newInvitation(`'${id(99)}', 'NEW@example.org'`)],
  invitations_email_check: [
    newInvitation(`'${id(99)}', 'a@'`),
    newInvitation(`'${id(99)}', ${long(321)}`),
  ],
  invitations_role_check: [`update invitations set role = ${bad}`],
  invitations_token_hash_check: notHashes.map(
    (text) => `update invitations set token_hash = ${text}`,
  ),
  invitations_invited_by_fkey: [`update invitations set invited_by = '${id(99)}'`],
  invitations_accepted_by_fkey: [
    `update invitations set accepted_at = now(), accepted_by = '${id(99)}'`,
  ],
  invitations_ends_after_start: [`update invitations set expires_at = created_at`],
  invitations_accepted_once: [`update invitations set accepted_at = now(), revoked_at = now()`],
  invitations_accepted_by_somebody: [`update invitations set accepted_by = '${owner}'`],
  document_shares_password_of_link: [
    `update document_shares set password_hash = '$argon2id$x' where id = '${rows.documentShare}'`,
  ],
  document_shares_not_to_owner: [newShare(`'${rows.document}', null, '${owner}', null`)],
  document_shares_one_live: [
    newShare(`'${rows.document}', null, '${stranger}', null`, "'edit'"),
    newShare(`null, '${rows.folder}', '${stranger}', null`),
  ],
};
