/**
 * Tests of the whole system, from outside: it is started by {@code ./pos up}, as by a user, and asked over its ports.
 *
 * <p>One system serves all tests that only use it ({@link uz.ksb.pos.system.SharedSystem}); tests keep apart by the
 * days and invoice numbers of what they sell. Tests that stop it start their own. Tests that take minutes are tagged {@code long}
 * and runs with {@code ./pos test --all}.
 */
package uz.ksb.pos.system;
