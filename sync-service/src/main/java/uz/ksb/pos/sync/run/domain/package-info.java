/**
 * The rules of a run: its parts, how it goes on, how rows are cut into chunks. Pure: no database, no Quarkus, no threads of its
 * own.
 */
@CheckReturnValue
package uz.ksb.pos.sync.run.domain;

import com.google.errorprone.annotations.CheckReturnValue;
