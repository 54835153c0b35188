package org.diapason.decision;

import java.util.List;

/** How the words of experts become one answer. */
public sealed interface DecisionRule permits Bayes, Vote, DempsterShafer, Logic {

    /** Returns the experts it names; all of them where it names none. */
    List<String> experts();

    /** Returns every expert it names anywhere, once or more. */
    default List<String> named() {
        return experts();
    }

    /** Puts together what the experts of a panel say in every row. */
    Combined over(Panel panel);
}
