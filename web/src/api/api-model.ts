import type {
  Document as ApiDocument,
  GetV1DocumentsByDocumentIdDownloadByFormatData,
  GetV1DocumentsByDocumentIdPagesResponse,
  GetV1SearchData,
  GetV1SearchResponse,
  HistoryEntry as ApiHistoryEntry,
  Job as ApiJob,
  Page as ApiPage,
  PageSummary as ApiPageSummary,
  PostV1DocumentsResponse,
  Problem as ApiProblem,
  SearchHit as ApiSearchHit,
  System as ApiSystem,
  Zone as ApiZone,
} from './generated/types.gen.ts';

/** Names for the generated shapes of the HTTP API, one each, so that nothing else imports them. */
export type Document = ApiDocument;
export type DocumentStatus = Document['status'];
export type DocumentType = NonNullable<Document['documentType']>;
export type Job = ApiJob;
export type JobStatus = Job['status'];
export type HistoryEntry = ApiHistoryEntry;
export type Page = ApiPage;
export type PageSummary = ApiPageSummary;
export type PageList = GetV1DocumentsByDocumentIdPagesResponse;
export type Zone = ApiZone;
export type Box = Pick<Zone, 'x' | 'y' | 'width' | 'height'>;
export type SearchHit = ApiSearchHit;
export type SearchResult = GetV1SearchResponse;
export type SearchOrder = NonNullable<NonNullable<GetV1SearchData['query']>['order']>;
export type System = ApiSystem;
export type Problem = ApiProblem;
export type UploadResult = PostV1DocumentsResponse;
export type DownloadFormat = GetV1DocumentsByDocumentIdDownloadByFormatData['path']['format'];

/** One page of a list; `nextCursor` is null on the last. */
export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}
