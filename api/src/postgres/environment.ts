/** Variables of other programs that would change what ours do: libpq's and Postgres's own, preloaded libraries, locales, time zones. */
const foreign = /^(PG|LD_|DYLD_|LC_|NODE_|npm_|STUDYHALL_)|^(LANG|LANGUAGE|TZ|DATABASE_URL|OPENSSL_CONF|ICU_DATA|MALLOC_\w+)$/i;

/** The environment for every Postgres program: one locale and time zone, so that errors are English and initdb asks the machine nothing. */
export function environmentOfPostgres(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}

export const postgresEnvironment = environmentOfPostgres(process.env);

/** Everything that our driver would else take from variables (PGSSLMODE, PGOPTIONS …), which are about another Postgres. */
const explicit = new URLSearchParams({
  sslmode: 'disable',
  sslnegotiation: 'postgres',
  application_name: 'studyhall',
  client_encoding: 'UTF8',
  replication: 'false',
  options: '-c TimeZone=UTC',
});

/** The address of a database of the embedded Postgres. Whoever connects by it needs no more, and lets nothing else in. */
export function embeddedUrl(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}?${explicit.toString().replaceAll('+', '%20')}`;
}
