package org.diapason.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.table.Transform.Kind;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Term;

/**
 * Removes what a batch (site, scanner) adds to and multiplies into features, keeping protected
 * covariates, by empirical Bayes.
 *
 * <p>y = α + C·β + σ·(γ + δ·ε) per feature and batch; y* = α + C·β + σ·(z − γ*)/√δ*², where z is y
 * standardised. σ² has the divisor n, δ² the divisor n − 1; with one feature nothing is shrunk; one
 * batch is left as it is. A cell that is not finite stays as it is and is left out for its feature
 * only; a constant feature passes through.
 *
 * <p>Two rounds: the first learns the batches and how covariates become numbers, the second the
 * sums of {@link ComBatSums}. Text of batches decides, not order.
 *
 * <p>Method: Johnson, Li and Rabinovic 2007, Biostatistics 8(1):118–127,
 * doi:10.1093/biostatistics/kxj037, sections 3.1 to 3.3; reference batch: Zhang, Jenkins, Manimaran
 * and Johnson 2018, BMC Bioinformatics 19:262, doi:10.1186/s12859-018-2263-6. To match sva's
 * digits, set originalStop and a minScaleExams of 2.
 *
 * @param batch column that names the batch of an exam
 * @param protect terms whose effect is to be kept; every exam must have their columns: numbers or
 *     levels such as age, interactions such as age:sex, curves such as s(age)
 * @param features which features to harmonize, a pattern
 * @param method how estimates of a batch are shrunk towards what its features share: parametric,
 *     nonparametric (at most 20,000 features), or none
 * @param meanOnly whether only means are corrected, and by which weight a mean is shrunk: sva (as
 *     of one exam) or consistent (by the exams of the batch)
 * @param reference batch that stays as it is and that the others are brought to, instead of to the
 *     average of all
 * @param minScaleExams a batch of fewer exams gets no scale estimate, only its mean is corrected; a
 *     feature of fewer values in a larger batch takes its scale there from the other features
 * @param originalStop whether to stop the iteration as sva does (relative change 1e-4 with the sign
 *     of γ) instead of at 1e-10
 * @param smoothing how smooth a protected curve is, chosen per feature: reml (restricted maximum
 *     likelihood), gcv (generalised cross validation, one curve only), or none, as many bends as
 *     its functions allow
 * @param locationScale what the effects of protected terms and the location and scale of a batch
 *     are before they are shrunk: mean, least squares and variance; or robust, M-estimates, median
 *     and biweight midvariance, which outliers do not move and which keep the rows of the exams
 * @param transform how features are changed before the fit and back after it, the first that fits a
 *     feature: none, log, box-cox, yeo-johnson or rank-normal, for some features with a pattern
 *     after it, as in log:shape_*; keeps the rows of the exams
 * @param protectScale terms whose effect on the spread of features is kept (ComBatLS), no curves;
 *     keeps the rows of the exams
 */
