import { Link } from '@tanstack/react-router';
import {
  CircleAlert,
  CircleCheck,
  CircleSlash,
  Clock,
  Pause,
  Play,
  RotateCcw,
  Upload,
  X,
} from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { ProgressBar } from '#components/progress-bar.tsx';
import { formatBytes, formatPercent } from '#components/value-formats.ts';
import { useUploadQueue } from './upload-provider.tsx';
import { type UploadEntry, isUnderWay } from './upload-queue.ts';

const looks = {
  waiting: { icon: Clock, color: 'text-ink-faint' },
  sending: { icon: Upload, color: 'text-accent' },
  paused: { icon: Pause, color: 'text-ink-faint' },
  skipped: { icon: CircleCheck, color: 'text-ink-faint' },
  accepted: { icon: CircleCheck, color: 'text-good' },
  refused: { icon: CircleAlert, color: 'text-bad' },
  stopped: { icon: CircleSlash, color: 'text-ink-faint' },
} as const;

/** One file of the upload panel. */
export function UploadLine({ upload }: { upload: UploadEntry }) {
  const { t } = useTranslation();
  const queue = useUploadQueue();
  const { file, state } = upload;
  const { icon: Icon, color } = looks[state.kind];
  return (
    <li className="flex items-center gap-3 py-2 pr-1.5 pl-4 text-sm">
      <Icon size={16} className={`shrink-0 ${color}`} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="truncate">{file.name}</p>
        <div className="text-xs text-ink-soft">
          <UploadStateText upload={upload} />
        </div>
      </div>
      {upload.canPause && state.kind === 'sending' && (
        <IconButton
          icon={Pause}
          label={t('upload.pause', { name: file.name })}
          onClick={() => queue.pause(upload.id)}
        />
      )}
      {state.kind === 'paused' && (
        <IconButton
          icon={Play}
          label={t('upload.goOn', { name: file.name })}
          onClick={() => queue.repeat(upload.id)}
        />
      )}
      {isUnderWay(upload) && (
        <IconButton
          icon={X}
          label={t('upload.stop', { name: file.name })}
          onClick={() => queue.stop(upload.id)}
        />
      )}
      {(state.kind === 'stopped' || (state.kind === 'refused' && state.canRepeat)) && (
        <IconButton
          icon={RotateCcw}
          label={t('upload.again', { name: file.name })}
          onClick={() => queue.repeat(upload.id)}
        />
      )}
    </li>
  );
}

const link = 'font-medium text-accent underline';

function DuplicateLink({ documentId }: { documentId: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t('upload.duplicate')}{' '}
      <Link to="/documents/$documentId" params={{ documentId }} className={link}>
        {t('upload.openDuplicate')}
      </Link>
    </>
  );
}

function UploadStateText({ upload: { file, state } }: { upload: UploadEntry }) {
  const { t } = useTranslation();
  switch (state.kind) {
    case 'waiting':
      return `${t('upload.waiting')} · ${formatBytes(file.size)}`;
    case 'stopped':
      return t('upload.stopped');
    case 'paused':
      return t('upload.paused', { percent: formatPercent(state.fraction) });
    case 'skipped':
      return <DuplicateLink documentId={state.duplicateOf} />;
    case 'refused':
      return <span className="text-bad">{state.message}</span>;
    case 'sending':
      return (
        <span className="flex items-center gap-2">
          <ProgressBar
            fraction={state.fraction}
            label={t('upload.progressLabel', { name: file.name })}
          />
          <span className="w-16 shrink-0 text-right">
            {t('upload.sending', { percent: formatPercent(state.fraction) })}
          </span>
        </span>
      );
    case 'accepted':
      return state.duplicateOf === null ? (
        <Link
          to="/documents/$documentId"
          params={{ documentId: state.documentId }}
          className={link}
        >
          {t('upload.open')}
        </Link>
      ) : (
        <DuplicateLink documentId={state.duplicateOf} />
      );
  }
}
