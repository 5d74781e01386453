/** The conditions under which a database is migrated. At the start, on its thread. */
@CheckReturnValue
package uz.ksb.pos.platform.migration;

import com.google.errorprone.annotations.CheckReturnValue;
