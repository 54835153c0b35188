package org.diapason.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diapason.bench.RegistrationScenes.Scene;
import org.diapason.phantom.Motion;
import org.diapason.phantom.RegistrationPair;
import org.diapason.registration.Certificate;
import org.diapason.registration.Certificate.ErrorMm;
import org.diapason.registration.Finding;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.registration.Registration.Model;
import org.diapason.registration.Status;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/**
 * How far registration is from the truth, how far it reaches, and whether it knows. Prints a line
 * per case, then the table of {@code docs/benchmarks.md} where there is one.
 *
 * <ul>
 *   <li>{@code accuracy [PART]}: every model on heads drawn in both poses, or those in whose name
 *       ("DIFFEO, t1 to t2, warp of 25 mm") a regular expression is found;
 *   <li>{@code tables}: the two tables of drawn heads in {@code docs/benchmarks.md};
 *   <li>{@code capture N}: N seeded starts of ±45° and ±80 mm, and 50 cut to an overlap of 60 %;
 *   <li>{@code degenerate}: input that cannot be registered;
 *   <li>{@code honesty}: predicted beside true errors;
 *   <li>{@code threads}: whether the files are the same to the byte on 1, 2, 3 and 8 threads;
 *   <li>{@code pairs DIR [PART]}: writes the heads of {@code accuracy} for other programs;
 *   <li>{@code peers DIR}: pairs from files with their truth beside them;
 *   <li>{@code real DIR}: public data of patients.
 * </ul>
 *
 * Heads have 2 mm voxels, 1 mm with {@code --full}.
 */
public final class RegistrationStudy {
    /** An error up to here is a success. */
    static final double GOOD_MM = 1;

    /** The scenes that are also run at 1 mm. */
    private static final String WHOLE =
            "(RIGID|AFFINE), (t1 to t2|ct to t1|pet to ct)|AFFINE, mask|warp";

    private RegistrationStudy() {}

    /**
     * What became of one case.
     *
     * @param name of the case; in a table it is the model, a comma and the pair
     * @param found where places were put; empty where nothing was found
     * @param error true error
     * @param predicted what the certificate says of it
     * @param said findings
     */
    record Row(
            String name,
            Status status,
            Optional<Transform> found,
            Optional<ErrorMm> error,
            Optional<ErrorMm> predicted,
            double seconds,
            double processorSeconds,
            String said) {

        boolean good() {
            return error.isPresent() && error.get().mean() <= GOOD_MM;
        }

        /** Says it passed what it should not have passed. */
        boolean dishonest() {
            return status == Status.PASS && !good();
        }

        @Override
        public String toString() {
            return name
                    + ": "
                    + status
                    + ", true error "
                    + error.map(RegistrationStudy::text).orElse("none")
                    + predicted.map(p -> ", predicted " + text(p)).orElse("")
                    + ", "
                    + Numbers.fixed(seconds, 2)
                    + " s, processor "
                    + Numbers.fixed(processorSeconds, 2)
                    + " s"
                    + (said.isEmpty() ? "" : ", " + said);
        }
    }

    static String text(ErrorMm e) {
        return Numbers.fixed(e.mean(), 4)
                + " / "
                + Numbers.fixed(e.p95(), 4)
                + " / "
                + Numbers.fixed(e.max(), 4)
                + " mm";
    }

