import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

const folderName = rule(
  'folder.name_invalid',
  'name',
  'The name of a folder has 1 to 255 characters, no slash, no control character and no space at either end.',
);
const folderTaken = rule(
  'folder.name_taken',
  'name',
  'A folder of this name is there already. Choose another name.',
);
const systemUser = rule(
  'identity.system_user',
  'userId',
  'The reserved system user has no way to sign in.',
);

/** What the rules of accounts, folders, documents and shares mean to a user. */
export const libraryRules: ConstraintErrors = {
  users_email_key: rule('user.email_taken', 'email', 'Another account has this e-mail address.'),
  users_email_check: rule(
    'user.email_invalid',
    'email',
    'An e-mail address has 3 to 320 characters.',
  ),
  users_first_name_check: rule(
    'user.name_invalid',
    'firstName',
    'A first name has at most 255 characters.',
  ),
  users_last_name_check: rule(
    'user.name_invalid',
    'lastName',
    'A last name has at most 255 characters.',
  ),
  users_settings_check: rule(
    'user.settings_invalid',
    'settings',
    'The settings are a JSON object.',
  ),
  users_limits_check: rule('user.settings_invalid', 'limits', 'The limits are a JSON object.'),
  users_avatar_fk: rule('blob.not_found', 'avatarBlobId', 'There is no such picture of yours.'),
  user_identities_provider_subject: rule(
    'identity.taken',
    'subject',
    'This identity belongs to a user already.',
  ),
  user_identities_provider_check: rule(
    'identity.provider_unknown',
    'provider',
    'The provider is none of clerk, google, github, microsoft, email and oidc.',
  ),
  user_identities_user_id_fkey: rule('user.not_found', 'userId', 'There is no such user.'),
  user_identities_not_system: systemUser,
  user_passwords_user_id_fkey: rule('user.not_found', 'userId', 'There is no such user.'),
  user_passwords_not_system: systemUser,
  api_keys_user_id_fkey: rule('user.not_found', 'userId', 'There is no such user.'),
  api_keys_name_check: rule(
    'api_key.name_invalid',
    'name',
    'The name of a key has 1 to 100 characters and no space at either end.',
  ),
  api_keys_scopes_check: rule('api_key.scopes_invalid', 'scopes', 'A key has at most 50 scopes.'),
  api_keys_not_system: systemUser,
  sessions_user_id_fkey: rule('user.not_found', 'userId', 'There is no such user.'),
  sessions_not_system: systemUser,
  account_tokens_user_id_fkey: rule('user.not_found', 'userId', 'There is no such user.'),
  account_tokens_not_system: systemUser,
  folders_name_check: folderName,
  folders_sibling_name: folderTaken,
  folders_parent_fk: rule(
    'folder.not_found',
    'parentId',
    'There is no such folder to put it into.',
  ),
  folders_owner_id_fkey: rule('user.not_found', 'ownerId', 'There is no such user.'),
  folders_no_cycle: rule(
    'folder.inside_itself',
    'parentId',
    'A folder cannot be moved into itself or into a folder inside it.',
  ),
  folders_not_own_parent: rule(
    'folder.inside_itself',
    'parentId',
    'A folder cannot be moved into itself.',
  ),
  folders_depth: rule('folder.too_deep', 'parentId', 'Folders may be nested 20 deep.'),
  documents_title_check: rule(
    'document.title_invalid',
    'title',
    'A title has 1 to 255 characters.',
  ),
  documents_folder_fk: rule(
    'folder.not_found',
    'folderId',
    'There is no such folder to put it into.',
  ),
  documents_metadata_check: rule(
    'document.metadata_invalid',
    'metadata',
    'The metadata of a document is a JSON object.',
  ),
  documents_owner_id_fkey: rule('user.not_found', 'ownerId', 'There is no such user.'),
  document_versions_owner_id_document_id_fkey: rule(
    'document.not_found',
    'documentId',
    'There is no such document of yours.',
  ),
  document_versions_owner_id_blob_id_fkey: rule(
    'blob.not_found',
    'blobId',
    'There is no such file of yours.',
  ),
  document_shares_document_fk: rule(
    'document.not_found',
    'documentId',
    'There is no such document of yours.',
  ),
  document_shares_folder_fk: rule(
    'folder.not_found',
    'folderId',
    'There is no such folder of yours.',
  ),
  document_shares_grantee_id_fkey: rule('user.not_found', 'granteeId', 'There is no such user.'),
  document_shares_one_live: rule(
    'share.already_given',
    'granteeId',
    'This user has a share of it already. Change that one.',
  ),
  document_shares_one_live_email: rule(
    'share.already_given',
    'granteeEmail',
    'This address has a share of it already. Change that one.',
  ),
  document_shares_email_check: rule(
    'share.invalid',
    'granteeEmail',
    'An e-mail address has 3 to 320 characters.',
  ),
  document_shares_one_object: rule(
    'share.invalid',
    'documentId',
    'A share is of one document or of one folder.',
  ),
  document_shares_one_receiver: rule(
    'share.invalid',
    'granteeId',
    'A share is for one user, one address or by one link.',
  ),
  document_shares_password_of_link: rule(
    'share.invalid',
    'password',
    'Only a link can ask for a password.',
  ),
  document_shares_not_to_owner: rule(
    'share.invalid',
    'granteeId',
    'The owner needs no share of their own things.',
  ),
  document_shares_permission_check: rule(
    'share.invalid',
    'permission',
    'A permission is view, comment or edit.',
  ),
  processing_jobs_one_open: rule(
    'job.state_conflict',
    'versionId',
    'This document is being processed already. Wait until that run has ended, or cancel it.',
  ),
};
