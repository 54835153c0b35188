package org.diapason.steps.intensity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Moments;
import org.diapason.stats.Students;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Learns gain and offset of every scanner against a reference scanner from the mean and the spread
 * in a mask; the learned {@link GainOffsetModel} takes them out.
 *
 * <p>{@code measured = γ · reference + δ}. With the mean m and the standard deviation s in the mask
 * (dividing by n) of each exam, γ is the ratio of the geometric means of s and {@code δ = mean(m) −
 * γ mean(m of the reference)}. Standard errors come from the spread between the exams of a scanner
 * (delta method; m and s of an exam may be correlated), intervals of 95 % from Student's t with the
 * smaller number of exams less one. The sum holds counts, means and centred products.
 *
 * <p>Scanners see different patients, so a difference between their patients is taken for one of
 * the scanners: paired scans (travelling-subjects) are better, and a tissue that disease does not
 * touch is needed.
 *
 * <p>Refused: HU and every physical quantity, several contrasts, a reference with fewer than three
 * exams, and what every normalization refuses. Another scanner with fewer than three is left out.
 *
 * <p>Method: location and scale as in Johnson, Li and Rabinovic 2007, Biostatistics 8(1):118–127,
 * doi:10.1093/biostatistics/kxj037, for one mask, without pooling.
 *
 * @param image name of the image, of one contrast
 * @param mask name of the mask of a tissue that is alike in all patients
 * @param batch column of the cohort table that names the scanner
 * @param reference the scanner whose scale all others get
 */
public record GainOffset(String image, String mask, String batch, String reference)
        implements Learner<Exam, GainOffset.Sum> {

    static final String WHAT = "gain-offset";
    private static final int LEAST = 3;

    public GainOffset {
        if (Globs.isPattern(image)) {
            throw new IllegalArgumentException(
                    "image must be the plain name of one image, since each has a gain of its own,"
                            + " got \""
                            + image
                            + "\"");
        }
        if (mask.isBlank() || batch.isBlank() || reference.isBlank()) {
            throw new IllegalArgumentException(
                    "mask, batch and reference must be given; one of them is empty");
        }
    }

    /** What was seen of each scanner. */
    public static final class Sum {
        private final SortedMap<String, PairMoments> scanners = new TreeMap<>();
        private final Contrasts contrasts = new Contrasts();
    }

    @Override
    public Set<String> images() {
        return Set.of(image);
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Set<String> cohortColumns() {
        return Set.of(batch);
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        Admission admitted = admit(exam, image);
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        Moments seen = Moments.of(values);
        PairMoments one = PairMoments.of(seen.mean(), StrictMath.log(seen.sd()));
        sum.scanners.merge(scanner(exam, batch), one, PairMoments::plus);
        sum.contrasts.add(admitted);
    }

    /** Admits an image whose scale is arbitrary. */
    static Admission admit(Exam exam, String image) {
        Admission seen = Admission.ofWitness(exam, image, WHAT);
        if (seen.volume().quantity().physical()) {
            throw seen.refused(
                    "the quantity is "
                            + seen.volume().quantity().label()
                            + ", whose gain and offset are an error of the scanner and not of its"
                            + " patients. Measure them on a phantom (column calibration) and use"
                            + " hu-line for CT; leave gain-offset out.");
        }
        return Admission.of(exam, image, WHAT, false);
    }

    /** Returns the scanner of an exam. */
    static String scanner(Exam exam, String batch) {
        String scanner = exam.covariates().getOrDefault(batch, "").strip();
        if (scanner.isEmpty()) {
            throw new DataException(
                    "exam "
                            + exam.id()
                            + ": the column "
                            + batch
                            + " is empty, and gain and offset are those of a scanner. Fill it in the"
                            + " cohort table.");
        }
        return scanner;
    }

    @Override
    public void merge(Sum into, Sum from) {
        from.scanners.forEach((name, m) -> into.scanners.merge(name, m, PairMoments::plus));
        into.contrasts.merge(from.contrasts);
    }

    /**
     * Returns the step that takes gain and offset out.
     *
     * @throws RefusedException if the reference has fewer than three exams
     */
    @Override
    public GainOffsetModel learn(Sum sum, Trace trace) {
        Optional<String> contrast = sum.contrasts.one(WHAT, trace);
        PairMoments base = sum.scanners.get(reference);
        if (base == null || base.count() < LEAST) {
            throw new RefusedException(
                    "the reference scanner "
                            + reference
                            + " has "
                            + (base == null ? 0 : base.count())
                            + " exams in the column "
                            + batch
                            + ", and at least "
                            + LEAST
                            + " are needed to know how patients differ; there are exams of "
                            + sum.scanners.keySet()
                            + ". Choose another reference.");
        }
        SortedMap<String, Double> gains = new TreeMap<>(Map.of(reference, 1.0));
        SortedMap<String, Double> offsets = new TreeMap<>(Map.of(reference, 0.0));
        trace.note(reference + ".exams", base.count());
        sum.scanners.forEach(
                (name, seen) -> {
                    if (!name.equals(reference)) {
                        against(name, seen, base, gains, offsets, trace);
                    }
                });
        if (gains.size() > 1) {
            trace.warn(
                    "gain and offset were learned from different patients on each scanner, so what"
                            + " differs between the patients in mask "
                            + mask
                            + " is taken out with them. Paired scans (travelling-subjects) do not"
                            + " have this fault.");
        }
        return new GainOffsetModel(image, batch, reference, gains, offsets, contrast);
    }

    private void against(
            String name,
            PairMoments seen,
            PairMoments base,
            SortedMap<String, Double> gains,
            SortedMap<String, Double> offsets,
            Trace trace) {
        trace.note(name + ".exams", seen.count());
        if (seen.count() < LEAST) {
            trace.warn(
                    "scanner "
                            + name
                            + " has "
                            + seen.count()
                            + " exams, fewer than "
                            + LEAST
                            + ", so its gain and offset are not learned and its exams will be"
                            + " refused. Add exams of it.");
            return;
        }
        double gain = StrictMath.exp(seen.b() - base.b());
        double offset = seen.a() - gain * base.a();
        // d offset: 1 and −γ·m_r of the scanner's (m, ln s); −γ and +γ·m_r of the reference's
        double slope = gain * base.a();
        double gainSe = gain * Math.sqrt(seen.varianceOfMean(0, 1) + base.varianceOfMean(0, 1));
        double offsetSe =
                Math.sqrt(seen.varianceOfMean(1, -slope) + base.varianceOfMean(-gain, slope));
        double t = Students.t95((int) Math.min(seen.count(), base.count()) - 1);
        double factor = StrictMath.exp(t * gainSe / gain);
        gains.put(name, gain);
        offsets.put(name, offset);
        trace.note(name + ".gain", gain);
        trace.note(name + ".gainSe", gainSe);
        trace.note(name + ".gainInterval", Numbers.of(gain / factor, gain * factor));
        trace.note(name + ".offset", offset);
        trace.note(name + ".offsetSe", offsetSe);
        trace.note(
                name + ".offsetInterval", Numbers.of(offset - t * offsetSe, offset + t * offsetSe));
    }
}
