'use client';

import { useMutation } from '@apollo/client/react';
import type { FormEvent } from 'react';
import { ChangePasswordDocument } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';

/** Changes one's password by the present one. */
export function PasswordForm({ name }: { name: string }) {
  const [change, { data, error, loading }] = useMutation(ChangePasswordDocument);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    if (loading) return;
    void change({ variables: { present: String(fields.get('present')), next: String(fields.get('next')) } }).then(
      () => form.reset(),
      () => {},
    );
  };
  return (
    <form onSubmit={submit} className="grid max-w-sm gap-3 pt-3" aria-label="Change the password">
      {/* For the browser's own store of passwords, which asks whose this one is. */}
      <Input name="username" autoComplete="username" defaultValue={name} readOnly hidden className="hidden" />
      <Labelled label="Present password">
        {(field) => <Input {...field} name="present" type="password" autoComplete="current-password" required maxLength={128} />}
      </Labelled>
      <Labelled label="New password" hint="At least 10 characters. Your other browsers are signed out by it.">
        {(field) => <Input {...field} name="next" type="password" autoComplete="new-password" required minLength={10} maxLength={128} />}
      </Labelled>
      <Refusal of={error} />
      <div className="flex items-center gap-3">
        <Button type="submit" busy={loading}>
          Change the password
        </Button>
        <span role="status" className="text-xs text-muted">
          {data && !error && !loading ? 'Changed.' : null}
        </span>
      </div>
    </form>
  );
}
