package org.diapason.steps.register;

import java.util.Optional;
import org.diapason.math.Boundary;
import org.diapason.math.Interpolation;
import org.diapason.math.Rng;
import org.diapason.registration.Finding;
import org.diapason.registration.FoldingCheck;
import org.diapason.registration.GridThrough;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.registration.Status;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Progress;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * One round of {@link GroupTemplate}: the mean of all images as they lie on the template so far.
 *
 * @param settings what was asked
 * @param grid of the template
 * @param centre of brightness of the template in mm
 * @param round counted from 0, in which only the centres are laid over one another
 * @param values of the template so far; null in round 0
 */
record TemplateRound(
        GroupTemplate settings, Geometry grid, Numbers centre, int round, float[] values)
        implements Learner<Exam, TemplateRound.Sum> {

    /** Sums over exams; no value of a single one. */
    static final class Sum {
        private final double[] values;
        private final int[] measured;
        private final double[] log = new double[12];
        private final double[][] shifts;
        private double correlation;
        private int exams;

        Sum(int voxels, boolean deforms) {
            values = new double[voxels];
            measured = new int[voxels];
            shifts = deforms ? new double[3][voxels] : new double[0][];
        }
    }

    @Override
    public Sum empty() {
        return new Sum(grid.voxels(), deforms());
    }

    @Override
    public long sumBytes() {
        return (deforms() ? 36L : 12L) * grid.voxels();
    }

    private boolean deforms() {
        return settings.transform() == Registration.Model.DIFFEO;
    }

    @Override
    public void add(Sum sum, Exam exam) {
        String who = "exam " + exam.id() + ", image " + settings.image();
        Volume volume = exam.image(settings.image()).volume();
        Transform there = round == 0 ? byCentre(volume, who) : registered(volume, exam.id(), who);
        double[] log = AffineLog.log(GridThrough.linear(there));
        GridThrough through = GridThrough.of(grid, there);
        boolean[] in = through.inField(volume.geometry());
        float[] seen =
                through.values(
                        volume.geometry(), volume.values(), Interpolation.LINEAR, Boundary.NEAREST);
        double[] scores = scores(seen, in, who);
        double dot = 0;
        double square = 0;
        double own = 0;
        for (int v = 0; v < seen.length; v++) {
            if (scores[v] == scores[v]) {
                sum.values[v] += scores[v];
                sum.measured[v]++;
                if (values != null && values[v] == values[v]) {
                    dot += scores[v] * values[v];
                    square += values[v] * (double) values[v];
                    own += scores[v] * scores[v];
                }
            }
        }
        sum.correlation += values == null ? 0 : dot / Math.sqrt(square * own);
        for (int e = 0; e < 12; e++) {
            sum.log[e] += log[e];
        }
        if (deforms()) {
            addShifts(sum, there.then(GridThrough.linear(there).inverse()));
        }
        sum.exams++;
    }

    /** Adds where a deformation, its linear part taken off, puts the voxels of the template. */
    private void addShifts(Sum sum, Transform deformation) {
        for (int v = 0; v < grid.voxels(); v++) {
            int row = v / grid.ni();
            Numbers place = grid.toWorld(v % grid.ni(), row % grid.nj(), row / grid.nj());
            double[] put = place.toArray();
            deformation.apply(put);
            for (int r = 0; r < 3; r++) {
                sum.shifts[r][v] += put[r] - place.get(r);
            }
        }
    }

    private Transform byCentre(Volume volume, String who) {
        double[] own = GroupTemplate.centre(volume, who);
        return Affine.shift(own[0] - centre.get(0), own[1] - centre.get(1), own[2] - centre.get(2));
    }

    private Transform registered(Volume volume, String id, String who) {
        // What is only on the way to the template is not put to the test.
        boolean last = round == settings.rounds();
        Registered found =
                new Registration(
                                settings.transform(),
                                settings.bins(),
                                settings.samples(),
                                Rng.seed(round, id),
                                Registration.Metric.MUTUAL_INFORMATION,
                                last)
                        .find(template(), volume, Optional.empty(), Progress.NONE);
        if (found.certificate().status() == Status.FAIL || found.transform().isEmpty()) {
            throw new RefusedException(
                    who
                            + " to the template: "
                            + found.certificate().findings().stream()
                                    .map(Finding::sentence)
                                    .findFirst()
                                    .orElse("no transform was found. Look at the image."));
        }
        return found.transform().get();
    }

    private Volume template() {
        return Volume.of(grid, values, Quantity.UNKNOWN);
    }

    /** Returns standard scores, NaN where nothing was measured. */
    private static double[] scores(float[] seen, boolean[] in, String who) {
        double sum = 0;
        int n = 0;
        for (int v = 0; v < seen.length; v++) {
            if (in[v] && Math.abs(seen[v]) <= Float.MAX_VALUE) {
                sum += seen[v];
                n++;
            }
        }
        double mean = sum / n;
        double squares = 0;
        for (int v = 0; v < seen.length; v++) {
            if (in[v] && Math.abs(seen[v]) <= Float.MAX_VALUE) {
                squares += (seen[v] - mean) * (seen[v] - mean);
            }
        }
        double sd = Math.sqrt(squares / n);
        if (!(sd > 0)) {
            throw new RefusedException(
                    who + ": it shows nothing where the template lies. Leave this exam out.");
        }
        double[] scores = new double[seen.length];
        for (int v = 0; v < seen.length; v++) {
            boolean known = in[v] && Math.abs(seen[v]) <= Float.MAX_VALUE;
            scores[v] = known ? (seen[v] - mean) / sd : Double.NaN;
        }
        return scores;
    }

    @Override
    public void merge(Sum into, Sum from) {
        for (int v = 0; v < into.values.length; v++) {
            into.values[v] += from.values[v];
            into.measured[v] += from.measured[v];
        }
        for (int e = 0; e < 12; e++) {
            into.log[e] += from.log[e];
        }
        for (int r = 0; r < into.shifts.length; r++) {
            for (int v = 0; v < into.values.length; v++) {
                into.shifts[r][v] += from.shifts[r][v];
            }
        }
        into.correlation += from.correlation;
        into.exams += from.exams;
    }

    /** Returns the next round, or what puts exams onto the template. */
    @Override
    public Operation<Exam> learn(Sum sum, Trace trace) {
        float[] mean = new float[sum.values.length];
        int unknown = 0;
        for (int v = 0; v < mean.length; v++) {
            boolean enough = 2 * sum.measured[v] >= sum.exams;
            mean[v] = enough ? (float) (sum.values[v] / sum.measured[v]) : Float.NaN;
            unknown += enough ? 0 : 1;
        }
        double[] log = new double[12];
        for (int e = 0; e < 12; e++) {
            log[e] = -sum.log[e] / sum.exams;
        }
        Transform middle = middle(AffineLog.exp(log), sum, trace);
        if (round > 0) {
            trace.note("round" + round + ".correlation", sum.correlation / sum.exams);
        }
        float[] next =
                GridThrough.of(grid, middle)
                        .values(grid, mean, Interpolation.CUBIC, Boundary.NEAREST);
        if (round < settings.rounds()) {
            return new TemplateRound(settings, grid, centre, round + 1, next);
        }
        trace.note("unmeasuredVoxels", unknown);
        double[] values = new double[next.length];
        for (int v = 0; v < next.length; v++) {
            values[v] = next[v];
        }
        return new TemplateModel(settings, grid, Numbers.of(values));
    }

    /** Returns the way back from the mean transform, which is what moves the template. */
    private Transform middle(Affine linear, Sum sum, Trace trace) {
        double[] moved = centre.toArray();
        linear.apply(moved);
        double off = length(moved, centre.toArray());
        if (round > 0) {
            trace.note("round" + round + ".middleOffMm", off);
            trace.note("round" + round + ".middleVolumeRatio", linear.determinant());
        }
        if (!deforms() || round == 0) {
            return linear;
        }
        float[][] mean = new float[3][grid.voxels()];
        double all = 0;
        double[] shift = new double[3];
        for (int v = 0; v < grid.voxels(); v++) {
            for (int r = 0; r < 3; r++) {
                shift[r] = sum.shifts[r][v] / sum.exams;
                mean[r][v] = (float) shift[r];
            }
            all += length(shift, new double[3]);
        }
        trace.note("round" + round + ".middleBentMm", all / grid.voxels());
        DisplacementField bent = DisplacementField.of(grid, mean[0], mean[1], mean[2]);
        long folded = FoldingCheck.of(bent).folded();
        if (folded > 0) {
            trace.warn(
                    "the mean of the deformations folds at "
                            + folded
                            + " of "
                            + grid.voxels()
                            + " voxels, where the template is the nearest place instead. Look at"
                            + " it, or use transform: affine.");
        }
        return linear.then(bent.inverse());
    }

    private static double length(double[] a, double[] b) {
        double square = 0;
        for (int r = 0; r < 3; r++) {
            square += (a[r] - b[r]) * (a[r] - b[r]);
        }
        return Math.sqrt(square);
    }
}
