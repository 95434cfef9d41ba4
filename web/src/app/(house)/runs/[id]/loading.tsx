export { RunSkeleton as default } from '@/features/run/run-skeleton.tsx';
