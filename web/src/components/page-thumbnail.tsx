import { useState } from 'react';
import { pageImageAddress } from '#api/api-client.ts';
import { stepWidth } from './image-width.ts';

interface PageThumbnailProps {
  documentId: string;
  versionId: string;
  number: number;
  /** Width it is shown with, in CSS pixels. */
  width: number;
  className?: string;
}

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
    <span
      className={`block overflow-hidden bg-paper ${state === 'loading' ? 'skeleton' : ''} ${className}`}
    >
      {state !== 'failed' && (
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
