import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, TimetableId, UserId } from '#kernel/ids.ts';
import type { TimetableStatus } from '#kernel/state-machines.ts';
import { stateMachines } from '#kernel/state-machines.ts';
import { nameProblem } from './shown-name.ts';

/** What is written about a timetable, apart from its blocks. */
export interface TimetableFacts {
  name: string;
  className: string | null;
  term: string | null;
  year: number;
  /** `YYYY-MM-DD`: the first day it is used from. */
  weekStartDate: string | null;
  /** IANA name. */
  timezone: string;
  /** A JSON object. */
  metadata: unknown;
}

export interface Timetable extends TimetableFacts {
  id: TimetableId;
  ownerId: UserId;
  status: TimetableStatus;
  source: 'manual' | 'document' | 'import';
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

export interface CountedTimetable extends Timetable {
  blockCount: number;
  documentCount: number;
}

export interface LinkedDocument {
  id: DocumentId;
  title: string;
}

export function timetableNotFound(id: string): AppError {
  return new AppError('timetable.not_found', `There is no timetable ${id}.`);
}

export function timetableInvalid(field: string, message: string): AppError {
  return new AppError('timetable.invalid', message, { details: { field } });
}

export function documentInvalid(): AppError {
  return new AppError(
    'timetable.document_invalid',
    'One of the documents is not there, or it is in the trash.',
    { details: { field: 'documentIds' } },
  );
}

/** What the schema would refuse as well, said before anything is sent. Throws `timetable.invalid`. */
export function checkTimetable(facts: TimetableFacts): void {
  const problem = nameProblem(facts.name);
  if (problem !== null) throw timetableInvalid('name', `The name of a timetable ${problem}.`);
  checkLabel('className', facts.className, 100);
  checkLabel('term', facts.term, 50);
  if (!Number.isInteger(facts.year) || facts.year < 1900 || facts.year > 2200) {
    throw timetableInvalid('year', 'The year of a timetable is between 1900 and 2200.');
  }
  if (facts.weekStartDate !== null && !isDay(facts.weekStartDate)) {
    throw timetableInvalid('weekStartDate', 'A day is written as 2026-08-31.');
  }
  if (!isTimezone(facts.timezone)) {
    throw timetableInvalid('timezone', 'A time zone is an IANA name such as Europe/Paris.');
  }
}

function checkLabel(field: string, text: string | null, most: number): void {
  if (text === null) return;
  const problem = nameProblem(text, most);
  if (problem !== null) throw timetableInvalid(field, `"${field}" ${problem}.`);
}

/** A day of the calendar from 1900 to 2200: the 30th of February is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1900-01-01' || text > '2200-12-31') return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z0-9_+/-]{1,64}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Throws `timetable.status_conflict`. */
export function checkMove(from: TimetableStatus, to: TimetableStatus): void {
  const moves: readonly TimetableStatus[] = stateMachines.timetables[from];
  if (from === to || moves.includes(to)) return;
  throw new AppError(
    'timetable.status_conflict',
    `A timetable that is ${from} cannot become ${to}, only ${moves.join(' or ')}.`,
    { details: { field: 'status', status: from } },
  );
}

/** ETag of a timetable with its blocks: changes with every edit of either. */
export function timetableEtag(timetable: Pick<Timetable, 'id' | 'rowVersion'>): string {
  return `"${timetable.id}.${timetable.rowVersion}"`;
}
