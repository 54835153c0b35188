package org.diapason.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.diapason.step.Spelling;

/** Whether the rules of a plan name what is there. */
public final class DecisionNames {
    private final DecisionPlan plan;
    private final List<String> known;
    private final String what;

    private DecisionNames(DecisionPlan plan, Collection<String> columns, String what) {
        this.plan = plan;
        this.what = what;
        known = new ArrayList<>(plan.experts().keySet());
        known.addAll(columns);
    }

    /**
     * Checks every rule.
     *
     * @param columns what there is beside experts
     * @param what a column or a map, for messages
     * @throws IllegalArgumentException if a rule names what is not there, or takes a number for a
     *     label
     */
    public static void check(DecisionPlan plan, Collection<String> columns, String what) {
        plan.rules().forEach(new DecisionNames(plan, columns, what)::check);
    }

    private void check(String name, DecisionRule rule) {
        for (String expert : rule.named()) {
            if (!plan.experts().containsKey(expert)) {
                throw new IllegalArgumentException(
                        "rule "
                                + name
                                + " names the expert \""
                                + expert
                                + "\", whom the plan does not have; "
                                + Spelling.hint(expert, plan.experts().keySet()));
            }
        }
        if (rule instanceof Logic logic) {
            logic.expression().names().forEach(n -> check(name, n));
        }
    }

    private void check(String rule, Expression.Name name) {
        Expert expert = plan.experts().get(name.name());
        String at = "rule " + rule + ", line " + name.line() + ", column " + name.column() + ": ";
        if (!known.contains(name.name())) {
            throw new IllegalArgumentException(
                    at
                            + "there is neither an expert nor a "
                            + what
                            + " \""
                            + name.name()
                            + "\"; "
                            + Spelling.hint(name.name(), known));
        }
        if (!name.compared() && expert != null && !(expert instanceof Expert.Label)) {
            throw new IllegalArgumentException(
                    at
                            + name.name()
                            + " gives a number, which says neither yes nor no; compare it, as in "
                            + name.name()
                            + " > 0.5");
        }
    }
}
