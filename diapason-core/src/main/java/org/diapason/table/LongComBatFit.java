package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.stats.MixedModel;
import org.diapason.stats.RandomTerm;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** A mixed model of every feature on batches, covariates and subjects; then what batches leave. */
final class LongComBatFit {
    private final LongComBat settings;
    private final FeatureTable table;
    private final List<String> columns;
    private final List<String> batches;
    private final List<String> subjects;
    private final Design design;
    private final int[] batchOf;
    private final int[] subjectOf;
    private final double[][] codes;
    private final RandomTerm random;
    private final int[] exams;

    /** What the features gave. */
    private final double[] alpha;

    private final double[] sigma;
    private final double[][] beta;
    private final double[][] gammaHat;
    private final double[][] deltaHat;
    private final int[][] count;

    /** {@code [subject · width + effect][feature]}. */
    private final double[][] effects;

    private final boolean[] singular;
    private final String[] reasons;

    LongComBatFit(LongComBat settings, FeatureTable table) {
        this.settings = settings;
        this.table = table;
        columns =
                table.features().stream()
                        .filter(f -> Globs.matches(settings.features(), f))
                        .toList();
        if (columns.isEmpty()) {
            throw new RefusedException(
                    "long-combat: no feature fits the pattern \""
                            + settings.features()
                            + "\" of option features. Correct the pattern.");
        }
        ComBat plain = settings.shrinking();
        int n = table.size();
        batches = sorted(r -> plain.batchOf(table, r), n);
        subjects = sorted(r -> LongComBatModel.subjectOf(table, r, settings.subject()), n);
        batchOf =
                IntStream.range(0, n).map(r -> batches.indexOf(plain.batchOf(table, r))).toArray();
        subjectOf =
                IntStream.range(0, n)
                        .map(
                                r ->
                                        java.util.Collections.binarySearch(
                                                subjects, table.covariate(r, settings.subject())))
                        .toArray();
        design = Design.of(table, settings.protect());
        codes = new double[n][];
        Arrays.setAll(codes, r -> design.encode(table, r));
        random = random();
        exams = new int[batches.size()];
        Arrays.stream(batchOf).forEach(b -> exams[b]++);
        int f = columns.size();
        alpha = new double[f];
        sigma = new double[f];
        beta = new double[design.size()][f];
        gammaHat = new double[batches.size()][f];
        deltaHat = new double[batches.size()][f];
        count = new int[batches.size()][f];
        effects = new double[subjects.size() * width()][f];
        singular = new boolean[f];
        reasons = new String[f];
    }

    private static List<String> sorted(java.util.function.IntFunction<String> name, int rows) {
        TreeSet<String> names = new TreeSet<>();
        for (int r = 0; r < rows; r++) {
            names.add(name.apply(r));
        }
        return List.copyOf(names);
    }

    private int width() {
        return settings.randomSlope().isPresent() ? 2 : 1;
    }

    private RandomTerm random() {
        if (settings.randomSlope().isEmpty()) {
            return RandomTerm.intercept(subjectOf);
        }
        double[][] slope = new double[2][table.size()];
        Arrays.fill(slope[0], 1);
        for (int r = 0; r < table.size(); r++) {
            slope[1][r] = LongComBatModel.time(table, r, settings.randomSlope().get());
        }
        return RandomTerm.of(subjectOf, slope);
    }

    LongComBatModel learn(Trace trace) {
        int crossing = checkSubjects();
        List<Moments> moments = new ArrayList<>();
        List<Ranges> ranges = new ArrayList<>();
        List<String> covariates = design.columns().stream().map(Design.Column::name).toList();
        for (int b = 0; b < batches.size(); b++) {
            moments.add(new Moments(design.size()));
            ranges.add(new Ranges(covariates));
        }
        for (int r = 0; r < codes.length; r++) {
            moments.get(batchOf[r]).add(codes[r]);
            ranges.get(batchOf[r]).add(table, r);
        }
        Curves unpenalised = new Curves(design, ComBat.Smoothing.NONE);
        new Confounding(settings.batch(), batches, design, unpenalised, moments, ranges)
                .check(trace);
        int[] place = Columns.places(columns, table.features());
        MixedModel whole = model(IntStream.range(0, table.size()).toArray());
        Parallel.forEach(columns.size(), f -> fit(f, place[f], whole));
        EmpiricalBayes[] shrunk = new EmpiricalBayes[batches.size()];
        for (int b = 0; b < shrunk.length; b++) {
            shrunk[b] =
                    new EmpiricalBayes(
                            gammaHat[b], deltaHat[b], count[b], exams[b], settings.shrinking());
        }
        report(crossing, shrunk, trace);
        return result(shrunk);
    }

