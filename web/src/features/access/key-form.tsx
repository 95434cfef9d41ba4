import { basePath } from '@/lib/base-path.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';

/** Takes a key by hand, for those who lost the link. Sent in the body, so that it stays out of addresses and logs. */
export function KeyForm() {
  return (
    <form action={`${basePath}/enter`} method="post" className="mt-5 flex max-w-md gap-2">
      <label className="sr-only" htmlFor="key">
        Key
      </label>
      <Input id="key" name="key" type="password" autoComplete="off" required placeholder="Key" />
      <Button type="submit" look="primary">
        Enter
      </Button>
    </form>
  );
}
