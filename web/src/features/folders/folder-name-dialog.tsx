import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { ModalDialog } from '#components/modal-dialog.tsx';
import { useErrorText } from '#components/use-error-text.ts';

interface FolderNameDialogProps {
  title: string;
  /** What the button that does it says. */
  doLabel: string;
  name: string;
  /** Does it; what it throws is shown and the dialog stays. */
  onName: (name: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for the name of a folder. */
export function FolderNameDialog(props: FolderNameDialogProps) {
  const { title, doLabel, name, onName, onClose } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = new FormData(event.currentTarget).get('name');
    const wished = typeof field === 'string' ? field.trim() : '';
    if (wished === '' || isBusy) return;
    if (wished === name) {
      onClose();
      return;
    }
    setIsBusy(true);
    try {
      await onName(wished);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setIsBusy(false);
    }
  };
  return (
    <ModalDialog title={title} onClose={onClose}>
      <form className="mt-4" onSubmit={(event) => void submit(event)}>
        <label className="block text-sm font-medium" htmlFor="folder-name">
          {t('folders.name')}
        </label>
        <input
          id="folder-name"
          name="name"
          defaultValue={name}
          maxLength={255}
          required
          autoComplete="off"
          aria-invalid={problem !== null}
          aria-describedby="folder-name-problem"
          ref={(input) => input?.select()}
          className="mt-1 h-10 w-full rounded-lg border border-line-strong bg-surface px-3"
        />
        <p id="folder-name-problem" role="alert" className="mt-2 min-h-5 text-sm text-bad">
          {problem}
        </p>
        <div className="mt-3 flex justify-end gap-2">
          <button type="button" className={plainButton} onClick={onClose}>
            {t('actions.cancel')}
          </button>
          <button type="submit" className={primaryButton} disabled={isBusy}>
            {doLabel}
          </button>
        </div>
      </form>
    </ModalDialog>
  );
}
