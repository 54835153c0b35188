package org.diapason.table;

import java.util.List;
import java.util.stream.IntStream;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * Second round of {@link ComBat} where sums do not do: it keeps the rows, changes their features by
 * what they say, makes the sums of the usual fit, and refines what follows from these.
 *
 * @param fit the usual second round
 * @param scaleDesign how covariates of the spread become numbers; none without
 * @param kinds how each feature is changed before
 */
record HeldFit(ComBatFit fit, Design scaleDesign, List<Transform.Kind> kinds)
        implements Learner<FeatureTable, HeldRows> {
    @Override
    public HeldRows empty() {
        return new HeldRows();
    }

    @Override
    public void add(HeldRows sum, FeatureTable table) {
        int[] place = Columns.places(fit.columns(), table.features());
        for (int r = 0; r < table.size(); r++) {
            double[] values = Columns.pick(table.row(r), place);
            Transforms.refuseOutside(table.exam(r), values, fit.columns(), kinds);
            sum.add(
                    fit.batches().indexOf(fit.settings().batchOf(table, r)),
                    fit.design().encode(table, r),
                    scaleDesign.encode(table, r),
                    values);
        }
    }

    @Override
    public void merge(HeldRows into, HeldRows from) {
        into.add(from);
    }

    @Override
    public ComBatModel learn(HeldRows held, Trace trace) {
        refuseConfounded(held);
        List<Transform> transforms = new TransformFit(fit, held).learn(kinds);
        HeldRows rows = new Transforms(transforms, fit.columns()).forward(held);
        ComBatSums sums = fit.empty();
        for (int r = 0; r < rows.size(); r++) {
            sums.add(rows.batch(r), rows.code(r), rows.values(r));
        }
        Refinement refinement = Refinement.NONE;
        if (fit.settings().locationScale() == ComBat.LocationScale.ROBUST) {
            refinement = new RobustFit(fit, rows);
        } else if (scaleDesign.size() > 0) {
            refinement = new ScaleFit(fit, scaleDesign, rows);
        }
        TransformFit.report(transforms, trace);
        return fit.learn(sums, transforms, refinement, trace);
    }

    /** Refuses a spread that depends on what batches alone decide. */
    private void refuseConfounded(HeldRows held) {
        List<Moments> moments =
                IntStream.range(0, fit.batches().size())
                        .mapToObj(i -> new Moments(scaleDesign.size()))
                        .toList();
        for (int r = 0; r < held.size(); r++) {
            moments.get(held.batch(r)).add(held.scaleCode(r));
        }
        try {
            new Confounding(
                            fit.settings().batch(),
                            fit.batches(),
                            scaleDesign,
                            new Curves(scaleDesign, ComBat.Smoothing.NONE),
                            moments,
                            List.of())
                    .refuse();
        } catch (RefusedException e) {
            throw new RefusedException("protect-scale: " + e.getMessage());
        }
    }
}
