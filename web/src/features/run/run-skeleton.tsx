import { Bar } from '@/ui/skeleton.tsx';

/** The run's page in grey: title, state line, the first charts. */
export function RunSkeleton() {
  return (
    <div role="status" aria-label="Loading the run" className="pt-7">
      <Bar className="h-5 w-72" />
      <Bar className="mt-3 h-3 w-96 max-w-full" />
      <div className="mt-6 h-16 border-y border-line" />
      <div className="mt-16 grid gap-8 md:grid-cols-2">
        <Bar className="h-[250px]" />
        <Bar className="h-[250px]" />
      </div>
    </div>
  );
}
