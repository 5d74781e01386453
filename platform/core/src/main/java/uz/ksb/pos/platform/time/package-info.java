/** Business time: inject {@link java.time.Clock}; nothing asks the system or the database for the time of day itself. */
package uz.ksb.pos.platform.time;
