import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import type { Pages } from '../platform/http/use-pages.ts';
import type { Loaded } from '../platform/use-loaded.ts';

/** Why something failed; nothing where `reason` is undefined. */
export function Failure({ reason }: { reason: unknown }) {
  const text = useText();
  return reason === undefined ? null : <p className="message warning">{explain(reason, text)}</p>;
}

/** That something is being read, or why it cannot be; nothing once it is there. */
export function Loading({ of: { value, failure } }: { of: Pick<Loaded<unknown>, 'value' | 'failure'> }) {
  const text = useText();
  if (failure !== undefined) return <Failure reason={failure} />;
  return value === undefined ? <p className="muted">{text.loading}</p> : null;
}

/** Below a list that is read page by page. */
export function MorePages({ of, testId }: { of: Pages<unknown>; testId?: string }) {
  const text = useText();
  return (
    <>
      <Loading of={of} />
      {of.more && (
        <button type="button" className="button quiet" data-testid={testId} onClick={of.more}>
          {of.failure === undefined ? text.more50 : text.retry}
        </button>
      )}
    </>
  );
}
