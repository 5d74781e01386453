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
  loading: string;

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
  answerUnreadable: string;
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
  /** A part that will not run any more. */
  syncNotRun: string;
  syncOffline: string;
  syncReasons: Record<
    'away' | 'slow' | 'login' | 'device' | 'configured' | 'answer' | 'large' | 'lost' | 'long' | 'service',
    string
  >;
  syncCancel: string;
  syncEverything: string;
  syncEverythingAsked: string;
  syncFirstTitle: string;
  syncFirstText: string;
  syncFirstButton: string;
  syncProgressTitle: string;
  syncRows(applied: string): string;
  syncRejected(rejected: string): string;
  /** Why a row was rejected, after its id. */
  syncRowFaults: Record<
    'unit' | 'priceType' | 'currency' | 'warehouse' | 'missing' | 'twice' | 'number' | 'text' | 'other',
    string
  >;
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
  updatedAt(time: string, ago: string): string;
  staleSince(time: string): string;
  chartTitle: string;
  chartEmpty: string;
  hour: string;

  nav: Record<'home' | 'sales' | 'sales-list' | 'customers' | 'products' | 'settings' | 'till', string>;
  close: string;
  apply: string;
  licenceUntil(date: string): string;
  /** `days` from 0: it ends today. */
  licenceEnds(days: number, date: string): string;
  licenceEnded(date: string): string;
  offlineStrip: string;
  saleTab(number: number): string;
  newSale: string;
  closeSale: string;
  columns: Record<'product' | 'price' | 'quantity' | 'discount' | 'sum' | 'article' | 'stock', string>;
  total: string;
  saleLines(lines: string): string;
  itemsShort(count: string): string;
  saleEmpty: string;
  saleEmptyHint: string;
  searchProducts: string;
  nothingFound(query: string): string;
  catalogueEmpty: string;
  catalogueLoading(rows: string): string;
  codeNotFound(code: string): string;
  noPrice(name: string): string;
  chooseProduct: string;
  warehouse: string;
  priceType: string;
  stockLeft(stock: string): string;
  priceChanged(from: string, to: string): string;
  takePrice: string;
  more: string;
  less: string;
  customer: string;
  noCustomer: string;
  withoutCustomer: string;
  chooseCustomer: string;
  customerSearch: string;
  discount: string;
  discountPercent: string;
  discountAmount: string;
  discountLimit(percent: string): string;
  quantity: string;
  bySum: string;
  price: string;
  pay: string;
  payTitle: string;
  toPay: string;
  exact: string;
  change: string;
  missing: string;
  excess: string;
  rounding: string;
  notForCash(names: string): string;
  cashLimit(limit: string): string;
  debtNeedsCustomer: string;
  cardMethod: string;
  cardReference: string;
  finish: string;
  finishing: string;
  refused(reason: string): string;
  finishedElsewhere: string;
  deletedElsewhere: string;
  takenBack: string;
  saleFailed(reason: string): string;
  allOnServer: string;
  unsentSales(count: string, since: string): string;
  lastReceipt(number: string): string;
  onlyHere: string;
  onServer: string;
  print: string;
  printed: string;
  printedYes: string;
  keyHelp: Record<
    | 'search'
    | 'discount'
    | 'remove'
    | 'takeBack'
    | 'copy'
    | 'help'
    | 'quantity'
    | 'customer'
    | 'cash'
    | 'card'
    | 'pay'
    | 'newSale'
    | 'takePrice'
    | 'moreLess'
    | 'quick'
    | 'lines'
    | 'price'
    | 'giveBack'
    | 'parked',
    string
  >;
  /** A manager's approval, and cashiers who take turns. */
  pin: {
    approvalTitle: string;
    discount(percent: string): string;
    price: string;
    needed: string;
    who: string;
    approve: string;
    checking: string;
    noManager: string;
    nobody: string;
    switchTitle: string;
    goOn: string;
    refused: Record<'wrong' | 'unknown' | 'exceeds' | 'not-allowed' | 'password-needed', string>;
    own: string;
    ownHint: string;
    repeat: string;
    differs: string;
    isPassword: string;
    wrongPassword: string;
    set: string;
    done: string;
  };
  quickAdd: string;
  discardSale: string;
  discardYes: string;
  receipt: Record<
    | 'copy'
    | 'notFiscal'
    | 'receipt'
    | 'cashier'
    | 'date'
    | 'total'
    | 'discount'
    | 'rounding'
    | 'cash'
    | 'card'
    | 'debt'
    | 'change'
    | 'thanks'
    | 'customer'
    | 'back'
    | 'ofReceipt'
    | 'approved',
    string
  >;
  /** Goods that come back. */
  /** The customers of this till. */
  book: Record<'name' | 'make' | 'new' | 'empty' | 'owes' | 'pays' | 'take' | 'tooMuch', string> & {
    repaid(sum: string): string;
    repaidHere(sum: string): string;
  };
  /** Open sales of other tills. */
  parked: Record<'title' | 'hint' | 'none' | 'open', string>;
  takingBack: {
    /** Without a receipt. */
    free: string;
    freeHint: string;
    needsManager: string;
    title: string;
    find: string;
    hint: string;
    notFound(what: string): string;
    offlineUnknown: string;
    notReturnable: string;
    nothingLeft: string;
    sold: string;
    before: string;
    now: string;
    all: string;
    none: string;
    toCustomer: string;
    debtLowered: string;
    money: string;
    howMoney: string;
    finish: string;
    chooseLines: string;
    another: string;
    offline: string;
    done(number: string): string;
  };
  pageBroken: string;
  reloadPage: string;
  exportUnsent: string;
  storageFailed(reason: string): string;
  storageFull: string;
  notStored: string;
  storageBlocked: string;
  storageSuperseded: string;
  notPersisted: string;
  loginOffline: string;
  loginOfflineUnknown: string;
  userSearch: string;
  leaveUnsent(count: string): string;
  chartPeriods: Record<'day' | 'week' | 'month' | 'year', string>;
  chartNow: Record<'day' | 'week' | 'month' | 'year', string>;
  chartBefore: Record<'day' | 'week' | 'month' | 'year', string>;
  /** Up to where both periods are compared. */
  chartUntil: Record<'day' | 'week' | 'month' | 'year', (hour: string) => string>;
  thousandsShort: string;
  millionsShort: string;
  billionsShort: string;
  updateAfterSale: string;
  receiptColumns: Record<'number' | 'time' | 'cashier' | 'customer' | 'sum' | 'state', string>;
  delivery: Record<'NOT_DELIVERED' | 'DELIVERED' | 'REJECTED' | 'CLOSED' | 'HERE', string>;
  deliver: string;
  deliverAsked: string;
  returned: string;
  more50: string;
  balance: string;
  phone: string;
  /** The tills of the shop, and whether the day's sum is whole. */
  tills: {
    title: string;
    whole: string;
    checking: string;
    unknown: string;
    notWhole: string;
    more(count: string): string;
    name(code: string): string;
    /** What a till owes; @param since a time, or a day and a time. */
    unsent(count: string, since: string): string;
    missing(count: string, since: string): string;
    away(since: string): string;
    unheard(since: string): string;
    blocked(count: string): string;
    states: Record<
      | 'working'
      | 'closed'
      | 'idle'
      | 'pending'
      | 'blocked'
      | 'unsent'
      | 'missing'
      | 'away'
      | 'unheard'
      | 'removed',
      string
    >;
    columns: Record<'till' | 'state' | 'unsent' | 'heard' | 'program' | 'storage' | 'action', string>;
    now: string;
    never: string;
    megabytes(count: string): string;
    settle: string;
    close: string;
    closeHint: string;
    remove: string;
    removeHint: string;
    reason: string;
    settled(by: string, reason: string): string;
    thisTill: string;
    empty: string;
  };
  /** What may be wrong with the till itself. */
  tillWarnings: Record<'not-persisted' | 'low-space' | 'full' | 'clock' | 'old-browser' | 'dropped', string>;
  tillWarning: string;
  tillWell: string;
  askToPersist: string;
  testPrint: string;
  tillFacts: Record<
    | 'storage'
    | 'space'
    | 'clock'
    | 'browser'
    | 'unsent'
    | 'sync'
    | 'version'
    | 'link'
    | 'scanner'
    | 'dropped'
    | 'repayments'
    | 'report'
    | 'printer',
    string
  >;
  borders: Record<'server' | 'socket' | 'storage' | 'window' | 'file', string>;
  /** @param count how often @param time of the last */
  droppedTimes: (count: string, time: string) => string;
  persisted: string;
  scanSomething: string;
  clockSeconds(seconds: number): string;
  importUnsent: string;
  chooseFile: string;
  /** What a day is written like. */
  dayPattern: string;
  imported(sales: string, repayments: string): string;
  rescuePassword: string;
  rescueWrong: string;
  unlimited: string;
  yesNo: readonly [string, string];
  changedIn1c: string;
  ownSettings: string;
  rightsTitle: string;
}
