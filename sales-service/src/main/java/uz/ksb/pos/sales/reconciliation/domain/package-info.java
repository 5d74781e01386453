/** The comparison itself and its table for spreadsheets: pure functions over what was read, any thread. */
@CheckReturnValue
package uz.ksb.pos.sales.reconciliation.domain;

import com.google.errorprone.annotations.CheckReturnValue;
