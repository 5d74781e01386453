/** How services talk with their databases. A service without any excludes it, as the gateway does. */
@CheckReturnValue
package uz.ksb.pos.platform.database;

import com.google.errorprone.annotations.CheckReturnValue;
