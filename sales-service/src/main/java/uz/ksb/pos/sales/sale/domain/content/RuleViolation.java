package uz.ksb.pos.sales.sale.domain.content;

import java.util.List;
import uz.ksb.pos.platform.problem.Problem;

/**
 * A rule that a sale breaks. Before it is paid, the sale is refused with field and message; a sale that was paid offline is
 * stored with the flag.
 */
public record RuleViolation(Flag flag, String field, String message) {
    /** @throws Problem 422 naming all fields, unless there are none */
    public static void throwIfAny(List<RuleViolation> violations) {
        if (!violations.isEmpty()) {
            throw Problem.rule(
                    "rule-" + violations.getFirst().flag().text(),
                    violations.stream()
                            .map(violation -> new Problem.Violation(violation.field(), violation.message()))
                            .toList());
        }
    }
}
