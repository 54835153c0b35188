package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.diapason.app.demo.Demo;
import org.diapason.app.demo.DemoFigures;
import org.diapason.io.run.WorkFolder;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason demo}: the whole line on a cohort whose truth is known. */
@Command(
        name = "demo",
        description =
                "Plant a cohort of three scanners, harmonize it, and compare planted with recovered.",
        footer = {"", "Exit code: 0 what was promised is met; 1 something was missed."})
final class DemoCommand implements Callable<Integer> {
    private static final String MARK = "made-by-diapason-demo";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "diapason-demo",
            description = "Folder for data, results and report. Default: ${DEFAULT-VALUE}.")
    Path out;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the cohort. Default: 1.")
    long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Do it for seeds 1 to N, and count how often it holds.")
    Integer seeds;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write the figures as JSON; - is standard output.")
    String json;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        prepare(out);
        if (seeds != null) {
            return many();
        }
        long start = System.nanoTime();
        Demo.Outcome outcome;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            outcome = new Demo(seed, out, progress).go();
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (json != null) {
            Summary.write(json, outcome.found().fields(outcome.exams(), seconds));
        }
        if (!"-".equals(json)) {
            print(outcome, seconds);
        }
        return outcome.found().missed().isEmpty()
                        && outcome.run().clean()
                        && outcome.heldOut().clean()
                ? CommandLines.DONE
                : CommandLines.NOT_ALL;
    }

    private int many() throws Exception {
        int held = 0;
        System.out.println(
                "seed  headline  median  raw      site share raw, images, end  verdict, unprotected");
        for (int n = 1; n <= seeds; n++) {
            DemoFigures.Found found;
            try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
                found = new Demo(n, out, progress).go().found();
            }
            held += found.missed().isEmpty() ? 1 : 0;
            System.out.print(
                    String.format(
                            Locale.ROOT,
                            "%4d  %7s   %6s  %7s  %6s %6s %6s         %s, %s%s%n",
                            n,
                            Numbers.fixed(100 * found.headline().error(), 1) + "%",
                            Numbers.fixed(100 * found.medianError(), 1) + "%",
                            Numbers.fixed(100 * found.headline().rawError(), 1) + "%",
                            Numbers.fixed(found.shareBefore(), 3),
                            Numbers.fixed(found.shareAfterImages(), 3),
                            Numbers.fixed(found.shareAfter(), 3),
                            found.verdict().text(),
                            found.verdictUnprotected().text(),
                            found.missed().isEmpty()
                                    ? ""
                                    : "  MISSED: " + String.join("; ", found.missed())));
        }
        System.out.println("everything held in " + held + " of " + seeds + " seeds");
        return held >= Math.ceil(0.95 * seeds) ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private static void print(Demo.Outcome outcome, double seconds) {
        DemoFigures.Found f = outcome.found();
        DemoFigures.Effect h = f.headline();
        String line = "  %-34s %10s %14s %12s %14s%n";
        System.out.println(
                outcome.exams()
                        + " exams of three scanners, harmonized in "
                        + Numbers.fixed(seconds, 1)
                        + " s");
        System.out.println();
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "effect of disease",
                        "planted",
                        "unharmonized",
                        "harmonized",
                        "unprotected"));
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        h.feature() + " (HU)",
                        Numbers.fixed(h.planted(), 2),
                        Numbers.fixed(h.unharmonized(), 2),
                        Numbers.fixed(h.harmonized(), 2),
                        Numbers.fixed(h.unprotected(), 2)));
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "  off by",
                        "",
                        percent(h.rawError()),
                        percent(h.error()),
                        percent(Math.abs(h.unprotected() / h.planted() - 1))));
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "median over " + f.features() + " features, off by",
                        "",
                        "",
                        percent(f.medianError()),
                        ""));
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "verdict",
                        "",
                        "",
                        f.verdict().text(),
                        f.verdictUnprotected().text()));
        System.out.println();
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "site share, 60 held-out exams",
                        "raw",
                        "after images",
                        "after ComBat",
                        "chance, 95 %"));
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "",
                        percent(f.shareBefore()),
                        percent(f.shareAfterImages()),
                        percent(f.shareAfter()),
                        percent(f.shareByChance())));
        System.out.println();
        f.missed().forEach(m -> System.out.println("MISSED: " + m));
        System.out.println("report: " + outcome.report());
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1).replace('-', '−') + " %";
    }

    /** A folder that a demo made is made anew; any other that is not empty is left alone. */
    private static void prepare(Path folder) throws Exception {
        Path mark = folder.resolve(MARK);
        if (Files.exists(mark)) {
            WorkFolder.removeAll(folder);
        } else if (Files.exists(folder)) {
            try (var entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            "--out "
                                    + folder
                                    + " is not empty and no demo made it. Name another folder.");
                }
            }
        }
        Files.createDirectories(folder);
        Files.writeString(mark, "This folder is removed by the next diapason demo.\n");
    }
}
