/** The pool of connections to the database: failures that can pass, limited readings, migrations beside running services. */
@CheckReturnValue
package uz.ksb.pos.platform.database;

import com.google.errorprone.annotations.CheckReturnValue;
