package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;

/** The sums of a batch as they travel, and back. */
final class FederatedBatch {
    private FederatedBatch() {}

    static FederatedSums.Batch of(
            String name, int dropped, BatchSums sums, Ranges ranges, Design design) {
        sums.complete();
        int columns = design.columns().size();
        double[] low = new double[columns];
        double[] high = new double[columns];
        for (int c = 0; c < columns; c++) {
            Design.Column column = design.columns().get(c);
            double step = FederatedLevels.step(column.high() - column.low());
            low[c] = column.numeric() ? FederatedLevels.down(ranges.low[c], step) : Double.NaN;
            high[c] = column.numeric() ? FederatedLevels.up(ranges.high[c], step) : Double.NaN;
        }
        List<FederatedSums.Gap> gaps = new ArrayList<>();
        sums.own.forEach(
                (f, m) ->
                        gaps.add(
                                new FederatedSums.Gap(
                                        f, m.n, Numbers.of(m.mean), Numbers.of(m.cross))));
        return new FederatedSums.Batch(
                name,
                sums.shared.n,
                dropped,
                Numbers.of(low),
                Numbers.of(high),
                Numbers.of(sums.shared.mean),
                Numbers.of(sums.shared.cross),
                Numbers.of(sums.mean),
                Numbers.of(sums.squares),
                Arrays.stream(sums.cross).map(Numbers::of).toList(),
                gaps);
    }

    static BatchSums sums(FederatedSums.Batch batch) {
        BatchSums sums = new BatchSums(batch.mean().size(), batch.covariates().size());
        fill(sums.shared, batch.rows(), batch.covariates(), batch.products());
        for (FederatedSums.Gap gap : batch.gaps()) {
            Moments own = new Moments(batch.covariates().size());
            fill(own, gap.rows(), gap.covariates(), gap.products());
            sums.own.put(gap.feature(), own);
        }
        sums.mean = batch.mean().toArray();
        sums.squares = batch.squares().toArray();
        sums.cross = batch.cross().stream().map(Numbers::toArray).toArray(double[][]::new);
        return sums;
    }

    private static void fill(Moments moments, int n, Numbers mean, Numbers cross) {
        moments.n = n;
        System.arraycopy(mean.toArray(), 0, moments.mean, 0, mean.size());
        System.arraycopy(cross.toArray(), 0, moments.cross, 0, cross.size());
    }

    static Ranges ranges(FederatedSums.Batch batch, Design design) {
        Ranges ranges = new Ranges(design.columns().stream().map(Design.Column::name).toList());
        ranges.n = batch.rows();
        System.arraycopy(batch.low().toArray(), 0, ranges.low, 0, ranges.low.length);
        System.arraycopy(batch.high().toArray(), 0, ranges.high, 0, ranges.high.length);
        return ranges;
    }
}
