package org.diapason.app;

import java.util.OptionalDouble;
import org.diapason.volume.Numbers;

/** What a false alarm and a miss cost, {@code 1:4}. */
record Costs(double falsePositive, double falseNegative) {

    /** Reads the value of the option {@code --cost}. */
    static Costs parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length == 2) {
            OptionalDouble alarm = Numbers.parse(parts[0]);
            OptionalDouble miss = Numbers.parse(parts[1]);
            if (alarm.isPresent() && miss.isPresent()) {
                return new Costs(alarm.getAsDouble(), miss.getAsDouble());
            }
        }
        throw new IllegalArgumentException("--cost needs FP:FN, as in 1:4, got \"" + text + "\"");
    }
}
