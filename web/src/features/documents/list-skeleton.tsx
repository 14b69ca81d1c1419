import { Skeleton } from '#components/skeleton.tsx';

/** Stands for a list of the library that is being read. */
export function ListSkeleton() {
  return (
    <div className="mx-auto w-full max-w-6xl space-y-3 px-4 pt-2 md:px-8">
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} className="h-20" />
      ))}
    </div>
  );
}
