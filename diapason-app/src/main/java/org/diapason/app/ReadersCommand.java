package org.diapason.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.stats.Estimate;
import org.diapason.stats.ObuchowskiRockette;
import org.diapason.stats.ObuchowskiRockette.Errors;
import org.diapason.stats.ObuchowskiRockette.Population;
import org.diapason.stats.OneShot;
import org.diapason.stats.ReaderScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason readers}: whether readers tell outcomes apart better under one test. */
@Command(
        name = "readers",
        description =
                "Compare tests that several readers read: areas under their ROC curves, and what holds"
                        + " for other readers and other cases.",
        footer = {
            "",
            "Obuchowski-Rockette with Hillis' degrees of freedom; by the jackknife where all read all"
                    + " (then also Dorfman-Berbaum-Metz), else by DeLong covariances; U-statistics (Gallas)"
                    + " beside it, and alone where not every reader read under every test.",
            "Example: diapason readers ratings.csv --label truth --score rating --test treatment"
                    + " --reader reader --case case"
        })
final class ReadersCommand implements Callable<Integer> {

    @Mixin OutcomeOptions outcome = new OutcomeOptions();

    @Option(
            names = "--score",
            required = true,
            paramLabel = "COLUMN",
            description = "The reader's rating; higher where disease is thought more likely.")
    String score;

    @Option(
            names = "--test",
            required = true,
            paramLabel = "COLUMN",
            description = "What is compared, such as before and after harmonization.")
    String test;

    @Option(names = "--reader", required = true, paramLabel = "COLUMN", description = "Who read.")
    String reader;

    @Option(names = "--case", required = true, paramLabel = "COLUMN", description = "Which case.")
    String caseId;

    private final List<String> lines = outcome.lines;

    @Override
    public Integer call() throws IOException {
        LabelledTable table = outcome.read(List.of(score), List.of(test, reader, caseId));
        ReaderScores scores = scores(table);
        List<String> tests = scores.tests();
        if (tests.size() < 2) {
            throw new IllegalArgumentException(
                    "--test " + test + " needs two tests, found " + String.join(", ", tests) + ".");
        }
        lines.add(
                scores.readers().size()
                        + " readers, "
                        + scores.cases()
                        + " cases, tests "
                        + String.join(", ", tests));
        Map<String, Object> fields = outcome.fields;
        fields.put("readers", scores.readers());
        fields.put("cases", scores.cases());
        fields.put("tests", tests);
        fields.put("allReadAll", scores.factorial());
        if (scores.everyReaderReadEveryTest()) {
            rockette(scores, fields);
        } else {
            lines.add("not every reader read under every test: U-statistics only");
        }
        long comparisons = scores.comparisons();
        if (comparisons <= OneShot.MOST || !scores.everyReaderReadEveryTest()) {
            shots(scores, fields);
        } else {
            lines.add("U-statistics left out: " + comparisons + " comparisons are too many");
        }
        return outcome.answer();
    }

    private ReaderScores scores(LabelledTable table) {
        List<String> tests = table.text(test);
        List<String> readers = table.text(reader);
        List<String> cases = table.text(caseId);
        double[] rating = table.number(score);
        List<ReaderScores.Reading> readings = new ArrayList<>();
        for (int r = 0; r < rating.length; r++) {
            readings.add(
                    new ReaderScores.Reading(
                            tests.get(r),
                            readers.get(r),
                            cases.get(r),
                            table.event()[r],
                            rating[r]));
        }
        return ReaderScores.of(readings);
    }

    private void rockette(ReaderScores scores, Map<String, Object> fields) {
        Errors errors = scores.factorial() ? Errors.JACKKNIFE : Errors.DELONG;
        ObuchowskiRockette study = ObuchowskiRockette.of(scores, errors);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("covariances", scores.factorial() ? "jackknife" : "DeLong");
        own.put("area", study.area());
        own.put("varianceOfError", study.variance());
        own.put("cov1", study.cov1());
        own.put("cov2", study.cov2());
        own.put("cov3", study.cov3());
        if (scores.factorial()) {
            ObuchowskiRockette.Components c = study.pseudovalues(scores.cases());
            Map<String, Object> components = new LinkedHashMap<>();
            components.put("reader", c.reader());
            components.put("testReader", c.testReader());
            components.put("case", c.cases());
            components.put("testCase", c.testCase());
            components.put("readerCase", c.readerCase());
            components.put("rest", c.rest());
            own.put("pseudovalues", components);
        }
        for (Population population : Population.values()) {
            String name =
                    switch (population) {
                        case READERS_AND_CASES -> "otherReadersAndCases";
                        case CASES -> "theseReadersOtherCases";
                        case READERS -> "otherReadersTheseCases";
                    };
            own.put(name, population(study, population, scores.tests()));
        }
        fields.put("obuchowskiRockette", own);
    }

    private Map<String, Object> population(
            ObuchowskiRockette study, Population population, List<String> tests) {
        ObuchowskiRockette.Test all = study.test(population);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(population == Population.CASES ? "chiSquared" : "f", all.statistic());
        fields.put("numeratorFreedom", all.numeratorFreedom());
        fields.put("denominatorFreedom", all.denominatorFreedom());
        fields.put("p", all.p());
        Map<String, Object> areas = new LinkedHashMap<>();
        List<Object> differences = new ArrayList<>();
        for (int a = 0; a < tests.size(); a++) {
            areas.put(tests.get(a), Shown.fields(study.single(a, population)));
            if (population == Population.READERS_AND_CASES) {
                lines.add(tests.get(a) + ": " + Shown.text(study.single(a, population)));
            }
            for (int b = a + 1; b < tests.size(); b++) {
                Estimate d = study.difference(a, b, population);
                Map<String, Object> pair = new LinkedHashMap<>();
                pair.put("a", tests.get(a));
                pair.put("b", tests.get(b));
                pair.putAll(Shown.fields(d));
                differences.add(pair);
                lines.add(
                        tests.get(a)
                                + " − "
                                + tests.get(b)
                                + ", "
                                + words(population)
                                + ": "
                                + Shown.text(d));
            }
        }
        lines.add("all tests alike, " + words(population) + ": " + Shown.p(all.p()));
        fields.put("areas", areas);
        fields.put("differences", differences);
        return fields;
    }

    private static String words(Population population) {
        return switch (population) {
            case READERS_AND_CASES -> "for other readers and cases";
            case CASES -> "for these readers, other cases";
            case READERS -> "for other readers, these cases";
        };
    }

    private void shots(ReaderScores scores, Map<String, Object> fields) {
        List<Object> shots = new ArrayList<>();
        List<String> tests = scores.tests();
        for (int a = 0; a < tests.size(); a++) {
            for (int b = a + 1; b < tests.size(); b++) {
                OneShot shot = OneShot.of(scores, a, b);
                Map<String, Object> own = new LinkedHashMap<>();
                own.put("a", tests.get(a));
                own.put("b", tests.get(b));
                own.putAll(Shown.fields(shot.difference()));
                own.put("variance", shot.variance());
                own.put("freedom", shot.freedom());
                own.put("p", shot.p());
                shots.add(own);
                lines.add(
                        tests.get(a)
                                + " − "
                                + tests.get(b)
                                + ", U-statistic: "
                                + (shot.variance() > 0
                                        ? Shown.text(shot.difference()) + ", " + Shown.p(shot.p())
                                        : "its variance is not positive, too few readers"));
            }
        }
        fields.put("uStatistics", shots);
    }
}
