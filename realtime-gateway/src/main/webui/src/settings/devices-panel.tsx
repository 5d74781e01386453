import { useEffect, useState } from 'react';
import { type InferOutput, object, picklist, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { FormBody, TextField, useForm } from '../design/form.tsx';
import { Loading } from '../design/loading.tsx';
import { notice } from '../design/notices.tsx';
import { formatCount } from '../format/money.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { checked, checkedEach } from '../platform/border.ts';
import { allPages } from '../platform/http/all-pages.ts';
import { reads, type Settings } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { DeviceForm } from './device-panel.tsx';

const schema = reads<Settings<'DeviceView'>>()(
  object({
    deviceId: string(),
    code: string(),
    name: string(),
    status: picklist(['PENDING', 'APPROVED', 'BLOCKED']),
  }),
);
type DeviceRow = InferOutput<typeof schema>;
type Status = DeviceRow['status'];

/** No channel tells of tills that register: the list looks by itself. */
const LOOK_EVERY = 5_000;
const MOST_NAME = 100;
const TONES: Record<Status, string> = { PENDING: 'warning', APPROVED: 'good', BLOCKED: 'danger' };
const ORDER: readonly Status[] = ['PENDING', 'APPROVED', 'BLOCKED'];

/** The shop's tills: an ADMIN lets new ones in and cuts others off. */
export default function DevicesPanel() {
  const { session, device: own } = useWorkplace();
  const [blocking, setBlocking] = useState<DeviceRow>();
  const [editing, setEditing] = useState<DeviceRow>();
  const text = useText();
  const { settings } = usePageText();
  const loaded = useLoaded(
    async () => checkedEach(schema, await allPages(session, '/api/devices'), 'server', 'device'),
    [session],
  );
  const { value: devices, reload, setValue } = loaded;

  useEffect(() => {
    const looking = setInterval(() => {
      if (document.visibilityState === 'visible') void reload();
    }, LOOK_EVERY);
    return () => clearInterval(looking);
  }, [reload]);

  const change = async (device: DeviceRow, what: { status?: Status; name?: string }) => {
    const { data } = await session.request(`/api/devices/${device.deviceId}`, {
      method: 'PATCH',
      body: what,
      answer: unknown(),
    });
    const changed = checked(schema, data, 'server', 'device');
    if (changed) setValue(before => before?.map(one => (one.deviceId === changed.deviceId ? changed : one)));
  };
  const decide = (device: DeviceRow, status: Status) =>
    change(device, { status }).catch(reason => notice('error', explain(reason, text)));
  const waiting = devices?.filter(one => one.status === 'PENDING').length ?? 0;
  const sorted = [...(devices ?? [])].sort(
    (a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || Number(a.code) - Number(b.code),
  );
  return (
    <section className="card settings-list" aria-label={settings.tabs.devices}>
      {waiting > 0 && (
        <p className="message warning" role="status">
          {settings.devicesWaiting(formatCount(waiting))}
        </p>
      )}
      <Loading of={loaded} />
      <ul className="rows">
        {sorted.map(one => (
          <DeviceItem
            key={one.deviceId}
            device={one}
            onApprove={() => void decide(one, 'APPROVED')}
            onBlock={() => setBlocking(one)}
            onEdit={() => setEditing(one)}
          />
        ))}
      </ul>
      <Dialog
        open={blocking !== undefined}
        onClose={() => setBlocking(undefined)}
        title={settings.block}
        testId="block-dialog"
      >
        <p>{blocking && settings.blockConfirm(text.till(blocking.code))}</p>
        {blocking?.deviceId === own.deviceId && <p className="message error">{settings.blockHere}</p>}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={() => setBlocking(undefined)}>
            {text.cancel}
          </button>
          <button
            type="button"
            className="button danger"
            data-testid="block-yes"
            onClick={() => {
              if (blocking) void decide(blocking, 'BLOCKED');
              setBlocking(undefined);
            }}
          >
            {settings.block}
          </button>
        </div>
      </Dialog>
      {editing && (
        <Dialog
          open
          wide
          onClose={() => setEditing(undefined)}
          title={settings.deviceTitle(editing.code)}
          testId="device-dialog"
        >
          <NameForm device={editing} onRename={name => change(editing, { name })} />
          {editing.status === 'APPROVED' && <DeviceForm deviceId={editing.deviceId} />}
        </Dialog>
      )}
    </section>
  );
}

interface DeviceItemProps {
  device: DeviceRow;
  onApprove: () => void;
  onBlock: () => void;
  onEdit: () => void;
}

function DeviceItem({ device, ...on }: DeviceItemProps) {
  const { device: own } = useWorkplace();
  const text = useText();
  const { settings } = usePageText();
  return (
    <li className="row" data-testid="device-row" data-device={device.deviceId}>
      <div className="row-main">
        <strong>
          {text.till(device.code)} {device.name !== text.till(device.code) && device.name}
        </strong>
        {device.deviceId === own.deviceId && <span className="muted">{settings.here}</span>}
      </div>
      <div className="row-badges">
        <span
          className={`badge ${TONES[device.status]}`}
          data-testid="device-status"
          data-status={device.status}
        >
          {settings.statuses[device.status]}
        </span>
      </div>
      <div className="row-buttons">
        {device.status !== 'APPROVED' && (
          <button type="button" className="button small primary" data-testid="approve" onClick={on.onApprove}>
            {device.status === 'PENDING' ? settings.approve : settings.unblock}
          </button>
        )}
        {device.status !== 'BLOCKED' && (
          <button type="button" className="button small danger" data-testid="block" onClick={on.onBlock}>
            {settings.block}
          </button>
        )}
        <button
          type="button"
          className="button small"
          data-testid="edit-device"
          aria-label={`${settings.edit}: ${text.till(device.code)}`}
          onClick={on.onEdit}
        >
          {settings.edit}
        </button>
      </div>
    </li>
  );
}

function NameForm({ device, onRename }: { device: DeviceRow; onRename: (name: string) => Promise<void> }) {
  const { form: words, settings } = usePageText();
  const [stored, setStored] = useState(device.name);
  const form = useForm({
    stored: { name: stored },
    check: ({ name }) => ({
      ...(name.trim() === '' && { name: words.required }),
      ...(name.length > MOST_NAME && { name: words.tooLong(MOST_NAME) }),
    }),
    send: async (_, { name }) => {
      await onRename(name);
      setStored(name);
    },
    done: words.saved,
  });
  return (
    <FormBody form={form} action={settings.rename} testId="save-name">
      <TextField form={form} name="name" label={settings.names.deviceName} input={{ maxLength: MOST_NAME }} />
    </FormBody>
  );
}
