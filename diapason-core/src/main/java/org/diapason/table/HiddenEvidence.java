package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.stats.Association;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/** What columns of the acquisition say of groups that {@link HiddenBatch} found. */
final class HiddenEvidence {
    private static final double LEVEL = 0.05;

    /** Different numbers up to which a column of numbers is one of levels: kVp, kernel codes. */
    private static final int LEVELS = 8;

    private final HiddenBatch settings;
    private final FeatureTable rows;

    HiddenEvidence(HiddenBatch settings, FeatureTable rows) {
        this.settings = settings;
        this.rows = rows;
    }

    List<HiddenBatch.Evidence> columns(int[] groups) {
        List<HiddenBatch.Evidence> all = new ArrayList<>();
        for (String column : settings.evidence()) {
            all.add(column(column, groups));
        }
        return all;
    }

    private HiddenBatch.Evidence column(String column, int[] groups) {
        int[] known =
                IntStream.range(0, rows.size())
                        .filter(r -> !Design.missing(rows, r, column))
                        .toArray();
        int[] of = Arrays.stream(known).map(r -> groups[r]).toArray();
        List<String> texts = Arrays.stream(known).mapToObj(r -> rows.covariate(r, column)).toList();
        long seed = Rng.seed(settings.seed(), "evidence " + column);
        double[] numbers =
                texts.stream()
                        .map(Numbers::parse)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .toArray();
        boolean numeric =
                numbers.length == texts.size()
                        && Arrays.stream(numbers).distinct().count() > LEVELS;
        Association found;
        if (numeric) {
            found = Association.ofNumbers(of, numbers, settings.permutations(), seed);
        } else {
            List<String> levels = texts.stream().distinct().sorted().toList();
            int[] level = texts.stream().mapToInt(levels::indexOf).toArray();
            found = Association.ofLevels(of, level, settings.permutations(), seed);
        }
        double p = Math.min(1, found.p() * settings.evidence().size());
        return new HiddenBatch.Evidence(
                column,
                numeric ? "eta" : "cramers-v",
                found.value(),
                p,
                known.length,
                found.value() >= settings.agreement() && p <= LEVEL);
    }

    /** Returns why the groups are proposed or not. */
    String reason(int groups, List<HiddenBatch.Evidence> evidence) {
        String found = groups + " groups of exams were found";
        List<String> agree =
                evidence.stream()
                        .filter(HiddenBatch.Evidence::agrees)
                        .map(HiddenEvidence::said)
                        .toList();
        if (!agree.isEmpty()) {
            return found + ", and the acquisition agrees: " + String.join(", ", agree) + ".";
        }
        String biology = " They may as well be biology, and harmonizing would remove it. ";
        if (evidence.isEmpty()) {
            return found
                    + ", and no column of the acquisition was named to tell a batch by."
                    + biology
                    + "Name columns by --evidence, or measure a phantom.";
        }
        return found
                + ", and no column of the acquisition agrees ("
                + String.join(", ", evidence.stream().map(HiddenEvidence::said).toList())
                + "; "
                + Numbers.fixed(settings.agreement(), 2)
                + " and a p of at most 0.05 are needed)."
                + biology
                + "Name other columns by --evidence, or protect what they are.";
    }

    private static String said(HiddenBatch.Evidence e) {
        if (Double.isNaN(e.value())) {
            return e.column() + " does not vary";
        }
        return e.column()
                + (e.measure().equals("eta") ? " η " : " V ")
                + Numbers.fixed(e.value(), 2)
                + ", p "
                + Numbers.fixed(e.p(), 3);
    }
}
