/** Notes on the errors of accounts, folders, documents, shares and uploads; see error-notes.ts. */
export const libraryErrorNotes = {
  'user.not_found': {
    means: 'There is no such user, or you may not see them.',
    remedy: 'Check the id.',
  },
  'user.email_taken': {
    means: 'Another account has this e-mail address.',
    remedy: 'Sign in with it, or use another address.',
  },
  'user.email_invalid': {
    means: 'An e-mail address has 3 to 320 characters.',
    remedy: 'Correct the address.',
  },
  'user.name_invalid': {
    means: 'A first or last name has at most 255 characters.',
    remedy: 'Shorten the name.',
  },
  'user.settings_invalid': {
    means: 'Settings and limits are JSON objects.',
    remedy: 'Send an object.',
  },
  'avatar.not_found': {
    means: 'There is no picture of this person, or you may not see it.',
    remedy: 'Show the initials of the name; people set a picture in their settings.',
  },
  'identity.provider_unknown': {
    means: 'The provider is none of those that are known.',
    remedy: 'Use clerk, google, github, microsoft or email.',
  },
  'identity.taken': {
    means: 'This identity belongs to a user already.',
    remedy: 'Sign in with it, or unlink it from the other account first.',
  },
  'identity.system_user': {
    means: 'The reserved system user has no way to sign in.',
    remedy: 'Use an account of a person.',
  },
  'api_key.not_found': {
    means: 'There is no such API key, or it is not yours.',
    remedy: 'List the keys again; it may have been revoked.',
  },
  'api_key.name_invalid': {
    means: 'The name of a key has 1 to 100 characters and no space at either end.',
    remedy: 'Choose another name.',
  },
  'api_key.scopes_invalid': {
    means: 'A key has at most 50 scopes.',
    remedy: 'Name fewer scopes.',
  },
  'api_key.invalid': {
    means: 'What is asked of a new API key cannot be, such as an end that has passed.',
    remedy: 'Correct the field that `details.field` names.',
  },
  'api_key.too_many': {
    means: 'A user has at most 100 API keys that were not revoked.',
    remedy: 'Revoke those that are not used; the list says when each was used last.',
  },
  'user.last_admin': {
    means: 'The only active admin would stop to be one.',
    remedy: 'Make somebody else an admin first.',
  },
  'invitation.not_found': {
    means:
      'There is no such open invitation: it was accepted, taken back, or another took its place.',
    remedy: 'List the invitations again.',
  },
  'link.not_found': {
    means:
      'There is no such share link, it has ended, or it asks for a password that was not given or is wrong.',
    remedy: 'Check address and password, or ask the owner for a new link.',
  },
  'link.too_many_tries': {
    means: 'A link was tried too often with wrong passwords, or too many links from one address.',
    remedy: 'Wait as long as `details.retryAfterSeconds` says.',
  },
  'folder.not_found': {
    means: 'There is no such folder, or it is not yours.',
    remedy: 'Check the id, and look whether the folder is in the trash.',
  },
  'folder.name_invalid': {
    means:
      'The name of a folder has 1 to 255 characters, no slash, no control character and no space at either end.',
    remedy: 'Choose another name.',
  },
  'folder.name_taken': {
    means: 'A folder of this name is there already, whatever the case of its letters.',
    remedy: 'Choose another name, or use the folder that is there.',
  },
  'folder.inside_itself': {
    means: 'A folder cannot be moved into itself or into a folder inside it.',
    remedy: 'Choose another place.',
  },
  'folder.too_deep': {
    means: 'Folders may be nested 20 deep.',
    remedy: 'Choose a place higher up.',
  },
  'share.not_found': {
    means: 'There is no such share, or it has ended.',
    remedy: 'List the shares again.',
  },
  'share.already_given': {
    means: 'This user has a share of the document or folder already.',
    remedy: 'Change the share that is there.',
  },
  'share.invalid': {
    means:
      'A share is of one document or folder, for one user other than the owner or by one link; only links have passwords.',
    remedy: 'Correct what `details.field` names.',
  },
  'access.denied': {
    means: 'You may see this but not do that with it.',
    remedy: 'Ask its owner for more.',
  },
  'document.not_found': {
    means: 'There is no such document, or it is not yours.',
    remedy: 'Check the id, and look whether the document is in the trash.',
  },
  'document.title_invalid': {
    means: 'A title has 1 to 255 characters and no space at either end.',
    remedy: 'Choose another title.',
  },
  'document.metadata_invalid': {
    means: 'The metadata of a document is a JSON object of at most 64 KiB.',
    remedy: 'Send an object, and less of it.',
  },
  'document.version_not_found': {
    means: 'The document has no version of this number.',
    remedy: 'List its versions.',
  },
  'document.not_ready': {
    means: 'The document has not been read to its end, so there is no text to download.',
    remedy: 'Wait for its job, or download the original, which is always there.',
  },
  'upload.empty': {
    means: 'The file holds no bytes.',
    remedy: 'Check the file on your side and send it again.',
  },
  'upload.too_large': {
    means: 'The file is larger than this server accepts.',
    remedy: 'Split the file, or raise `DOCMILL_MAX_UPLOAD_MB`.',
  },
  'upload.too_many_files': {
    means: 'The request holds more files than one request may.',
    remedy: 'Send the rest in further requests, or raise `DOCMILL_MAX_FILES`.',
  },
  'upload.type_unsupported': {
    means: 'The content of the file is none of the kinds Docmill reads, whatever its name says.',
    remedy: 'Follow the advice of the message, or convert the file to PDF.',
  },
  'upload.no_file': {
    means: 'The request is an upload without a file.',
    remedy: 'Send one or more file parts as `multipart/form-data`.',
  },
  'upload.interrupted': {
    means: 'The file did not arrive completely; nothing of it was kept.',
    remedy: 'Send it again.',
  },
  'upload.path_invalid': {
    means: 'The relative path of a file is not one that folders can be made of.',
    remedy: 'Send a path without `..`, of at most 20 folders with names of at most 255 characters.',
  },
  'upload.not_found': {
    means: "There is no such upload, it is another user's, or it was forgotten.",
    remedy: 'Begin a new one.',
  },
  'upload.expired': {
    means: 'The time for the upload is over, and what arrived of it was removed.',
    remedy: 'Begin a new one; `DOCMILL_UPLOAD_HOURS` is the time there is.',
  },
  'upload.taken_over': {
    means: 'A later request writes to the same upload, so this one may not any more.',
    remedy: 'Ask for the offset (HEAD) and go on from there.',
  },
  'upload.offset_conflict': {
    means: 'The offset of the request is not where the upload stands.',
    remedy: 'Ask for the offset (HEAD) and go on from there.',
  },
  'upload.protocol_invalid': {
    means: 'A header of the tus protocol is missing or wrong.',
    remedy: 'Use a tus 1.0.0 client; the message names the header.',
  },
  'upload.version_unsupported': {
    means: 'The request does not speak tus 1.0.0.',
    remedy: 'Send `Tus-Resumable: 1.0.0`.',
  },
  'upload.quota_exceeded': {
    means: 'Too much is on its way in at once for one user.',
    remedy: 'Finish or delete open uploads first; `GET /v1/uploads` lists them.',
  },
  'upload.incomplete': {
    means: 'Bytes of the upload are missing.',
    remedy: 'Send the rest, then complete it.',
  },
  'upload.size_mismatch': {
    means: 'The file has another size than was announced; nothing of it was kept.',
    remedy: 'Begin a new upload with the right size.',
  },
  'upload.checksum_mismatch': {
    means: 'The file has another SHA-256 than was announced; nothing of it was kept.',
    remedy: 'Send it again; if it stays, the file changed while it was read.',
  },
  'upload.direct_unavailable': {
    means: 'Files are not kept in a bucket here, so nothing can be written into one.',
    remedy: 'Upload through the server: tus, or a form.',
  },
  'upload.invalid': {
    means: 'A rule of the database on uploads refused the row.',
    remedy: 'Correct what the message names.',
  },
  'upload.conflict': {
    means: 'The upload exists already, or was changed by another request.',
    remedy: 'Ask for its state and decide anew.',
  },
} as const;