public record ComBat(
        String batch,
        @Default("") List<String> protect,
        @Default("*") String features,
        @Default("parametric") Method method,
        @Default("no") MeanOnly meanOnly,
        @Default("") Optional<String> reference,
        @Default("3") int minScaleExams,
        @Default("false") boolean originalStop,
        @Default("reml") Smoothing smoothing,
        @Default("mean") LocationScale locationScale,
        @Default("") List<String> transform,
        @Default("") List<String> protectScale)
        implements Learner<FeatureTable, ComBat.Levels> {
    /** Features up to which the time of the non-parametric method, their square, is bearable. */
    static final int MOST_NONPARAMETRIC = 20_000;

    /** How what was found in a batch is shrunk towards what its features share. */
    public enum Method {
        PARAMETRIC,
        NONPARAMETRIC,
        NONE
    }

    /** Whether scales are left alone, and the weight of a batch's own mean then. */
    public enum MeanOnly {
        NO,
        SVA,
        CONSISTENT
    }

    /** How smooth protected curves are; Wood 2011, doi:10.1111/j.1467-9868.2010.00749.x. */
    public enum Smoothing {
        REML,
        GCV,
        NONE
    }

    /** What the location and scale of a batch are. */
    public enum LocationScale {
        MEAN,
        ROBUST
    }

    /** The same with all settings that follow at their defaults. */
    public ComBat(
            String batch,
            List<String> protect,
            String features,
            Method method,
            MeanOnly meanOnly,
            Optional<String> reference,
            int minScaleExams,
            boolean originalStop) {
        this(
                batch,
                protect,
                features,
                method,
                meanOnly,
                reference,
                minScaleExams,
                originalStop,
                Smoothing.REML,
                LocationScale.MEAN,
                List.of(),
                List.of());
    }

    public ComBat {
        protect = List.copyOf(protect);
        transform = List.copyOf(transform);
        protectScale = List.copyOf(protectScale);
        if (batch.isBlank()) {
            throw new IllegalArgumentException("batch must name a column");
        }
        refuseBatch(batch, "protect", protect);
        refuseBatch(batch, "protect-scale", protectScale);
        transform.forEach(Transforms::kind);
        for (Term term : Term.list(protectScale)) {
            if (term.smooth()) {
                throw new IllegalArgumentException(
                        "protect-scale takes no curve, got "
                                + term.text()
                                + ". Write "
                                + term.columns().get(0)
                                + ", whose effect on the logarithm of the spread is a line.");
            }
        }
        if (!protectScale.isEmpty() && locationScale == LocationScale.ROBUST) {
            throw new IllegalArgumentException(
                    "protect-scale is fitted by maximum likelihood, which location-scale robust is"
                            + " not. Leave one of them out.");
        }
        long curves = Term.list(protect).stream().filter(Term::smooth).count();
        if (smoothing == Smoothing.GCV && curves > 1) {
            throw new IllegalArgumentException(
                    "smoothing gcv is for one curve, and protect has "
                            + curves
                            + ". Take reml for several.");
        }
        if (minScaleExams < 2) {
            throw new IllegalArgumentException(
                    "min-scale-exams must be at least 2, got " + minScaleExams);
        }
    }

    private static void refuseBatch(String batch, String setting, List<String> terms) {
        if (Design.covariates(terms).contains(batch)) {
            throw new IllegalArgumentException(
                    setting + " names the batch column " + batch + ", which is to be removed");
        }
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new TreeSet<>(Design.covariates(protect));
        columns.addAll(Design.covariates(protectScale));
        columns.add(batch);
        return columns;
    }

    /** The usual settings: all features, shrunk, scale from three exams on. */
    public static ComBat of(String batch, List<String> protect) {
        return new ComBat(
                batch, protect, "*", Method.PARAMETRIC, MeanOnly.NO, Optional.empty(), 3, false);
    }

    /** The same with other protected terms. */
    public ComBat protecting(List<String> terms) {
        return with(d -> d.protect = terms);
    }

    /** The same with another method. */
    public ComBat by(Method other) {
        return with(d -> d.method = other);
    }

    /** The same with curves of another smoothness. */
    public ComBat by(Smoothing other) {
        return with(d -> d.smoothing = other);
    }

    /** The same with another location and scale of a batch. */
    public ComBat by(LocationScale other) {
        return with(d -> d.locationScale = other);
    }

    /** The same with all brought to one batch. */
    public ComBat to(String batch) {
        return with(d -> d.reference = Optional.of(batch));
    }

    /** The same with features changed before and back after. */
    public ComBat transforming(List<String> transforms) {
        return with(d -> d.transform = transforms);
    }

    /** The same with terms whose effect on the spread is kept. */
    public ComBat protectingScale(List<String> terms) {
        return with(d -> d.protectScale = terms);
    }

    private ComBat with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new ComBat(
                batch,
                draft.protect,
                features,
                draft.method,
                meanOnly,
                draft.reference,
                minScaleExams,
                originalStop,
                draft.smoothing,
                draft.locationScale,
                draft.transform,
                draft.protectScale);
    }

    /** Settings of which some are about to change. */
    private final class Draft {
        private List<String> protect = ComBat.this.protect;
        private Method method = ComBat.this.method;
        private Optional<String> reference = ComBat.this.reference;
        private Smoothing smoothing = ComBat.this.smoothing;
        private LocationScale locationScale = ComBat.this.locationScale;
        private List<String> transform = ComBat.this.transform;
        private List<String> protectScale = ComBat.this.protectScale;
    }

    /** Batches with ranges, covariate values and feature names as they are met. */
    public static final class Levels {
        private final TreeMap<String, Ranges> batches = new TreeMap<>();
        private final List<String> names;
        private final Design.Sum covariates;
        private final Design.Sum ofScale;
        private List<String> columns;

        private Levels(List<String> protect, List<String> protectScale) {
            names = List.copyOf(Design.covariates(protect));
            covariates = new Design.Sum(protect);
            ofScale = new Design.Sum(protectScale);
        }
    }

    @Override
    public Levels empty() {
        return new Levels(protect, protectScale);
    }

    @Override
    public void add(Levels sum, FeatureTable table) {
        sum.columns = Columns.same(sum.columns, table.features());
        for (int r = 0; r < table.size(); r++) {
            sum.batches
                    .computeIfAbsent(batchOf(table, r), b -> new Ranges(sum.names))
                    .add(table, r);
            sum.covariates.add(table, r);
            sum.ofScale.add(table, r);
        }
    }

    @Override
    public void merge(Levels into, Levels from) {
        if (from.columns != null) {
            into.columns = Columns.same(into.columns, from.columns);
            from.batches.forEach((b, ranges) -> into.batches.merge(b, ranges, Ranges::merge));
            into.covariates.merge(from.covariates);
            into.ofScale.merge(from.ofScale);
        }
    }

    @Override
    public Operation<FeatureTable> learn(Levels sum, Trace trace) {
        if (sum.columns == null || sum.batches.isEmpty()) {
            throw new RefusedException("ComBat has no exam to learn from. Add exams.");
        }
        List<String> fitting =
                sum.columns.stream().filter(f -> Globs.matches(features, f)).toList();
        // The table's own list where all fit: comparing lists by identity is fast.
        List<String> columns = fitting.equals(sum.columns) ? sum.columns : fitting;
        if (columns.isEmpty()) {
            throw new RefusedException(
                    "ComBat: no feature fits the pattern \""
                            + features
                            + "\" of option features. Correct the pattern.");
        }
        refuse(columns.size(), sum.batches);
        Design design = sum.covariates.design();
        Design spread = sum.ofScale.design();
        Stream.of(design, spread)
                .flatMap(d -> d.columns().stream().filter(c -> c.width() == 0))
                .map(
                        c ->
                                "protected column "
                                        + c.name()
                                        + " is the same in every exam and has no effect.")
                .distinct()
                .forEach(trace::warn);
        ComBatFit fit =
                new ComBatFit(
                        this,
                        design,
                        List.copyOf(sum.batches.keySet()),
                        List.copyOf(sum.batches.values()),
                        columns);
        List<Kind> kinds = Transforms.kinds(this, columns);
        boolean changes = kinds.stream().anyMatch(k -> k != Kind.NONE);
        boolean held = changes || locationScale == LocationScale.ROBUST || !protectScale.isEmpty();
        return held ? new HeldFit(fit, spread, kinds) : fit;
    }

    /** Refuses what cannot be fitted with these settings. */
    void refuse(int columns, Map<String, Ranges> batches) {
        if (method == Method.NONPARAMETRIC && columns > MOST_NONPARAMETRIC) {
            throw new RefusedException(
                    "ComBat: method nonparametric compares every feature with every other, and "
                            + columns
                            + " features would take "
                            + Numbers.fixed((double) columns * columns / 1e9, 1)
                            + " thousand million comparisons per batch; at most "
                            + MOST_NONPARAMETRIC
                            + " are taken. Use parametric, or fewer features.");
        }
        if (reference.isPresent() && !batches.containsKey(reference.get())) {
            throw new RefusedException(
                    "ComBat: no exam is of the reference "
                            + batch
                            + " \""
                            + reference.get()
                            + "\" (there are "
                            + String.join(", ", batches.keySet())
                            + "). Correct it.");
        }
        if (reference.isPresent() && batches.get(reference.get()).n < minScaleExams) {
            throw new RefusedException(
                    "ComBat: the reference "
                            + batch
                            + " \""
                            + reference.get()
                            + "\" has "
                            + batches.get(reference.get()).n
                            + (batches.get(reference.get()).n == 1 ? " exam" : " exams")
                            + ", fewer than min-scale-exams "
                            + minScaleExams
                            + ": the spread that all others are to get cannot be estimated. Name a"
                            + " larger one.");
        }
    }

    /** Returns the batch of a row. */
    String batchOf(FeatureTable table, int row) {
        String name = table.covariate(row, batch);
        if (Design.missing(table, row, batch)) {
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": column "
                            + batch
                            + " is missing, so its batch is unknown. Fill it in or leave this exam"
                            + " out.");
        }
        return name;
    }
}
