package org.diapason.steps.intensity;

import java.util.List;
import java.util.Optional;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** Third round of {@link Ravel}: the effect of every component on every voxel, and its mean. */
record RavelEffects(
        Ravel settings,
        RavelModel.Place place,
        List<String> ids,
        double[][] weights,
        Numbers projection,
        Optional<String> contrast)
        implements Learner<Exam, RavelEffects.Sum> {

    /** Sums over exams, one row a component and one for the mean; made by the first exam. */
    static final class Sum {
        private double[][] rows;
        private int exams;
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public long sumBytes() {
        return 8L * (weights.length + 1) * place.voxels().length;
    }

    @Override
    public void add(Sum sum, Exam exam) {
        int j = ids.indexOf(exam.id());
        float[] all = exam.image(settings.image()).volume().values();
        int[] voxels = place.voxels();
        if (sum.rows == null) {
            sum.rows = new double[weights.length + 1][voxels.length];
        }
        for (int c = 0; c <= weights.length; c++) {
            double weight = c < weights.length ? weights[c][j] : 1.0 / ids.size();
            double[] row = sum.rows[c];
            for (int v = 0; v < row.length; v++) {
                row[v] += weight * all[voxels[v]];
            }
        }
        sum.exams++;
    }

    @Override
    public void merge(Sum into, Sum from) {
        into.exams += from.exams;
        if (into.rows == null) {
            into.rows = from.rows;
        } else if (from.rows != null) {
            for (int c = 0; c < into.rows.length; c++) {
                for (int v = 0; v < into.rows[c].length; v++) {
                    into.rows[c][v] += from.rows[c][v];
                }
            }
        }
    }

    @Override
    public Operation<Exam> learn(Sum sum, Trace trace) {
        if (sum.exams != ids.size()) {
            throw new RefusedException(
                    "ravel saw "
                            + ids.size()
                            + " exams in one round and "
                            + sum.exams
                            + " in the next. Leave out those that could not be read, and run again.");
        }
        int k = weights.length;
        int n = sum.rows[0].length;
        double[] effects = new double[k * n];
        for (int c = 0; c < k; c++) {
            System.arraycopy(sum.rows[c], 0, effects, c * n, n);
        }
        trace.note("voxels", n);
        return new RavelModel(
                settings.image(),
                place,
                projection,
                Numbers.of(effects),
                Numbers.of(sum.rows[k]),
                contrast);
    }
}
