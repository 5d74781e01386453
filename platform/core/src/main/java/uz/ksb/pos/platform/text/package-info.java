/**
 * Texts from people and other systems: what may be stored, when two logins are the same, what a search finds.
 *
 * <p>Pure functions. The rules are in the design's domain page, section "Text".
 */
@CheckReturnValue
package uz.ksb.pos.platform.text;

import com.google.errorprone.annotations.CheckReturnValue;
