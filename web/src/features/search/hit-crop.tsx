import { useTranslation } from '#app/i18n/use-translation.ts';
import { pageImageAddress } from '#api/docmill-api.ts';
import type { SearchHit } from '#api/api-model.ts';
import { stepWidth } from '#components/image-width.ts';
import { cropAround } from './crop-around.ts';

const shownWidth = 300;
const aspect = 5 / 2;

/** The place on the page where the words stand, cut out of the page image. */
export function HitCrop({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const page = { width: hit.pageWidth, height: hit.pageHeight };
  const crop = cropAround(hit.boxes, page, aspect);
  const imageWidth = stepWidth((shownWidth * page.width) / crop.width, devicePixelRatio);
  return (
    <svg
      role="img"
      aria-label={t('search.crop', { number: hit.pageNumber, title: hit.title })}
      viewBox={`${crop.x} ${crop.y} ${crop.width} ${crop.height}`}
      className="aspect-[5/2] w-full rounded-lg border border-line bg-paper"
    >
      <image
        href={pageImageAddress(hit.documentId, hit.versionId, hit.pageNumber, imageWidth)}
        width={page.width}
        height={page.height}
        preserveAspectRatio="none"
      />
      {hit.boxes.map((box) => (
        <rect
          key={`${box.x} ${box.y}`}
          className="hit"
          x={box.x * page.width}
          y={box.y * page.height}
          width={box.width * page.width}
          height={box.height * page.height}
          rx={1}
        />
      ))}
    </svg>
  );
}
