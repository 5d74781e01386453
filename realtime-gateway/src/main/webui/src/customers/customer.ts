export interface Balance {
  currency: string;
  /** Positive: credit, negative: debt. */
  amount: string;
}

export interface Customer {
  id: string;
  name: string;
  phone?: string | null;
  balances: Balance[];
  archived: boolean;
  version: number;
}
