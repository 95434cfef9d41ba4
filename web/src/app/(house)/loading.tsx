import { Bar, TableSkeleton } from '@/ui/skeleton.tsx';

/** A page on its way: its title and rows in grey. */
export default function Loading() {
  return (
    <>
      <div className="pt-7 pb-6">
        <Bar className="h-5 w-44" />
        <Bar className="mt-3 h-3 w-80 max-w-full" />
      </div>
      <TableSkeleton rows={12} rowHeight={48} label="Loading" />
    </>
  );
}
