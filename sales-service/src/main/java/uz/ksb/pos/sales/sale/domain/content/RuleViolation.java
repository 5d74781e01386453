package uz.ksb.pos.sales.sale.domain.content;

import java.util.List;
import uz.ksb.pos.platform.problem.Problem;

/**
 * A rule that a sale breaks. Before it is paid it is refused with field and message; a sale that was paid offline is stored
 * and marked with the flag.
 */
public record RuleViolation(String flag, String field, String message) {
    public static void throwIfAny(List<RuleViolation> broken) {
        if (!broken.isEmpty()) {
            throw Problem.rule(
                    "rule-" + broken.getFirst().flag(),
                    broken.stream()
                            .map(rule -> new Problem.Violation(rule.field(), rule.message()))
                            .toList());
        }
    }
}