    /** Returns how many subjects were measured in several batches. */
    private int checkSubjects() {
        int n = table.size();
        String who = "long-combat: column " + settings.subject() + " names " + subjects.size();
        if (subjects.size() * width() >= n || subjects.size() < 2) {
            throw new RefusedException(
                    who
                            + (subjects.size() == 1 ? " subject in " : " subjects in ")
                            + n
                            + " exams; a random "
                            + (width() == 1 ? "intercept" : "intercept and slope")
                            + " per subject needs at least two subjects and repeated exams of them."
                            + " Use combat, or add follow-up exams.");
        }
        List<TreeSet<Integer>> met = new ArrayList<>();
        subjects.forEach(s -> met.add(new TreeSet<>()));
        for (int r = 0; r < n; r++) {
            met.get(subjectOf[r]).add(batchOf[r]);
        }
        int crossing = (int) met.stream().filter(b -> b.size() > 1).count();
        if (batches.size() > 1 && crossing == 0 && subjects.size() == batches.size()) {
            throw new RefusedException(
                    "long-combat: "
                            + settings.subject()
                            + " and "
                            + settings.batch()
                            + " cannot be told apart: every "
                            + settings.batch()
                            + " has one subject of its own. Removing "
                            + settings.batch()
                            + " would remove the subjects' differences. Add subjects, or exams of"
                            + " one subject in two batches.");
        }
        return crossing;
    }

    private MixedModel model(int[] rows) {
        int first = -1;
        boolean[] present = new boolean[batches.size()];
        Arrays.stream(rows).forEach(r -> present[batchOf[r]] = true);
        int dummies = 0;
        int[] column = new int[batches.size()];
        for (int b = 0; b < present.length; b++) {
            column[b] = present[b] && first >= 0 ? ++dummies : 0;
            first = present[b] && first < 0 ? b : first;
        }
        double[][] x = new double[rows.length][1 + dummies + design.size()];
        for (int k = 0; k < rows.length; k++) {
            x[k][0] = 1;
            x[k][column[batchOf[rows[k]]]] = 1;
            System.arraycopy(codes[rows[k]], 0, x[k], 1 + dummies, design.size());
        }
        return MixedModel.of(x, List.of(random.rows(rows)), true);
    }

    private void fit(int f, int place, MixedModel whole) {
        int[] rows =
                IntStream.range(0, table.size())
                        .filter(r -> Double.isFinite(table.row(r)[place]))
                        .toArray();
        double[] y = Arrays.stream(rows).mapToDouble(r -> table.row(r)[place]).toArray();
        for (int r : rows) {
            count[batchOf[r]][f]++;
        }
        try {
            MixedModel model = rows.length == table.size() ? whole : model(rows);
            if (model.varies(y)) {
                take(f, rows, y, model.fit(y));
            } else {
                leaveOut(f, 0);
            }
        } catch (RefusedException e) {
            reasons[f] = e.getMessage();
            leaveOut(f, Double.NaN);
        }
    }

    private void leaveOut(int f, double sd) {
        sigma[f] = sd;
        alpha[f] = sd == 0 ? 0 : Double.NaN;
        for (int b = 0; b < batches.size(); b++) {
            gammaHat[b][f] = Double.NaN;
            deltaHat[b][f] = Double.NaN;
        }
    }

    private void take(int f, int[] rows, double[] y, MixedModel.Fit fit) {
        singular[f] = fit.singular();
        double[] b = fit.coefficients().toArray();
        int p = design.size();
        for (int k = 0; k < p; k++) {
            beta[k][f] = b[b.length - p + k];
        }
        double[] effect = fit.random().get(0).effects().toArray();
        for (int k = 0; k < effect.length; k++) {
            effects[k][f] = effect[k];
        }
        double[] shift = new double[batches.size()];
        double mean = 0;
        int dummy = 0;
        boolean first = true;
        for (int i = 0; i < shift.length; i++) {
            if (count[i][f] > 0) {
                shift[i] = first ? 0 : b[++dummy];
                first = false;
                mean += shift[i] * count[i][f] / rows.length;
            }
        }
        alpha[f] = b[0] + mean;
        double[] rest = new double[rows.length];
        double sum = 0;
        for (int r = 0; r < rows.length; r++) {
            rest[r] = y[r] - fit.fitted().get(r);
            sum += rest[r] / rows.length;
        }
        double squares = 0;
        for (double e : rest) {
            squares += (e - sum) * (e - sum) / rows.length;
        }
        boolean reml = settings.scale() == LongComBat.Scale.REML;
        sigma[f] = Math.sqrt(reml ? fit.residualVariance() : squares);
        standardise(f, rows, rest, shift, mean);
    }

