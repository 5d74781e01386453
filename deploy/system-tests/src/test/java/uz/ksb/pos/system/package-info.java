/**
 * Tests of the whole system, from outside: it is started by {@code ./pos up}, as by a user, and asked over its ports.
 *
 * <p>One system serves all tests that only use it ({@link uz.ksb.pos.system.SharedSystem}); tests keep apart by the
 * days and invoice numbers of what they sell. Those that stop it start their own. What takes minutes is tagged {@code long}
 * and runs with {@code ./pos test --all}.
 */
package uz.ksb.pos.system;