    /** Registers a pair and compares with its truth. */
    static Row run(String name, Model model, RegistrationPair pair, Optional<Mask> mask) {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double processor = system.getProcessCpuTime() / 1e9;
        long start = System.nanoTime();
        Registered found =
                Registration.of(model).find(pair.fixed(), pair.moving(), mask, Progress.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        processor = system.getProcessCpuTime() / 1e9 - processor;
        return new Row(
                name,
                found.certificate().status(),
                found.transform(),
                found.transform().map(pair::error),
                found.certificate().targetError(),
                seconds,
                processor,
                findings(found.certificate()));
    }

    private static String findings(Certificate certificate) {
        List<String> all = new ArrayList<>();
        for (Finding f : certificate.findings()) {
            all.add(f + " \"" + f.sentence() + "\"");
        }
        return String.join("; ", all);
    }

    /** Runs the scenes in whose name, the model first, a regular expression is found. */
    static List<Row> accuracy(double mm, String part) {
        List<Row> rows = new ArrayList<>();
        for (Scene s : RegistrationScenes.accuracy(mm)) {
            String name = s.model() + ", " + s.name();
            if (Pattern.compile(part).matcher(name).find()) {
                RegistrationPair pair = s.pair().get();
                say(rows, run(name, s.model(), pair, s.mask(pair)));
            }
        }
        return rows;
    }

    /** Runs seeded starts; of the second kind the moving image is cut. */
    static List<Row> capture(double mm, Model model, int first, int starts, boolean cropped) {
        if (model != Model.RIGID && model != Model.AFFINE) {
            throw new IllegalArgumentException("capture is of RIGID or AFFINE, got " + model);
        }
        Geometry g = RegistrationPair.grid(mm);
        boolean rigid = model == Model.RIGID;
        Motion motion = Motion.of(rigid ? RegistrationScenes.RIGID : RegistrationScenes.AFFINE);
        RegistrationPair still = RegistrationScenes.head(new String[] {"t1", "t2"}, g, g, motion);
        List<Row> rows = new ArrayList<>();
        for (int n = first; n < first + starts; n++) {
            RegistrationPair pair = still.displaced(RegistrationScenes.displacement(n));
            pair = cropped ? RegistrationScenes.cropped(pair, n) : pair;
            String name = model + (cropped ? ", cropped" : "") + ", seed " + n;
            Row row = run(name, model, pair, Optional.empty());
            rows.add(row);
            if (!row.good() || row.status() != Status.PASS) {
                System.out.println(row);
            }
        }
        double seconds = rows.stream().mapToDouble(Row::processorSeconds).sum() / starts;
        System.out.println(
                (cropped ? "cropped: " : "whole: ")
                        + rows.stream().filter(Row::good).count()
                        + " of "
                        + starts
                        + " within 1 mm, passed wrongly "
                        + rows.stream().filter(Row::dishonest).count()
                        + ", failed or warned though good "
                        + rows.stream().filter(r -> r.good() && r.status() != Status.PASS).count()
                        + ", processor s each "
                        + Numbers.fixed(seconds, 2));
        return rows;
    }

    /** Runs input that cannot be registered, with its mask where that is what is wrong. */
    static List<Row> degenerate(double mm) {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, RegistrationPair> e : RegistrationScenes.degenerate(mm).entrySet()) {
            Optional<Mask> mask =
                    e.getKey().startsWith("mask")
                            ? Optional.of(e.getValue().mask())
                            : Optional.empty();
            say(rows, run(e.getKey(), Model.RIGID, e.getValue(), mask));
        }
        return rows;
    }

    /** Compares predicted and true errors where there is less and less to go by. */
    static List<Row> honesty(double mm) {
        Geometry g = RegistrationPair.grid(mm);
        List<Row> rows = new ArrayList<>();
        String[][] contrasts = {{"t1", "t2"}, {"t1", "flair"}, {"ct", "t1"}, {"pet", "ct"}};
        for (String[] c : contrasts) {
            for (Model m : List.of(Model.RIGID, Model.AFFINE)) {
                Affine truth =
                        m == Model.RIGID ? RegistrationScenes.RIGID : RegistrationScenes.AFFINE;
                for (double share : new double[] {1, 0.6, 0.3}) {
                    RegistrationPair pair =
                            RegistrationScenes.head(c, g, g, Motion.of(truth))
                                    .cropped(share, 2, true);
                    String name = m + ", " + c[0] + " to " + c[1] + ", share " + share;
                    say(rows, run(name, m, pair, Optional.empty()));
                }
            }
        }
        return rows;
    }

    private static void table(double mm, String part) {
        String where = " at " + Numbers.fixed(mm, 0) + " mm";
        System.out.println(new RegistrationTable().of(accuracy(mm, part), where));
    }

    static void say(List<Row> rows, Row row) {
        rows.add(row);
        System.out.println(row);
    }

    /** Takes a case and what it needs. */
    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        double mm = words.remove("--full") ? 1 : 2;
        String given = words.size() > 1 ? words.get(1) : "";
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "accuracy" -> table(mm, given);
            case "tables" -> {
                table(1, WHOLE);
                table(2, "");
            }
            case "capture" -> {
                Model model = words.size() > 2 ? Model.valueOf(words.get(2)) : Model.RIGID;
                int first = words.size() > 3 ? Integer.parseInt(words.get(3)) : 0;
                capture(mm, model, first, Integer.parseInt(given), false);
                capture(mm, model, first, Math.min(50, Integer.parseInt(given)), true);
            }
            case "degenerate" -> degenerate(mm);
            case "honesty" -> honesty(mm);
            case "threads" -> {
                for (Model m :
                        given.isEmpty() ? Model.values() : new Model[] {Model.valueOf(given)}) {
                    RegistrationThreads.same(mm, m);
                }
            }
            case "pairs" ->
                    RegistrationPairs.write(
                            Path.of(given), mm, words.size() > 2 ? words.get(2) : "");
            case "peers" ->
                    System.out.println(
                            new RegistrationTable().of(RegistrationPeers.all(Path.of(given)), ""));
            case "real" -> RegistrationFiles.real(Path.of(given));
            default ->
                    throw new IllegalArgumentException(
                            "give a case: accuracy [PART], tables, capture N [MODEL FIRST], degenerate,"
                                    + " honesty, threads [MODEL], pairs DIR [PART], peers DIR or"
                                    + " real DIR");
        }
    }
}
