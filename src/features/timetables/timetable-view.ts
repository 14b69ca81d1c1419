import type { NewTimeblock, Timeblock } from './timeblock.ts';
import { dayName, dayNumber, defaultColor } from './timeblock.ts';
import type { CountedTimetable, Timetable } from './timetable.ts';
import type { TimetableWithBlocks } from './timetable-repository.ts';
import type {
  BlockChange,
  BlockWrite,
  ListedTimetableView,
  TimetableView,
} from './timetable-schema.ts';

function presentFacts(timetable: Timetable) {
  return {
    id: timetable.id,
    name: timetable.name,
    className: timetable.className,
    term: timetable.term,
    year: timetable.year,
    weekStartDate: timetable.weekStartDate,
    timezone: timetable.timezone,
    status: timetable.status,
    source: timetable.source,
    metadata: timetable.metadata,
    createdAt: timetable.createdAt.toISOString(),
    updatedAt: timetable.updatedAt.toISOString(),
    deletedAt: timetable.deletedAt?.toISOString() ?? null,
  };
}

export function presentTimetable(timetable: TimetableWithBlocks): TimetableView {
  return {
    ...presentFacts(timetable),
    blocks: timetable.blocks.map(presentBlock),
    documents: timetable.documents,
  };
}

export function presentListedTimetable(timetable: CountedTimetable): ListedTimetableView {
  const { blockCount, documentCount } = timetable;
  return { ...presentFacts(timetable), blockCount, documentCount };
}

function presentBlock({ dayOfWeek, ...block }: Timeblock): TimetableView['blocks'][number] {
  return { ...block, day: dayName(dayOfWeek) };
}

/** A block as it was sent, with what was left out. */
export function readBlock(sent: BlockWrite): NewTimeblock {
  return {
    dayOfWeek: dayNumber(sent.day),
    track: sent.track ?? 0,
    startTime: sent.startTime,
    endTime: sent.endTime,
    name: sent.name,
    notes: sent.notes ?? null,
    color: sent.color ?? defaultColor,
    position: sent.position ?? 0,
    metadata: sent.metadata === undefined ? {} : sent.metadata,
  };
}

/** Only what was sent. */
export function readBlockChange({ day, ...sent }: BlockChange): Partial<NewTimeblock> {
  const change = day === undefined ? sent : { ...sent, dayOfWeek: dayNumber(day) };
  return withoutMissing(change);
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** The fields that are there. */
export function withoutMissing<Fields extends object>(fields: Fields): Present<Fields> {
  const present: Present<Fields> = { ...fields };
  for (const name in present) if (present[name] === undefined) delete present[name];
  return present;
}
