import { useState } from 'react';
import { boolean, type InferOutput, nullish, object, pipe, string, transform } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { normalForm } from '../catalogue/text.ts';
import { Loading } from '../design/loading.tsx';
import { SearchBox } from '../design/search-box.tsx';
import { usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { checked, checkedEach } from '../platform/border.ts';
import { allPages } from '../platform/http/all-pages.ts';
import { reads, type Settings } from '../platform/http/api.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import type { LoginState } from '../session/session.ts';
import { NewUserDialog, UserDialog } from './user-dialog.tsx';

export const ROLES = ['CASHIER', 'MANAGER', 'ADMIN'] as const;

const schema = reads<Settings<'UserView'>>()(
  object({
    login: string(),
    displayName: string(),
    role: pipe(
      string(),
      transform(role => ROLES.find(one => one === role) ?? 'CASHIER'),
    ),
    active: boolean(),
    hasPassword: nullish(boolean()),
    hasPin: nullish(boolean()),
  }),
);
export type UserRow = InferOutput<typeof schema>;

/** Who works in this shop. */
export default function UsersPanel({ login }: { login: LoginState }) {
  const { session } = useWorkplace();
  const [search, setSearch] = useState('');
  const [making, setMaking] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const text = useText();
  const { settings } = usePageText();
  const loaded = useLoaded(
    async () => checkedEach(schema, await allPages(session, '/api/users'), 'server', 'user'),
    [session],
  );
  const users = loaded.value;

  const take = (data: unknown) => {
    const user = checked(schema, data, 'server', 'user');
    if (user)
      loaded.setValue((before = []) =>
        before.some(one => one.login === user.login)
          ? before.map(one => (one.login === user.login ? user : one))
          : [...before, user],
      );
  };
  const wanted = normalForm(search);
  const shown = users?.filter(user => normalForm(`${user.displayName} ${user.login}`).includes(wanted));
  const user = users?.find(one => one.login === chosen);
  return (
    <section className="card settings-list" aria-label={settings.tabs.users}>
      <div className="list-head">
        <SearchBox data-testid="user-search" label={settings.search} value={search} onSearch={setSearch} />
        <button
          type="button"
          className="button primary"
          data-testid="new-user"
          onClick={() => setMaking(true)}
        >
          {settings.newUser}
        </button>
      </div>
      <Loading of={loaded} />
      <ul className="rows">
        {shown?.map(one => (
          <li key={one.login} className="row" data-testid="user-row" data-user={one.login}>
            <div className="row-main">
              <strong>{one.displayName}</strong>
              <span className="muted">
                {one.login} · {text.roles[one.role]}
                {one.login === login.user.login && ` · ${settings.you}`}
              </span>
            </div>
            <div className="row-badges">
              {!one.active && <span className="badge danger">{settings.inactive}</span>}
              {one.active && one.hasPassword === false && (
                <span className="badge warning wrap">{settings.noPassword}</span>
              )}
              {one.hasPin && <span className="badge">{settings.hasPin}</span>}
            </div>
            <button
              type="button"
              className="button small"
              data-testid="edit-user"
              aria-label={`${settings.edit}: ${one.displayName}`}
              onClick={() => setChosen(one.login)}
            >
              {settings.edit}
            </button>
          </li>
        ))}
      </ul>
      {shown?.length === 0 && <div className="empty">{text.nothingFound(search)}</div>}
      {making && <NewUserDialog onMade={take} onClose={() => setMaking(false)} />}
      {user && <UserDialog user={user} onChanged={take} onClose={() => setChosen(undefined)} />}
    </section>
  );
}
