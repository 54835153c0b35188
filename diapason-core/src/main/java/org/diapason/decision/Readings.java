package org.diapason.decision;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What was read of the rows to decide on.
 *
 * @param size how many rows
 * @param said what each expert says in each row, by its name: a number, 1 and 0 of a label, NaN
 *     where it says nothing; do not write to it
 * @param problems why what an expert says in a row cannot be used, null where it can; by its name,
 *     absent where there are none
 * @param truth of each row, unknown where it is not known; empty where no truth is named
 * @param patients whose each row is; empty where every row is one of its own
 * @param rows the row of a number, for rules
 */
public record Readings(
        int size,
        Map<String, double[]> said,
        Map<String, String[]> problems,
        List<Answer> truth,
        List<String> patients,
        IntFunction<Row> rows) {
    public Readings {
        said = Map.copyOf(said);
        problems = Map.copyOf(problems);
        truth = List.copyOf(truth);
        patients = List.copyOf(patients);
        boolean fits =
                said.values().stream().allMatch(v -> v.length == size)
                        && (truth.isEmpty() || truth.size() == size)
                        && (patients.isEmpty() || patients.size() == size);
        if (!fits) {
            throw new IllegalArgumentException(
                    "every expert, the truth and the patients need " + size + " rows");
        }
    }
}
