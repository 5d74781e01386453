import { useEffect } from 'react';
import { Link } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { AlertIcon, CheckIcon } from '../design/icons.tsx';
import { formatCount } from '../format/money.ts';
import { useText } from '../i18n/text.ts';
import { droppedThings } from '../platform/border.ts';
import { storageFull } from '../platform/db.ts';
import { useStore } from '../platform/store.ts';
import { useNow } from '../platform/use-now.ts';
import { health, warningsOf } from '../till-state/health.ts';
import { wholeDay } from '../tills/whole-day.ts';
import { nameOf, stateOf } from '../tills/words.ts';
import './complete-day.css';

/** A list that is older than 90 s proves nothing. */
const ASK_EVERY = 40_000;
const SHOWN = 3;

/** "Kun summasi to'liq ✓", or which till owes what since when; and what is wrong with this till. */
export function CompleteDay({ zone }: { zone: string }) {
  const { tills, outbox, live, device } = useWorkplace();
  const board = useStore(tills.board);
  const { unsent, oldest } = useStore(outbox.state);
  const isLive = useStore(live.connection).phase === 'live';
  const now = useNow(5_000);
  const text = useText();

  useEffect(() => {
    const timer = setInterval(() => void tills.reload().catch(() => undefined), ASK_EVERY);
    return () => clearInterval(timer);
  }, [tills]);

  const day = wholeDay(board, { deviceId: device.deviceId, unsent, oldest }, isLive, now);
  return (
    <div className="day-notes">
      <Link
        to="/tills"
        className={`complete-day ${day.kind}`}
        data-testid="complete-day"
        data-state={day.kind}
      >
        {day.kind === 'whole' && <CheckIcon />}
        {day.kind === 'lacking' && <AlertIcon />}
        <span>
          {day.kind === 'lacking' ? (
            <>
              <b>{text.tills.notWhole}</b>
              {day.tills.slice(0, SHOWN).map(till => (
                <span key={till.deviceId} className="complete-day-till" data-till={till.code}>
                  {nameOf(till, text)}: {stateOf(till, text, zone, now)}
                </span>
              ))}
              {day.tills.length > SHOWN && (
                <span className="complete-day-till">
                  {text.tills.more(formatCount(day.tills.length - SHOWN))}
                </span>
              )}
            </>
          ) : (
            text.tills[day.kind]
          )}
        </span>
      </Link>
      <Warnings />
    </div>
  );
}

function Warnings() {
  const state = useStore(health);
  const full = useStore(storageFull);
  const dropped = useStore(droppedThings);
  const text = useText();
  const found = warningsOf(state, full, dropped.length);
  if (found.length === 0) return null;
  return (
    <Link to="/till" className="complete-day unknown" data-testid="till-warnings">
      <AlertIcon />
      <span>
        {text.tillWarning}: {found.map(name => text.tillWarnings[name]).join('; ')}
      </span>
    </Link>
  );
}
