import { useState } from 'react';
import { initialsOf } from './initials.ts';

interface PersonPictureProps {
  userId: string;
  /** null for who has none. */
  avatarId: string | null;
  /** Name or address, for the letters in place of a picture. */
  name: string;
  /** Width, height and size of the letters. */
  className: string;
}

/** The picture of a person, or their initials. Decorative: whoever shows it names the person. */
export function PersonPicture({ userId, avatarId, name, className }: PersonPictureProps) {
  const [failedId, setFailedId] = useState<string | null>(null);
  return (
    <span
      aria-hidden
      className={`grid shrink-0 place-items-center overflow-hidden rounded-full bg-accent-soft font-medium text-accent select-none ${className}`}
    >
      {avatarId === null || avatarId === failedId ? (
        initialsOf(name)
      ) : (
        <img
          src={`/v1/users/${encodeURIComponent(userId)}/avatar?v=${encodeURIComponent(avatarId)}`}
          alt=""
          decoding="async"
          draggable={false}
          onError={() => setFailedId(avatarId)}
          className="size-full object-cover"
        />
      )}
    </span>
  );
}
