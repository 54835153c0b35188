package org.diapason.decision;

import java.util.List;
import java.util.Locale;

/**
 * What is said of a row. Yes, no and unknown are the three values of Kleene's strong logic
 * (Introduction to Metamathematics, 1952, § 64): unknown stays unknown only as long as it could
 * still turn the outcome. Refused is no value of the logic: such a row is not decided at all.
 */
public enum Answer {
    YES,
    NO,
    UNKNOWN,
    REFUSED;

    /** Returns yes or no. */
    public static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    /** Returns its name as tables write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it is yes or no. */
    public boolean known() {
        return this == YES || this == NO;
    }

    Answer not() {
        return this == YES ? NO : this == NO ? YES : this;
    }

    /**
     * Returns yes where at least so many are yes, no where that cannot be any more whatever the
     * unknown ones are. All of them is {@code and}, one is {@code or}.
     */
    static Answer atLeast(int needed, List<Answer> answers) {
        int yes = 0;
        int open = 0;
        for (Answer a : answers) {
            yes += a == YES ? 1 : 0;
            open += a == UNKNOWN ? 1 : 0;
        }
        return yes >= needed ? YES : yes + open < needed ? NO : UNKNOWN;
    }
}
