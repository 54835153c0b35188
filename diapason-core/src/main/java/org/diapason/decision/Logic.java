package org.diapason.decision;

import java.util.List;
import org.diapason.volume.RefusedException;

/**
 * Decides by a rule that people write: {@code 2 of (pet > 0.5, mr > 0.5, ct)}; what it needs and a
 * row lacks leaves it unknown ({@link Expression}).
 *
 * @param when when the answer is yes
 */
public record Logic(String when) implements DecisionRule {
    public Logic {
        Expression.parse(when);
    }

    /** Returns the rule as it was understood. */
    public Expression expression() {
        return Expression.parse(when);
    }

    @Override
    public List<String> experts() {
        return List.of();
    }

    @Override
    public Combined over(Panel panel) {
        Expression rule = expression();
        Combined all = Combined.of(panel.size());
        Answer[] answers = new Answer[panel.size()];
        List<String> experts =
                rule.names().stream().map(Expression.Name::name).filter(panel::knows).toList();
        for (int r = 0; r < answers.length; r++) {
            String problem = panel.unreadable(experts, r);
            if (problem != null) {
                answers[r] = Answer.REFUSED;
                all.refuse(r, problem);
                continue;
            }
            try {
                answers[r] = rule.of(panel.row(r));
                all.score()[r] = answers[r].known() ? answers[r] == Answer.YES ? 1 : 0 : Double.NaN;
                all.reason()[r] = answers[r].known() ? null : "what is missing could turn the rule";
            } catch (RefusedException e) {
                answers[r] = Answer.REFUSED;
                all.refuse(r, e.getMessage());
            }
        }
        return all.with(answers);
    }
}
