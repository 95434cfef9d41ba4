'use client';

import { useMutation } from '@apollo/client/react';
import { type FormEvent, useId } from 'react';
import { ChangePasswordDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';

/** Changes one's password by the present one. */
export function PasswordForm({ name }: { name: string }) {
  const id = useId();
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
      <div>
        <label htmlFor={`${id}-present`} className="mb-1 block text-[0.8125rem] font-medium">
          Present password
        </label>
        <Input id={`${id}-present`} name="present" type="password" autoComplete="current-password" required maxLength={128} />
      </div>
      <div>
        <label htmlFor={`${id}-next`} className="mb-1 block text-[0.8125rem] font-medium">
          New password
        </label>
        <Input
          id={`${id}-next`}
          name="next"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={128}
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          At least 10 characters. Your other browsers are signed out by it.
        </p>
      </div>
      {error ? (
        <p role="alert" className="text-[0.8125rem] text-danger">
          {errorMessage(error)}
        </p>
      ) : null}
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
