import { Component, type ReactNode } from 'react';
import { PasswordForm } from '../design/password-form.tsx';
import { useText } from '../i18n/text.ts';

interface BoundaryState {
  failure: unknown;
}

/** A page that fails shows a way on instead of nothing; the rest of the till goes on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { failure: undefined };

  static getDerivedStateFromError(failure: unknown): BoundaryState {
    return { failure };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return <Broken failure={failure} />;
  }
}

function Broken({ failure }: { failure: unknown }) {
  const text = useText();
  return (
    <main className="rescue">
      <div className="message error" role="alert">
        <p>
          <strong>{text.pageBroken}</strong>
        </p>
        <p className="muted">{failure instanceof Error ? failure.message : String(failure)}</p>
      </div>
      <div className="dialog-actions">
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {text.reloadPage}
        </button>
      </div>
      <PasswordForm label={text.rescuePassword} action={text.exportUnsent} onPassword={exportUnsent} />
    </main>
  );
}

async function exportUnsent(password: string): Promise<void> {
  const { saveUnsent } = await import('../outbox/rescue-file.ts');
  await saveUnsent(password);
}
