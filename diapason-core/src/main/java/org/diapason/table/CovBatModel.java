package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What {@link CovBat} learned, for any exam of a known batch: ComBat, then its residuals moved
 * along the components of the fit by what ComBat of their scores says. Nothing is fitted again.
 *
 * <p>A batch that was not in the fit is placed by rows of its own ({@link #place}): centre, scale
 * and directions stay what they are.
 *
 * @param combat the ComBat that comes first
 * @param covariance what follows
 */
public record CovBatModel(ComBatModel combat, Covariance covariance) implements Step<FeatureTable> {

    public CovBatModel {
        int features = combat.columns().size();
        ComBatModel.refuseUneven(features, covariance.centre().size());
        ComBatModel.refuseUneven(features, covariance.scale().size());
        covariance
                .components()
                .forEach(c -> ComBatModel.refuseUneven(features, c.direction().size()));
        ComBatModel.refuseUneven(
                covariance.components().size(), covariance.scores().columns().size());
    }

    /**
     * Components of the residuals, and what batches do to their scores.
     *
     * @param centre mean of the residual per feature
     * @param scale its standard deviation, 0 where a feature takes no part
     * @param components those that are harmonized, the largest first
     * @param scores ComBat of their scores
     */
    public record Covariance(
            Numbers centre, Numbers scale, List<Component> components, ComBatModel scores) {
        public Covariance {
            components = List.copyOf(components);
        }
    }

    /**
     * One direction in the space of standardised features.
     *
     * @param variance of the scores over the fit
     * @param direction of length 1, its largest element positive
     */
    public record Component(double variance, Numbers direction) {}

    /**
     * A batch that was not in the fit.
     *
     * @param batch what it adds and multiplies
     * @param scores what it adds to the scores of components, and multiplies
     */
    public record Placed(ComBatModel.Batch batch, ComBatModel.Batch scores) {}

    @Override
    public Set<String> cohortColumns() {
        return combat.cohortColumns();
    }

    @Override
    public FeatureTable apply(FeatureTable table, Trace trace) {
        FeatureTable after = combat.apply(table, trace);
        if (combat.batches().size() == 1 || covariance.components().isEmpty()) {
            return after;
        }
        double[][] scores = scores(combat, after);
        FeatureTable moved = covariance.scores().apply(scoreTable(table, scores), new Trace());
        int[] places = Columns.places(combat.columns(), table.features());
        double[] scale = covariance.scale().toArray();
        double[][] rotation = rotation();
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = moved(after.row(r), scores[r], moved.row(r), rotation, scale, places);
        }
        return table.withRows(rows);
    }

    /**
     * Returns what a batch does that was not in the fit, from rows of it alone: to the features as
     * {@link ComBatModel#place}, then likewise to the scores of what that leaves.
     *
     * @param rows exams of one batch
     * @throws RefusedException as {@link ComBatModel#place}, or if a feature of the components is
     *     missing
     */
    public Placed place(FeatureTable rows, Trace trace) {
        ComBatModel.Batch batch = combat.place(rows, trace);
        ComBatModel more = combat.with(batch);
        double[][] scores = scores(more, more.apply(rows, new Trace()));
        return new Placed(batch, covariance.scores().place(scoreTable(rows, scores), new Trace()));
    }

    /**
     * Returns the model with one more batch.
     *
     * @throws RefusedException if the batch is known
     */
    public CovBatModel with(Placed placed) {
        return new CovBatModel(
                combat.with(placed.batch()),
                new Covariance(
                        covariance.centre(),
                        covariance.scale(),
                        covariance.components(),
                        covariance.scores().with(placed.scores())));
    }

    /** Returns the settings that fit as many components anew, on other rows. */
    public CovBat settings() {
        int count = covariance.components().size();
        return new CovBat(
                combat.settings(), 1, count == 0 ? OptionalInt.empty() : OptionalInt.of(count));
    }

    /** Returns the scores {@code [row][component]} of rows that ComBat has harmonized. */
    private double[][] scores(ComBatModel by, FeatureTable after) {
        int[] places = Columns.places(combat.columns(), after.features());
        double[] centre = covariance.centre().toArray();
        double[] scale = covariance.scale().toArray();
        for (int f = 0; f < places.length; f++) {
            if (places[f] < 0 && scale[f] > 0) {
                throw new RefusedException(
                        "feature "
                                + combat.columns().get(f)
                                + " is missing, and the components of CovBat need it. Extract with the"
                                + " recipe of the fit.");
            }
        }
        double[][] e = new double[after.size()][];
        for (int r = 0; r < e.length; r++) {
            e[r] = residuals(by, after, r, places);
            for (int f = 0; f < centre.length; f++) {
                boolean counts = scale[f] > 0 && Double.isFinite(e[r][f]);
                e[r][f] = counts ? (e[r][f] - centre[f]) / scale[f] : 0;
            }
        }
        return scores(e, rotation());
    }

    private double[][] rotation() {
        return covariance.components().stream()
                .map(c -> c.direction().toArray())
                .toArray(double[][]::new);
    }

    private static double[] moved(
            double[] row,
            double[] before,
            double[] after,
            double[][] rotation,
            double[] scale,
            int[] places) {
        double[] out = row.clone();
        for (int k = 0; k < rotation.length; k++) {
            double step = after[k] - before[k];
            for (int f = 0; f < scale.length; f++) {
                if (scale[f] > 0) {
                    out[places[f]] += step * rotation[k][f] * scale[f];
                }
            }
        }
        return out;
    }

    /** Returns y* − α − C·β of a row that ComBat has harmonized, in the order of the model. */
    static double[] residuals(ComBatModel combat, FeatureTable after, int row, int[] places) {
        double[] e = combat.expected(after, row);
        double[] y = after.row(row);
        for (int f = 0; f < e.length; f++) {
            e[f] = places[f] < 0 ? Double.NaN : y[places[f]] - e[f];
        }
        return e;
    }

    /** Returns {@code [row][component]}. */
    static double[][] scores(double[][] e, double[][] rotation) {
        double[][] scores = new double[e.length][rotation.length];
        for (int r = 0; r < e.length; r++) {
            for (int k = 0; k < rotation.length; k++) {
                double sum = 0;
                for (int f = 0; f < e[r].length; f++) {
                    sum += e[r][f] * rotation[k][f];
                }
                scores[r][k] = sum;
            }
        }
        return scores;
    }

    /** Returns scores as a table with the rows and covariates of another. */
    static FeatureTable scoreTable(FeatureTable table, double[][] scores) {
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<java.util.SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            exams.add(table.exam(r));
            regions.add(table.region(r));
            covariates.add(table.covariates(r));
        }
        List<String> names = new ArrayList<>();
        int count = scores.length == 0 ? 0 : scores[0].length;
        for (int k = 0; k < count; k++) {
            names.add("component " + (k + 1));
        }
        return FeatureTable.of(names, exams, regions, scores, covariates);
    }
}
