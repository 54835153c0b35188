package org.diapason.table;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;

/** What a fit of long-combat writes down and warns of. */
final class LongReport {
    private final LongComBat settings;
    private final RepeatedRows rows;
    private final int features;
    private final Trace trace;

    LongReport(LongComBat settings, RepeatedRows rows, int features, Trace trace) {
        this.settings = settings;
        this.rows = rows;
        this.features = features;
        this.trace = trace;
    }

    void rows() {
        trace.note("batches", String.join(", ", rows.batches));
        trace.note("exams", Numbers.of(Arrays.stream(rows.exams).asDoubleStream().toArray()));
        trace.note("features", features);
        if (rows.batches.size() == 1) {
            trace.warn(
                    "all exams are of "
                            + settings.batch()
                            + " "
                            + rows.batches.get(0)
                            + ": there is nothing to harmonize and every exam stays as it is.");
        }
        settings.randomSlope().ifPresent(this::warnOfSlope);
    }

    private void warnOfSlope(String slope) {
        if (rows.design.columns().stream().noneMatch(c -> c.name().equals(slope))) {
            trace.warn(
                    "the effect of "
                            + slope
                            + " varies between subjects around 0, for it is not protected. Add it"
                            + " to protect.");
        }
    }

    void estimates(LongEstimates found, EmpiricalBayes[] shrunk) {
        int constant = found.count(0);
        int undefined = found.count(Double.NaN);
        int flat = 0;
        for (boolean s : found.singular) {
            flat += s ? 1 : 0;
        }
        trace.note("constantFeatures", constant);
        trace.note("undefinedFeatures", undefined);
        trace.note("singularFits", flat);
        for (int j = 0; j < found.freedom.length; j++) {
            freedom(rows.design.smooths().get(j).term().text(), found.freedom[j], found.sigma);
        }
        for (int i = 0; i < shrunk.length; i++) {
            trace.note("iterations." + rows.batches.get(i), shrunk[i].iterations);
            if (rows.exams[i] < settings.minScaleExams() && shrunk.length > 1) {
                trace.warn(
                        settings.batch()
                                + " \""
                                + rows.batches.get(i)
                                + "\" has "
                                + rows.exams[i]
                                + (rows.exams[i] == 1 ? " exam, " : " exams, ")
                                + "fewer than min-scale-exams "
                                + settings.minScaleExams()
                                + ": its spread cannot be estimated, so only its mean is corrected."
                                + " Merge it with another batch to correct both.");
            }
        }
        if (flat > 0) {
            trace.warn(
                    flat
                            + " of "
                            + features
                            + (flat == 1 ? " features has" : " features have")
                            + " a singular fit: a variance between subjects is 0, or"
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
            String why = Arrays.stream(found.reasons).filter(Objects::nonNull).findFirst().get();
            trace.warn(
                    undefined
                            + (undefined == 1 ? " feature has" : " features have")
                            + " no fit and "
                            + (undefined == 1 ? "is" : "are")
                            + " undefined (NaN) in the harmonized table; the first: "
                            + why);
        }
    }

    /** Least, median and most degrees of freedom of a curve over the features that are fitted. */
    private void freedom(String term, double[] freedom, double[] sigma) {
        double[] sorted =
                IntStream.range(0, freedom.length)
                        .filter(f -> sigma[f] > 0)
                        .mapToDouble(f -> freedom[f])
                        .sorted()
                        .toArray();
        int n = sorted.length;
        if (n > 0) {
            trace.note("freedom." + term, Numbers.of(sorted[0], sorted[n / 2], sorted[n - 1]));
        }
    }
}
