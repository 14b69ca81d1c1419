import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Keyboard, Search } from 'lucide-react';
import { type FormEvent, Suspense, lazy, useMemo, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { KeyCap } from '#components/key-cap.tsx';
import { useKeysDialog } from '#components/keymap-provider.tsx';
import { useKeymap } from '#components/use-keymap.ts';

const AccountMark = lazy(async () => ({
  default: (await import('#features/accounts/account-mark.tsx')).AccountMark,
}));

/** The search box over everything, and the button that lists the keys. */
export function TopBar({ hiddenOnSmall }: { hiddenOnSmall: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const showKeys = useKeysDialog();
  const box = useRef<HTMLInputElement>(null);
  const { q } = useSearch({ strict: false });
  const onSearchPage = useSearch({ strict: false, select: (search) => 'order' in search });
  useKeymap(
    'everywhere',
    useMemo(
      () => [
        { keys: ['/'], label: 'keys.focusSearch', run: () => focusAndSelect(box.current) },
        { keys: ['?'], label: 'keys.showKeys', run: showKeys },
      ],
      [showKeys],
    ),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = box.current?.value.trim() ?? '';
    if (words === '') return;
    void navigate({
      to: '/search',
      search: (previous) => ({ order: previous.order ?? 'newest', q: words }),
    });
  };
  return (
    <header
      className={`flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-3 md:px-6 ${hiddenOnSmall ? 'max-md:hidden' : ''}`}
    >
      <search className="max-w-2xl flex-1">
        <form onSubmit={submit} className="relative">
          <Search
            size={16}
            className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
            aria-hidden
          />
          <input
            ref={box}
            key={onSearchPage ? q : ''}
            type="search"
            name="q"
            defaultValue={onSearchPage ? q : ''}
            maxLength={500}
            aria-label={t('nav.searchLabel')}
            placeholder={t('nav.searchPlaceholder')}
            autoComplete="off"
            className="h-9 w-full rounded-lg border border-transparent bg-sunken pr-10 pl-9 placeholder:text-ink-faint hover:border-line focus:bg-surface"
          />
          <span className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 max-md:hidden">
            <KeyCap>/</KeyCap>
          </span>
        </form>
      </search>
      <button
        type="button"
        onClick={showKeys}
        aria-label={t('nav.keys')}
        title={t('nav.keys')}
        className="ml-auto grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink max-md:hidden"
      >
        <Keyboard size={18} aria-hidden />
      </button>
      <Link
        to="/settings"
        aria-label={t('nav.settings')}
        title={t('nav.settings')}
        className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink data-[status=active]:text-accent max-md:ml-auto"
      >
        <Suspense>
          <AccountMark />
        </Suspense>
      </Link>
    </header>
  );
}

function focusAndSelect(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
