package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * What subjects add to the rows of a table: of subjects of the fit as it was found, of others
 * predicted from their rows by the variances of the fit.
 */
final class SubjectEffects {
    private final LongComBatModel model;
    private final FeatureTable table;
    private final int[] places;
    private final double[] time;

    /** Rows of every subject that was not in the fit. */
    private final SortedMap<String, List<Integer>> fresh = new TreeMap<>();

    /** Z·u, {@code [row][feature]}. */
    final double[][] sum;

    /** Finite rows per feature. */
    final int[] count;

    SubjectEffects(LongComBatModel model, FeatureTable table) {
        this.model = model;
        this.table = table;
        places = Columns.places(model.columns(), table.features());
        count = new int[places.length];
        sum = new double[table.size()][places.length];
        time = new double[table.size()];
        Map<String, LongComBatModel.Subject> known = new HashMap<>();
        model.subjects().forEach(s -> known.put(s.name(), s));
        for (int r = 0; r < sum.length; r++) {
            String name = RepeatedRows.subjectOf(table, r, model.settings().subject());
            int row = r;
            model.settings()
                    .randomSlope()
                    .ifPresent(slope -> time[row] = RepeatedRows.time(table, row, slope));
            LongComBatModel.Subject subject = known.get(name);
            if (subject == null) {
                fresh.computeIfAbsent(name, n -> new ArrayList<>()).add(r);
            }
            for (int f = 0; f < places.length; f++) {
                count[f] += Double.isFinite(value(r, f)) ? 1 : 0;
                if (subject != null) {
                    sum[r][f] = subject.intercept().get(f);
                    sum[r][f] += time[r] == 0 ? 0 : time[r] * subject.slope().get(f);
                }
            }
        }
    }

    private double value(int row, int f) {
        return places[f] < 0 ? Double.NaN : table.row(row)[places[f]];
    }

    /** Returns Z·u where all batches are of the model; a row of another counts for nothing. */
    double[][] known(Trace trace) {
        Map<String, double[]> shift = new HashMap<>();
        model.shifts().forEach(s -> shift.put(s.name(), s.values().toArray()));
        int rows = 0;
        for (List<Integer> own : fresh.values()) {
            List<double[]> rest = new ArrayList<>();
            for (int r : own) {
                double[] gamma = shift.get(table.covariate(r, model.settings().batch()));
                rest.add(gamma == null ? empty() : rest(r, gamma));
            }
            for (int f = 0; f < places.length; f++) {
                predict(own, f, sums(own, rest, f), 0);
            }
            rows += own.size();
        }
        if (!fresh.isEmpty()) {
            trace.note("newSubjects", fresh.size());
            trace.warn(
                    fresh.size()
                            + (fresh.size() == 1 ? " subject" : " subjects")
                            + " of "
                            + rows
                            + (rows == 1 ? " exam" : " exams")
                            + (fresh.size() == 1 ? " was" : " were")
                            + " not in the fit: what is their own is predicted from these exams, the"
                            + " fewer they are the closer to the average subject.");
        }
        return sum;
    }

    /** Returns γ of the batch that the rows are of, and what subjects add to its variance / σ². */
    double[][] withNewBatch() {
        double[][] found = new double[2][places.length];
        List<double[]> rest = new ArrayList<>();
        boolean[] known = new boolean[table.size()];
        for (int r = 0; r < known.length; r++) {
            rest.add(rest(r, sum[r]));
            known[r] = !fresh.containsKey(table.covariate(r, model.settings().subject()));
        }
        List<List<Integer>> owners = List.copyOf(fresh.values());
        for (int f = 0; f < places.length; f++) {
            Sums[] all = new Sums[owners.size()];
            double weight = 0;
            double weighted = 0;
            for (int k = 0; k < all.length; k++) {
                all[k] = sums(owners.get(k), owners.get(k).stream().map(rest::get).toList(), f);
                weight += all[k].weight();
                weighted += all[k].weighted();
            }
            double variance = model.variances().get(0).values().get(f);
            for (int r = 0; r < known.length; r++) {
                if (known[r] && !Double.isNaN(rest.get(r)[f])) {
                    weight += 1 / variance;
                    weighted += rest.get(r)[f] / variance;
                }
            }
            double sigma = model.combat().sigma().get(f);
            found[0][f] = weighted / weight;
            found[1][f] = Math.max(0, 1 / weight - variance / count[f]) / (sigma * sigma);
            for (int k = 0; k < all.length; k++) {
                predict(owners.get(k), f, all[k], found[0][f]);
            }
        }
        return found;
    }

