const TUNABLE = 'glibc.malloc.hugetlb';

/**
 * The environment for a process that trains on the CPU: glibc is told to ask Linux for pages of 2 MB, which most distributions give to those who
 * ask (`madvise` in /sys/kernel/mm/transparent_hugepage/enabled). A step goes through hundreds of megabytes, for which the processor's cache
 * of 4 kB pages is too small. What the environment says of it already stays; other C libraries take no notice.
 */
export const withLargePages = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): NodeJS.ProcessEnv => {
  const tunables = env.GLIBC_TUNABLES ?? '';
  if (platform !== 'linux' || tunables.includes(TUNABLE)) return env;
  return { ...env, GLIBC_TUNABLES: [tunables, `${TUNABLE}=1`].filter((own) => own !== '').join(':') };
};
