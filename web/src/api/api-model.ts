import type {
  AccountSettings as ApiAccountSettings,
  Identity as ApiIdentity,
  PatchV1AccountData,
  PostV1WebhooksData,
  PostV1WebhooksResponse,
  Session as ApiSession,
  Webhook as ApiWebhook,
  WebhookDelivery as ApiWebhookDelivery,
  AccessReason as ApiAccessReason,
  Invitation as ApiInvitation,
  OpenLink as ApiOpenLink,
  PatchV1UsersByUserIdData,
  PostV1InvitationsResponse,
  PostV1SharesData,
  PostV1SharesResponse,
  Share as ApiShare,
  User as ApiUser,
  Account as ApiAccount,
  AuthOptions as ApiAuthOptions,
  Usage as ApiUsage,
  ApiKey as ApiApiKey,
  Document as ApiDocument,
  DocumentContents as ApiDocumentContents,
  DocumentVersion as ApiDocumentVersion,
  Folder as ApiFolder,
  FoundFolder as ApiFoundFolder,
  GetV1DocumentsByDocumentIdDownloadByFormatData,
  GetV1DocumentsByDocumentIdPagesResponse,
  GetV1SearchData,
  GetV1SearchResponse,
  HistoryEntry as ApiHistoryEntry,
  JournalEntry as ApiJournalEntry,
  JournalListItem as ApiJournalListItem,
  ListedFolder as ApiListedFolder,
  Job as ApiJob,
  Page as ApiPage,
  PageSummary as ApiPageSummary,
  PostV1DocumentsResponse,
  PostV1KeysData,
  PostV1KeysResponse,
  Problem as ApiProblem,
  QueueStats as ApiQueueStats,
  SearchHit as ApiSearchHit,
  System as ApiSystem,
  Upload as ApiUpload,
  ReviewTask as ApiReviewTask,
  GetV1ReviewTasksResponse,
  Timeblock as ApiTimeblock,
  Timetable as ApiTimetable,
  TimetableListItem as ApiTimetableListItem,
  Word as ApiWord,
  Zone as ApiZone,
  ZoneRevision as ApiZoneRevision,
} from './generated/types.gen.ts';

/** Names for the generated shapes of the HTTP API, one each, so that nothing else imports them. */
export type Document = ApiDocument;
export type DocumentContents = ApiDocumentContents;
export type DocumentVersion = ApiDocumentVersion;
export type Folder = ApiFolder;
export type FoundFolder = ApiFoundFolder;
export type ListedFolder = ApiListedFolder;
export type DocumentStatus = Document['status'];
export type DocumentType = NonNullable<Document['documentType']>;
export type Job = ApiJob;
export type JobStatus = Job['status'];
export type HistoryEntry = ApiHistoryEntry;
export type QueueStats = ApiQueueStats;
export type Page = ApiPage;
export type PageSummary = ApiPageSummary;
export type PageList = GetV1DocumentsByDocumentIdPagesResponse;
export type Word = ApiWord;
export type Zone = ApiZone;
export type ZoneRevision = ApiZoneRevision;
export type ReviewTask = ApiReviewTask;
export type ReviewList = GetV1ReviewTasksResponse;
export type Box = Pick<Zone, 'x' | 'y' | 'width' | 'height'>;
export type SearchHit = ApiSearchHit;
export type SearchResult = GetV1SearchResponse;
export type SearchOrder = NonNullable<NonNullable<GetV1SearchData['query']>['order']>;
export type JournalEntry = ApiJournalEntry;
export type EntryType = JournalEntry['entryType'];
export type JournalListItem = ApiJournalListItem;
export type Timetable = ApiTimetable;
export type TimetableStatus = Timetable['status'];
export type TimetableListItem = ApiTimetableListItem;
export type Timeblock = ApiTimeblock;
export type System = ApiSystem;
export type Problem = ApiProblem;
export type UploadResult = PostV1DocumentsResponse;
export type Upload = ApiUpload;
export type DownloadFormat = 'original' | GetV1DocumentsByDocumentIdDownloadByFormatData['path']['format'];

export type ApiKey = ApiApiKey;
export type KeyWish = PostV1KeysData['body'];
export type KeyScope = KeyWish['scopes'][number];
export type MadeKey = PostV1KeysResponse;

export type Usage = ApiUsage;

export type Account = ApiAccount;
export type AuthOptions = ApiAuthOptions;

export type Share = ApiShare;
export type SharePermission = Share['permission'];
export type ShareWish = PostV1SharesData['body'];
export type GivenShare = PostV1SharesResponse;
export type AccessReason = ApiAccessReason;
export type OpenLink = ApiOpenLink;
export type User = ApiUser;
export type UserRole = User['role'];
export type UserChange = PatchV1UsersByUserIdData['body'];
export type Invitation = ApiInvitation;
export type MadeInvitation = PostV1InvitationsResponse;

export type AccountSettings = ApiAccountSettings;
export type AccountChange = NonNullable<PatchV1AccountData['body']>;
export type AccountSession = ApiSession;
export type Identity = ApiIdentity;
export type Webhook = ApiWebhook;
export type WebhookEvent = Webhook['events'][number];
export type WebhookWish = PostV1WebhooksData['body'];
export type WebhookWithSecret = PostV1WebhooksResponse;
export type WebhookDelivery = ApiWebhookDelivery;

/** One page of a list; `nextCursor` is null on the last. */
export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface NewAccount {
  email: string;
  password: string;
  firstName: string | null;
  lastName: string | null;
}
