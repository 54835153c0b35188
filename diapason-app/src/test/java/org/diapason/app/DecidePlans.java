package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.io.table.Csv;
import org.diapason.math.Rng;

/** Plans, tables and what is read of them, for tests of {@code decide}. */
final class DecidePlans {
    static final String PLAN =
            """
            finding: x
            truth: {column: y, patient: patient}
            experts:
              a: {score: {column: a, finding: x}}
              b: {posterior: {column: b, finding: x}}
              c: {label: {column: c, finding: x}}
            rules:
              fused: bayes
              votes: {vote: {quorum: 0.4}}
              words: {logic: {when: "a > 1 and (b > 0.5 or c)"}}
            """;

    static final String STATED =
            """
            finding: x
            prior: 0.5
            experts:
              a: {posterior: {column: a, finding: x, prior: 0.5, calibrated: here}}
              b: {posterior: {column: b, finding: x, prior: 0.5, calibrated: here}}
              c: {label: {column: c, finding: x, sensitivity: 0.8, specificity: 0.8}}
            rules:
              fused: {bayes: {experts: [a, b], dependence: independent}}
              words: {logic: {when: "a > 0.5 and (b > 0.5 or c)"}}
            """;

    private DecidePlans() {}

    /** Two rows of each of 300 patients; every seventh a is missing, all of the last patient. */
    static Path patients(Path folder) throws IOException {
        Rng rng = new Rng(4);
        StringBuilder text = new StringBuilder("patient,y,a,b,c\n");
        for (int r = 0; r < 600; r++) {
            boolean y = r / 2 % 3 == 0;
            double a = rng.nextGaussian() + (y ? 1.2 : 0);
            double b = 1 / (1 + StrictMath.exp(-(rng.nextGaussian() * 3 + (y ? 2 : -2))));
            boolean c = rng.nextDouble() < (y ? 0.8 : 0.2);
            boolean none = r >= 598;
            text.append("P").append(r / 2).append(',').append(y ? 1 : 0).append(',');
            text.append(none || r % 7 == 0 ? "" : "" + a).append(',');
            text.append(none ? "" : "" + b).append(',').append(none ? "" : c ? "yes" : "no");
            text.append('\n');
        }
        return Files.writeString(folder.resolve("patients.csv"), text.toString());
    }

    static Cli.Said decide(Path folder, String plan, Object... more) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), plan);
        List<Object> all = new ArrayList<>(List.of("decide", rules));
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }

    static String cell(Csv csv, int row, String column) {
        assertTrue(csv.header().contains(column), column + " of " + csv.header());
        return csv.text(csv.rows().get(row), column);
    }

    static List<String> column(Csv csv, String name) {
        return csv.rows().stream().map(r -> csv.text(r, name)).toList();
    }
}
