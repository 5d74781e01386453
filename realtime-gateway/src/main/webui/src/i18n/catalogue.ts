/** Every text of the client. A language that lacks one does not compile. */
export interface Catalogue {
  language: string;
  theme: string;
  themes: Record<'light' | 'dark' | 'system', string>;
  months: readonly [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  weekdays: readonly [string, string, string, string, string, string, string];
  /** "23-noyabr, dushanba" */
  dayHeading(weekday: string, day: number, month: string): string;
  som: string;
  secondsAgo(seconds: number): string;
  minutesAgo(minutes: number): string;
  retry: string;
  cancel: string;

  ksbIdTitle: string;
  ksbIdHint: string;
  ksbIdLabel: string;
  ksbIdCheck: string;
  ksbIdChecking: string;
  ksbIdIncomplete: string;
  ksbIdUnknown(ksbId: string): string;
  ksbIdBlocked: string;
  ksbIdConfirm: string;
  ksbIdOther: string;
  deviceName: string;
  deviceNameHint: string;
  deviceNameDefault: string;
  deviceRegister: string;
  deviceRegistering: string;

  loginTitle: string;
  loginWho: string;
  loginName: string;
  loginPassword: string;
  loginShowPassword: string;
  loginHidePassword: string;
  loginSubmit: string;
  loginBusy: string;
  loginWrong: string;
  loginCapsLock: string;
  loginWait(seconds: number): string;
  loginNoUsers: string;
  loginEnded: string;
  devicePending: string;
  devicePendingHint(code: string): string;
  deviceBlocked: string;
  deviceUnknown: string;
  leave: string;
  leaveConfirm: string;
  leaveYes: string;

  noInternet: string;
  serverDown: string;
  tooMany: string;
  failed(detail: string): string;

  live: string;
  catchingUp: string;
  behindSince(time: string): string;
  offlineSince(time: string): string;
  stopped: string;
  till(code: string): string;
  version(version: string): string;
  updateReady: string;
  userMenu: string;
  logout: string;
  roles: Record<'CASHIER' | 'MANAGER' | 'ADMIN', string>;

  sync: string;
  syncNeedsInternet: string;
  syncRunning(done: number, of: number): string;
  syncAgainIn(time: string): string;
  syncDone(time: string): string;
  syncFailed: string;
  syncCancelled: string;
  syncFirstTitle: string;
  syncFirstText: string;
  syncFirstButton: string;
  syncProgressTitle: string;
  syncRows(applied: string): string;
  syncRejected(rejected: string): string;
  syncParts: Record<string, string>;
  syncStates: Record<'WAITING' | 'READING' | 'APPLYING' | 'APPLIED' | 'FAILED', string>;

  daySum: string;
  salesCount: string;
  cash: string;
  card: string;
  debt: string;
  returns(count: string): string;
  customers: string;
  products: string;
  notDelivered: string;
  allDelivered: string;
  rejected(count: string): string;
  toReview(count: string): string;
  totalsHidden: string;
  totalsLoading: string;
  updatedAt(time: string, ago: string): string;
  staleSince(time: string): string;
  chartTitle: string;
  chartEmpty: string;
  hour: string;
}
