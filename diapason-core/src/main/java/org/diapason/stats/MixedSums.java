package org.diapason.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.diapason.volume.Numbers;

/**
 * The sums of the design of a mixed model, which know neither variances nor a response.
 *
 * <p>The groups of the factor with most random effects, the main one, are eliminated one by one
 * (their columns Z meet no other group); what is left, the effects of other factors and the fixed
 * effects, are the columns C of one dense matrix.
 */
final class MixedSums {
    /** Products of alike groups are kept where they are no more numbers than this. */
    private static final long MOST = 2_000_000;

    /** So many are faster than to form them anew, also where no groups are alike. */
    private static final long CACHED = 50_000;

    final List<GroupFactor> factors;

    /** The factor eliminated group by group, first among the factors. */
    final GroupFactor main;

    /** Random effects of the other factors. */
    final int others;

    final int fixed;

    /** Dense columns: other effects, fixed effects. */
    final int dense;

    /** First parameter of each factor. */
    final int[] parameter;

    /** The set of each group: groups with the same Z'Z share one. */
    final int[] set;

    /** Groups of each set. */
    final List<List<Integer>> members;

    /** Z'Z of each set, {@code q × q}. */
    final double[][] zz;

    /** Products of each set, where groups are much alike or few; else null. */
    final AlikeGroups alike;

    /** The dense columns that a group has, ascending. */
    final int[][] place;

    /** Z'C of each group in its places, {@code q × places}. */
    final double[][] zc;

    /** C'C, lower triangle of {@code dense × dense}. */
    final double[] cc;

    private final double[][] basis;

    /** Dense columns that are not 0 in a row. */
    private final int wide;

    /** First dense column of each factor but the main one. */
    private final int[] offset;

    MixedSums(List<GroupFactor> ordered, double[][] basis) {
        factors = ordered;
        main = ordered.get(0);
        this.basis = basis;
        fixed = basis.length;
        parameter = new int[ordered.size() + 1];
        offset = new int[ordered.size() + 1];
        for (int f = 0; f < ordered.size(); f++) {
            GroupFactor factor = ordered.get(f);
            offset[f + 1] = offset[f] + (f == 0 ? 0 : factor.groups * factor.width);
            parameter[f + 1] = parameter[f] + factor.parameters();
        }
        others = offset[ordered.size()];
        wide = ordered.stream().skip(1).mapToInt(f -> f.width).sum() + fixed;
        dense = others + fixed;
        cc = new double[dense * dense];
        place = new int[main.groups][];
        zc = new double[main.groups][];
        double[][] own = new double[main.groups][];
        List<List<Integer>> rows = rows();
        for (int g = 0; g < main.groups; g++) {
            own[g] = sum(g, rows.get(g));
        }
        set = new int[main.groups];
        members = new ArrayList<>();
        Map<Numbers, Integer> sets = new LinkedHashMap<>();
        for (int g = 0; g < main.groups; g++) {
            set[g] = sets.computeIfAbsent(Numbers.of(own[g]), k -> sets.size());
            if (set[g] == members.size()) {
                members.add(new ArrayList<>());
            }
            members.get(set[g]).add(g);
        }
        zz = members.stream().map(m -> own[m.get(0)]).toArray(double[][]::new);
        long q = main.width;
        long size = zz.length * q * (q + 1) / 2 * dense * (dense + 1L) / 2;
        boolean collapse = 3 * q * zz.length <= main.groups;
        alike = size <= (collapse ? MOST : CACHED) ? new AlikeGroups(this) : null;
    }

    private List<List<Integer>> rows() {
        List<List<Integer>> rows = new ArrayList<>();
        for (int g = 0; g < main.groups; g++) {
            rows.add(new ArrayList<>());
        }
        for (int r = 0; r < main.group.length; r++) {
            rows.get(main.group[r]).add(r);
        }
        return rows;
    }

    /** Returns Z'Z of a group after adding its rows to all other sums. */
    private double[] sum(int g, List<Integer> rows) {
        int q = main.width;
        double[] own = new double[q * q];
        place[g] =
                rows.stream()
                        .flatMapToInt(r -> Arrays.stream(columns(r)))
                        .sorted()
                        .distinct()
                        .toArray();
        int n = place[g].length;
        zc[g] = new double[q * n];
        for (int r : rows) {
            int[] at = columns(r);
            double[] row = values(r);
            for (int a = 0; a < q; a++) {
                double z = main.columns[a][r];
                for (int b = 0; b < q; b++) {
                    own[a * q + b] += z * main.columns[b][r];
                }
                for (int c = 0; c < at.length; c++) {
                    zc[g][a * n + Arrays.binarySearch(place[g], at[c])] += z * row[c];
                }
            }
            for (int c = 0; c < at.length; c++) {
                for (int d = 0; d <= c; d++) {
                    cc[at[c] * dense + at[d]] += row[c] * row[d];
                }
            }
        }
        return own;
    }

    /** The dense columns that are not 0 in a row, ascending. */
    private int[] columns(int r) {
        int[] at = new int[wide];
        int n = 0;
        for (int f = 1; f < factors.size(); f++) {
            GroupFactor factor = factors.get(f);
            for (int k = 0; k < factor.width; k++) {
                at[n++] = offset[f] + factor.group[r] * factor.width + k;
            }
        }
        for (int k = 0; k < fixed; k++) {
            at[n++] = others + k;
        }
        return at;
    }

    /** What stands in {@link #columns(int)}. */
    private double[] values(int r) {
        double[] row = new double[wide];
        int n = 0;
        for (int f = 1; f < factors.size(); f++) {
            for (double[] column : factors.get(f).columns) {
                row[n++] = column[r];
            }
        }
        for (double[] column : basis) {
            row[n++] = column[r];
        }
        return row;
    }

    /** Returns C'y. */
    double[] products(double[] y) {
        double[] products = new double[dense];
        for (int f = 1; f < factors.size(); f++) {
            GroupFactor factor = factors.get(f);
            for (int k = 0; k < factor.width; k++) {
                for (int r = 0; r < y.length; r++) {
                    products[offset[f] + factor.group[r] * factor.width + k] +=
                            factor.columns[k][r] * y[r];
                }
            }
        }
        for (int k = 0; k < fixed; k++) {
            for (int r = 0; r < y.length; r++) {
                products[others + k] += basis[k][r] * y[r];
            }
        }
        return products;
    }

    /** Writes Z'C of a group over all dense columns, {@code [a][column]}. */
    void spread(int g, double[][] into) {
        for (int a = 0; a < into.length; a++) {
            Arrays.fill(into[a], 0);
            for (int c = 0; c < place[g].length; c++) {
                into[a][place[g][c]] = zc[g][a * place[g].length + c];
            }
        }
    }

    /** First dense column of a factor that is not the main one. */
    int offset(int factor) {
        return offset[factor];
    }

    /** Returns the places of the diagonals of all Λ among the parameters. */
    int[] diagonal() {
        return IntStream.range(0, factors.size())
                .flatMap(f -> Arrays.stream(factors.get(f).diagonal(parameter[f])))
                .toArray();
    }
}
