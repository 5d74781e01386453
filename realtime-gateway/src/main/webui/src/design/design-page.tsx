import { type ReactNode, useState } from 'react';
import { AmountField } from './amount-field.tsx';
import { Dialog } from './dialog.tsx';
import { AlertIcon, PrinterIcon, SyncIcon } from './icons.tsx';
import { Key } from './key.tsx';
import { notice } from './notices.tsx';
import './page.css';

const COLOURS = [
  'text',
  'muted',
  'accent',
  'accent-tint',
  'success',
  'success-tint',
  'warning',
  'warning-tint',
  'danger',
  'danger-tint',
  'surface',
  'sunken',
  'line',
  'edge',
];

/** Every token and control in its states, for whoever builds a page; development only, so its words are not translated. */
export default function DesignPage() {
  const [amount, setAmount] = useState('1234500.5');
  const [open, setOpen] = useState(false);
  return (
    <main className="plain-page">
      <h1>Design</h1>
      <Section title="Colours">
        {COLOURS.map(name => (
          <span key={name} className="badge" style={{ background: `var(--${name})`, color: 'var(--text)' }}>
            {name}
          </span>
        ))}
      </Section>
      <Section title="Buttons">
        <button type="button" className="button primary large">
          To'lash <Key>F9</Key>
        </button>
        <button type="button" className="button primary">
          Primary
        </button>
        <button type="button" className="button">
          <PrinterIcon /> Plain
        </button>
        <button type="button" className="button quiet">
          Quiet
        </button>
        <button type="button" className="button danger">
          Danger
        </button>
        <button type="button" className="button" disabled>
          Disabled
        </button>
        <button type="button" className="button small">
          Small
        </button>
        <button type="button" className="button icon-only" aria-label="Sync">
          <SyncIcon />
        </button>
        <button type="button" className="chip" aria-pressed>
          Chosen
        </button>
        <button type="button" className="chip">
          200 000
        </button>
      </Section>
      <Section title="Fields">
        <AmountField aria-label="Amount" value={amount} onAmount={setAmount} />
        <AmountField aria-label="Empty" value="" placeholder="0" onAmount={() => undefined} />
        <input className="text-input" aria-label="Text" defaultValue="Shakar" />
        <input className="text-input" aria-label="Read only" readOnly defaultValue="1C da o'zgartiriladi" />
        <select className="choice" aria-label="Choice">
          <option>Asosiy ombor</option>
        </select>
      </Section>
      <Section title="Messages">
        <p className="message">Plain</p>
        <p className="message warning">Warning</p>
        <p className="message error">
          <AlertIcon /> Error
        </p>
        <span className="badge good">good</span>
        <span className="badge warning">warning</span>
        <span className="badge danger">danger</span>
      </Section>
      <Section title="Dialogs and notices">
        <button type="button" className="button" onClick={() => setOpen(true)}>
          Dialog
        </button>
        {(['info', 'good', 'warning', 'error'] as const).map(kind => (
          <button
            key={kind}
            type="button"
            className="button"
            onClick={() => notice(kind, `A notice: ${kind}`)}
          >
            {kind}
          </button>
        ))}
        <Dialog open={open} onClose={() => setOpen(false)} title="A dialog">
          <p>Escape closes it.</p>
          <div className="dialog-actions">
            <button type="button" className="button primary" onClick={() => setOpen(false)}>
              Done
            </button>
          </div>
        </Dialog>
      </Section>
      <Section title="Table">
        <table className="table">
          <thead>
            <tr>
              <th>Tovar</th>
              <th className="n">Summa</th>
            </tr>
          </thead>
          <tbody>
            <tr className="selected">
              <td>Shakar 1-nav</td>
              <td className="n">25 000</td>
            </tr>
            <tr>
              <td>Non obi</td>
              <td className="n">12 000</td>
            </tr>
          </tbody>
        </table>
        <div className="empty">
          <strong>Empty</strong>
          <span className="muted">What to do next</span>
        </div>
      </Section>
    </main>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card facts">
      <h2>{title}</h2>
      <div className="chips">{children}</div>
    </section>
  );
}
