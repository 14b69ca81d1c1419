import { useQuery } from '@tanstack/react-query';
import { CircleUser } from 'lucide-react';
import { PersonPicture } from '#components/person-picture.tsx';
import { accountQuery } from './account-queries.ts';

/** The picture of who is signed in, or a sign for people. Decorative, on the way to the settings. */
export function AccountMark() {
  const { data: account } = useQuery(accountQuery);
  if (account === undefined || account.avatarId === null)
    return <CircleUser size={18} aria-hidden />;
  const { id, avatarId, name, email } = account;
  return (
    <PersonPicture
      userId={id}
      avatarId={avatarId}
      name={name ?? email}
      className="size-7 text-xs"
    />
  );
}
