export type SettingName =
  | 'language'
  | 'theme'
  | 'currency'
  | 'maxDiscountPercent'
  | 'mayChangePrice'
  | 'maySeePurchasePrice'
  | 'maySeeTotals'
  | 'warehouses'
  | 'priceTypes'
  | 'cashDesks'
  | 'resendSeconds'
  | 'timeoutSeconds'
  | 'receiptHeader'
  | 'receiptFooter'
  | 'receiptWidth'
  | 'scan'
  | 'askQuantity'
  | 'login'
  | 'displayName'
  | 'role'
  | 'active'
  | 'password'
  | 'oldPassword'
  | 'newPassword'
  | 'repeat'
  | 'deviceName'
  | 'ksbId'
  | 'enterpriseName'
  | 'phones'
  | 'licenceUntil'
  | 'zone'
  | 'dayStart'
  | 'negativeStock'
  | 'cashRounding'
  | 'cashLimit'
  | 'weighedBarcodes'
  | 'deviceApproval';

/** The words of pages that are loaded when they are opened. */
export interface PageTexts {
  /** A day, compared between tills, server and back office. */
  reconciliation: {
    title: string;
    day: string;
    again: string;
    none: string;
    differences(count: string, more: boolean): string;
    told(documents: string): string;
    notTold: Record<'cannot-tell' | 'too-many', string>;
    away(reason: string): string;
    kind: string;
    todo: string;
    numbers: string;
    missing: string;
    sales: string;
    net: string;
    held: string;
    accepted: string;
    waiting: string;
    absent: string;
    total: string;
    kinds: Record<
      | 'unsent'
      | 'missing'
      | 'twice'
      | 'held'
      | 'conflict'
      | 'unreadable'
      | 'rejected'
      | 'waiting'
      | 'absent'
      | 'amount'
      | 'unprocessed',
      string
    >;
    actions: Record<
      | 'connect-till'
      | 'find-or-settle'
      | 'compare'
      | 'decide'
      | 'resolve'
      | 'read'
      | 'correct-and-send'
      | 'send'
      | 'repeat'
      | 'correct-there'
      | 'process-there',
      string
    >;
  };
  form: {
    save: string;
    saved: string;
    unchanged: string;
    refused(message: string): string;
    required: string;
    tooLong(most: number): string;
    tooShort(least: number): string;
    between(least: number, most: number): string;
    notANumber: string;
    notABarcodePattern: string;
    differs: string;
    changedElsewhere: string;
  };
  /** By the last part of a problem's type. */
  problems: Record<
    | 'login-taken'
    | 'id-taken'
    | 'last-admin'
    | 'wrong-password'
    | 'not-own-setting'
    | 'not-own-device'
    | 'busy'
    | 'resolved'
    | 'held'
    | 'delivery'
    | 'not-open'
    | 'customer-exists',
    string
  >;
  settings: {
    tabs: Record<'own' | 'device' | 'rates' | 'users' | 'devices' | 'enterprise', string>;
    rates: Record<'none' | 'now' | 'waits' | 'history', string>;
    names: Record<SettingName, string>;
    deviceTitle(code: string): string;
    resendHint: string;
    headerHint: string;
    scans: Record<'RAISES_LINE' | 'ADDS_LINE', string>;
    widths: Record<'MM58' | 'MM80', string>;
    passwordTitle: string;
    passwordChange: string;
    passwordChanged: string;
    passwordHint: string;
    noPassword: string;
    newUser: string;
    newUserHint: string;
    userSaved(name: string): string;
    rights: string;
    rightsHint: string;
    inactive: string;
    hasPin: string;
    you: string;
    search: string;
    here: string;
    statuses: Record<'PENDING' | 'APPROVED' | 'BLOCKED', string>;
    approve: string;
    block: string;
    unblock: string;
    blockConfirm(till: string): string;
    blockHere: string;
    rename: string;
    devicesWaiting(count: string): string;
    stock: Record<'FORBID' | 'WARN' | 'ALLOW', string>;
    approvals: Record<'MANUAL' | 'AUTOMATIC', string>;
    roundingHint: string;
    limitHint: string;
    weighedHint: string;
    dayStartHint: string;
    enterpriseHint: string;
    edit: string;
  };
  /** The sales list. */
  list: {
    tabs: Record<'finished' | 'open' | 'trash' | 'review', string>;
    empty: Record<'finished' | 'open' | 'trash', string>;
    nothing: string;
    today: string;
    yesterday: string;
    day: string;
    allStates: string;
    search: string;
    sendAll: string;
    action: string;
    actions: Record<'send' | 'decide' | 'close', string>;
    noNumber: string;
    reasons: Record<
      'here' | 'queued' | 'by-hand' | 'held-return' | 'held-device' | 'dismissed' | 'unposted' | 'unknown',
      string
    >;
    nextTry(time: string): string;
    whoMust: string;
    who: Record<'nobody' | 'manager' | 'accountant' | 'ksb', string>;
    restore: string;
    restored: string;
    toTrash: string;
    trashed: string;
    closeDelivery: string;
    closeHint: string;
    closed: string;
    reason: string;
    uploader: string;
    comment: string;
    flagsTitle: string;
    flags: Record<
      | 'discount'
      | 'price'
      | 'stock'
      | 'quantity'
      | 'payment'
      | 'debt'
      | 'cash'
      | 'rounding'
      | 'rate'
      | 'total'
      | 'lines'
      | 'clock'
      | 'sequence'
      | 'sequence-twice'
      | 'return'
      | 'return-without-receipt'
      | 'unknown-return'
      | 'unknown-customer'
      | 'unknown-product'
      | 'unknown-price'
      | 'currency'
      | 'conflict'
      | 'was-open'
      | 'was-trashed'
      | 'offline-login'
      | 'device-token'
      | 'blocked-device',
      string
    >;
    review: {
      none: string;
      held: string;
      heldHint: string;
      take: string;
      takeHint: string;
      dismiss: string;
      dismissHint: string;
      conflicts: string;
      conflictsHint: string;
      counted(number: string, sum: string): string;
      asNew: string;
      asNewHint: string;
      unreadable: string;
      unreadableHint: string;
      show(length: string): string;
      remove: string;
      removeHint: string;
      decided: string;
    };
  };
  /** A product's details and its price label. */
  goods: Record<
    | 'prices'
    | 'purchasePrice'
    | 'noStock'
    | 'barcodes'
    | 'wrongCheckDigit'
    | 'box'
    | 'packageCode'
    | 'vat'
    | 'marked'
    | 'forCash'
    | 'label'
    | 'labelCount'
    | 'labelHint',
    string
  >;
  /** A customer's card. */
  people: Record<'contact' | 'credit' | 'noBalance' | 'movements' | 'noMovements', string> & {
    kinds: Record<'SALE' | 'RETURN' | 'PAYMENT', string>;
  };
  /** The help for the keyboard. */
  help: Record<'here' | 'everywhere' | 'next' | 'press' | 'back' | 'row' | 'open', string>;
}
