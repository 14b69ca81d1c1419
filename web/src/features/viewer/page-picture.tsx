import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';

interface PagePictureProps {
  address: string;
  label: string;
  /** False waits a moment first, so that flicking past a page does not ask for its image. */
  isUrgent: boolean;
  /** True asks for nothing yet, since something more important is loading. */
  isHeld: boolean;
  onShown: () => void;
}

const waitMs = 60;

/**
 * The image of a page. When another width is wanted the old image stays, stretched, until the new
 * one has arrived, so the page never goes blank or jumps.
 */
export function PagePicture({ address, label, isUrgent, isHeld, onShown }: PagePictureProps) {
  const { t } = useTranslation();
  const [isWanted, setIsWanted] = useState(isUrgent);
  const [shown, setShown] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    if (isWanted) return undefined;
    const timer = setTimeout(() => setIsWanted(true), waitMs);
    return () => clearTimeout(timer);
  }, [isWanted]);
  if (failed === address && shown === null) {
    return (
      <p className="grid size-full place-content-center justify-items-center gap-2 bg-surface p-6 text-center text-sm text-ink-soft">
        <ImageOff size={24} aria-hidden />
        {t('viewer.imageFailed')}
      </p>
    );
  }
  const layer = 'absolute inset-0 size-full object-contain';
  return (
    <>
      {shown !== null && (
        <img src={shown} alt={label} draggable={false} className={layer} decoding="sync" />
      )}
      {isWanted && !isHeld && shown !== address && failed !== address && (
        <img
          src={address}
          alt={shown === null ? label : ''}
          draggable={false}
          className={`${layer} opacity-0`}
          fetchPriority={isUrgent ? 'high' : 'auto'}
          onLoad={() => {
            setShown(address);
            onShown();
          }}
          onError={() => {
            setFailed(address);
            onShown();
          }}
        />
      )}
    </>
  );
}