    void refuseOneNewSubject() {
        if (fresh.size() == 1 && fresh.values().iterator().next().size() == table.size()) {
            String batch = model.settings().batch();
            throw new RefusedException(
                    batch
                            + " \""
                            + table.covariate(0, batch)
                            + "\" has exams of one subject only, who was not in the fit: what is the"
                            + " subject's and what the batch's cannot be told apart. Add exams of"
                            + " other subjects.");
        }
    }

    private double[] empty() {
        double[] none = new double[places.length];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** Returns y − α − C·β − what is given, NaN where there is none. */
    private double[] rest(int row, double[] less) {
        double[] rest = model.combat().expected(table, row);
        for (int f = 0; f < rest.length; f++) {
            double y = value(row, f);
            boolean fitted = model.combat().sigma().get(f) > 0 && Double.isFinite(y);
            rest[f] = fitted ? y - rest[f] - less[f] : Double.NaN;
        }
        return rest;
    }

    private Sums sums(List<Integer> own, List<double[]> rest, int f) {
        Sums sums = new Sums(f);
        for (int k = 0; k < own.size(); k++) {
            if (!Double.isNaN(rest.get(k)[f])) {
                sums.add(time[own.get(k)], rest.get(k)[f]);
            }
        }
        return sums;
    }

    private void predict(List<Integer> own, int f, Sums sums, double less) {
        double[] u = sums.effects(less);
        for (int r : own) {
            sum[r][f] = u[0] + time[r] * u[1];
        }
    }

    /** Z'Z and Z'r of one subject and feature, Z of ones and times (0 without slopes). */
    private final class Sums {
        private final double d0;
        private final double d01;
        private final double d1;
        private final double variance;
        private double n;
        private double t;
        private double tt;
        private double r;
        private double tr;

        Sums(int f) {
            boolean sloped = model.variances().size() > 2;
            variance = model.variances().get(0).values().get(f);
            d0 = model.variances().get(1).values().get(f);
            d01 = sloped ? model.variances().get(2).values().get(f) : 0;
            d1 = sloped ? model.variances().get(3).values().get(f) : 0;
        }

        void add(double at, double rest) {
            n++;
            t += at;
            tt += at * at;
            r += rest;
            tr += at * rest;
        }

        /** Returns D·(σ² + Z'Z·D)⁻¹·(a, b). */
        private double[] solve(double a, double b) {
            double m00 = variance + n * d0 + t * d01;
            double m01 = n * d01 + t * d1;
            double m10 = t * d0 + tt * d01;
            double m11 = variance + t * d01 + tt * d1;
            double determinant = m00 * m11 - m01 * m10;
            double x = (m11 * a - m01 * b) / determinant;
            double y = (m00 * b - m10 * a) / determinant;
            return new double[] {d0 * x + d01 * y, d01 * x + d1 * y};
        }

        /** Returns intercept and slope where each r is less by a number. */
        double[] effects(double less) {
            return n == 0 ? new double[2] : solve(r - less * n, tr - less * t);
        }

        /** Returns 1'V⁻¹1. */
        double weight() {
            double[] u = solve(n, t);
            return (n - n * u[0] - t * u[1]) / variance;
        }

        /** Returns 1'V⁻¹r. */
        double weighted() {
            double[] u = solve(r, tr);
            return (r - n * u[0] - t * u[1]) / variance;
        }
    }
}
