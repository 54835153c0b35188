package org.diapason.table;

import java.util.ArrayList;
import java.util.List;

/**
 * All that ComBat needs to know of a cohort: counts, means and centred cross-products per batch
 * (Chan, Golub and LeVeque 1983, doi:10.1080/00031305.1983.10483115), merged without loss.
 *
 * <p>The one row core under a fit on tables and a fit on voxels. A cell that is not finite is left
 * out for its feature only. Holds sums alone, no value of a patient once a batch has two rows.
 */
public final class ComBatSums {
    private final int features;
    private final int covariates;
    private final BatchSums[] batches;

    /** Makes an empty sum for {@code batches} batches, numbered from 0. */
    public ComBatSums(int batches, int covariates, int features) {
        this.features = features;
        this.covariates = covariates;
        this.batches = new BatchSums[batches];
    }

    /** Takes sums that were made elsewhere, one per batch. */
    ComBatSums(List<BatchSums> batches, int covariates, int features) {
        this(batches.size(), covariates, features);
        batches.toArray(this.batches);
    }

    /** Says whether sums are all that a fit by these settings needs, and no row is kept for it. */
    public static boolean suffice(ComBat settings) {
        ComBat sums =
                new ComBat(
                        settings.batch(),
                        settings.protect(),
                        settings.features(),
                        settings.method(),
                        settings.meanOnly(),
                        settings.reference(),
                        settings.minScaleExams(),
                        settings.originalStop());
        return settings.equals(sums.by(settings.smoothing()));
    }

    /** Adds one row: its batch, its covariates as numbers, its features. Nothing is modified. */
    public void add(int batch, double[] covariateRow, double[] row) {
        if (covariateRow.length != covariates || row.length != features) {
            throw new IllegalArgumentException(
                    "a row of "
                            + covariateRow.length
                            + " covariates and "
                            + row.length
                            + " features does not fit "
                            + covariates
                            + " and "
                            + features);
        }
        if (batches[batch] == null) {
            batches[batch] = new BatchSums(features, covariates);
        }
        batches[batch].add(covariateRow, row);
    }

    /** Adds the rows of {@code from}, which is not to be used afterwards. */
    public void merge(ComBatSums from) {
        for (int i = 0; i < batches.length; i++) {
            if (batches[i] == null) {
                batches[i] = from.batches[i];
            } else if (from.batches[i] != null) {
                batches[i].add(from.batches[i]);
            }
        }
    }

    int features() {
        return features;
    }

    int covariates() {
        return covariates;
    }

    /** Returns the sums of every batch; a batch without rows has empty ones. */
    List<BatchSums> batches() {
        List<BatchSums> all = new ArrayList<>();
        for (BatchSums b : batches) {
            BatchSums sums = b == null ? new BatchSums(features, covariates) : b;
            sums.complete();
            all.add(sums);
        }
        return all;
    }
}
