import { FileX } from 'lucide-react';
import { useState } from 'react';
import { pageImageAddress } from '#api/docmill-api.ts';
import { stepWidth } from './image-width.ts';

interface PageThumbnailProps {
  documentId: string;
  versionId: string;
  number: number;
  /** Width it is shown with, in CSS pixels. */
  width: number;
  className?: string;
}

const looks = { loading: 'skeleton', shown: 'bg-paper', failed: 'bg-sunken' };

/** A small image of a page. Decorative: whoever shows it names the page. */
export function PageThumbnail({
  documentId,
  versionId,
  number,
  width,
  className = '',
}: PageThumbnailProps) {
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  return (
    <span className={`grid place-items-center overflow-hidden ${looks[state]} ${className}`}>
      {state === 'failed' ? (
        <FileX size={20} strokeWidth={1.5} className="text-ink-faint" aria-hidden />
      ) : (
        <img
          src={pageImageAddress(documentId, versionId, number, stepWidth(width, devicePixelRatio))}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onLoad={() => setState('shown')}
          onError={() => setState('failed')}
          className={`size-full object-cover object-top ${state === 'shown' ? '' : 'opacity-0'}`}
        />
      )}
    </span>
  );
}
