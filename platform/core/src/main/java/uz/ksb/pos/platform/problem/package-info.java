/** Refusals as RFC 9457 problem details: thrown as {@link uz.ksb.pos.platform.problem.Problem}, mapped once at the edge. */
package uz.ksb.pos.platform.problem;