    /** z = (residual + γ)/σ: its mean and variance in every batch. */
    private void standardise(int f, int[] rows, double[] rest, double[] shift, double mean) {
        double[] z = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            int i = batchOf[rows[r]];
            z[r] = (rest[r] + shift[i] - mean) / sigma[f];
            gammaHat[i][f] += z[r] / count[i][f];
        }
        for (int r = 0; r < rows.length; r++) {
            int i = batchOf[rows[r]];
            double off = z[r] - gammaHat[i][f];
            deltaHat[i][f] += off * off / Math.max(1, count[i][f] - 1);
        }
        for (int i = 0; i < shift.length; i++) {
            if (count[i][f] == 0) {
                gammaHat[i][f] = Double.NaN;
            }
        }
    }

    private LongComBatModel result(EmpiricalBayes[] shrunk) {
        return new LongComBatModel(
                settings,
                design,
                columns,
                Numbers.of(alpha),
                coefficients(),
                Numbers.of(sigma),
                batches(shrunk),
                subjects());
    }

    private List<LongComBatModel.Effect> coefficients() {
        List<LongComBatModel.Effect> all = new ArrayList<>();
        for (int k = 0; k < design.size(); k++) {
            all.add(new LongComBatModel.Effect(design.names().get(k), Numbers.of(beta[k])));
        }
        return all;
    }

    private List<LongComBatModel.Batch> batches(EmpiricalBayes[] shrunk) {
        List<LongComBatModel.Batch> all = new ArrayList<>();
        for (int i = 0; i < shrunk.length; i++) {
            all.add(
                    new LongComBatModel.Batch(
                            batches.get(i),
                            exams[i],
                            Numbers.of(shrunk[i].gamma),
                            Numbers.of(shrunk[i].delta)));
        }
        return all;
    }

    private List<LongComBatModel.Subject> subjects() {
        List<LongComBatModel.Subject> all = new ArrayList<>();
        int w = width();
        for (int s = 0; s < subjects.size(); s++) {
            all.add(
                    new LongComBatModel.Subject(
                            subjects.get(s),
                            Numbers.of(effects[s * w]),
                            w == 1 ? Numbers.of() : Numbers.of(effects[s * w + 1])));
        }
        return all;
    }

    private void report(int crossing, EmpiricalBayes[] shrunk, Trace trace) {
        int constant = (int) Arrays.stream(sigma).filter(s -> s == 0).count();
        int undefined = (int) Arrays.stream(sigma).filter(Double::isNaN).count();
        int flat = 0;
        for (boolean s : singular) {
            flat += s ? 1 : 0;
        }
        trace.note("batches", String.join(", ", batches));
        trace.note("exams", Numbers.of(Arrays.stream(exams).asDoubleStream().toArray()));
        trace.note("subjects", subjects.size());
        trace.note("subjectsInSeveralBatches", crossing);
        trace.note("features", columns.size());
        trace.note("constantFeatures", constant);
        trace.note("undefinedFeatures", undefined);
        trace.note("singularFits", flat);
        for (int i = 0; i < shrunk.length; i++) {
            trace.note("iterations." + batches.get(i), shrunk[i].iterations);
            if (exams[i] < settings.minScaleExams() && batches.size() > 1) {
                trace.warn(
                        settings.batch()
                                + " \""
                                + batches.get(i)
                                + "\" has "
                                + exams[i]
                                + (exams[i] == 1 ? " exam, " : " exams, ")
                                + "fewer than min-scale-exams "
                                + settings.minScaleExams()
                                + ": its spread cannot be estimated, so only its mean is corrected."
                                + " Merge it with another batch to correct both.");
            }
        }
        if (batches.size() == 1) {
            trace.warn(
                    "all exams are of "
                            + settings.batch()
                            + " "
                            + batches.get(0)
                            + ": there is nothing to harmonize and every exam stays as it is.");
        } else if (crossing == 0) {
            trace.warn(
                    "no subject was measured in two batches of "
                            + settings.batch()
                            + ": batches are compared between subjects only. Travelling subjects"
                            + " would make it certain.");
        }
        warnOfFeatures(constant, undefined, flat, trace);
    }

    private void warnOfFeatures(int constant, int undefined, int flat, Trace trace) {
        if (settings.randomSlope().isPresent()
                && design.columns().stream()
                        .noneMatch(c -> c.name().equals(settings.randomSlope().get()))) {
            trace.warn(
                    "the effect of "
                            + settings.randomSlope().get()
                            + " varies between subjects around 0, for it is not protected. Add it"
                            + " to protect.");
        }
        if (flat > 0) {
            trace.warn(
                    flat
                            + " of "
                            + columns.size()
                            + " features have a singular fit: a variance between subjects is 0, or"
                            + " intercept and slope are correlated perfectly. Their subjects'"
                            + " differences are explained by batch and protected columns.");
        }
        if (constant > 0) {
            trace.warn(
                    constant
                            + (constant == 1 ? " feature does" : " features do")
                            + " not vary beyond batch and protected columns and "
                            + (constant == 1 ? "passes unchanged." : "pass unchanged."));
        }
        if (undefined > 0) {
            String why = Arrays.stream(reasons).filter(r -> r != null).findFirst().orElse("");
            trace.warn(
                    undefined
                            + (undefined == 1 ? " feature has" : " features have")
                            + " no fit and "
                            + (undefined == 1 ? "is" : "are")
                            + " undefined (NaN) in the harmonized table; the first: "
                            + why);
        }
    }
}
