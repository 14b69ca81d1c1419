import { useTranslation } from '#app/i18n/use-translation.ts';
import { pageImageAddress } from '#api/docmill-api.ts';
import type { Page, ReviewTask, Zone } from '#api/api-model.ts';

interface ReviewPictureProps {
  task: ReviewTask;
  number: number;
  page: Page;
  zones: readonly Zone[];
}

const imageWidth = 1_280;

/** The page with the zones that are to be checked marked on it. */
export function ReviewPicture({ task, number, page, zones }: ReviewPictureProps) {
  const { t } = useTranslation();
  const { width, height } = page;
  return (
    <svg
      role="img"
      aria-label={t('review.picture', { number, title: task.documentTitle })}
      viewBox={`0 0 ${width} ${height}`}
      className="mx-auto block w-full max-w-4xl bg-paper shadow-raised"
    >
      <image
        href={pageImageAddress(task.documentId, task.versionId, number, imageWidth)}
        width={width}
        height={height}
        preserveAspectRatio="none"
      />
      {zones.map((zone) => (
        <rect
          key={zone.id}
          className="zone zone-low"
          x={zone.x * width}
          y={zone.y * height}
          width={zone.width * width}
          height={zone.height * height}
          rx={2}
        />
      ))}
    </svg>
  );
}
