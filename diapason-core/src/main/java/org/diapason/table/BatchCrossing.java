package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diapason.stats.Cholesky;
import org.diapason.volume.Design;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Term;

/** Several batch variables and the combinations of their levels that occur: the cells. */
final class BatchCrossing {
    /** Stands between levels in the name of a cell; no text of a table has it. */
    private static final String BETWEEN = "\u001f";

    final List<String> variables;

    /** Sorted texts per variable. */
    final List<List<String>> levels = new ArrayList<>();

    /** Level {@code [cell][variable]}. */
    final int[][] at;

    BatchCrossing(List<String> variables, List<String> cells) {
        this.variables = List.copyOf(variables);
        List<String[]> parts = cells.stream().map(c -> c.split(BETWEEN, -1)).toList();
        at = new int[cells.size()][variables.size()];
        for (int v = 0; v < variables.size(); v++) {
            SortedSet<String> texts = new TreeSet<>();
            for (String[] part : parts) {
                texts.add(part[v]);
            }
            List<String> sorted = List.copyOf(texts);
            levels.add(sorted);
            for (int c = 0; c < at.length; c++) {
                at[c][v] = sorted.indexOf(parts.get(c)[v]);
            }
        }
    }

    /** Returns the name of the column of cells. */
    static String name(List<String> variables) {
        return String.join(" and ", variables);
    }

    /** Returns the name of a cell. */
    static String cell(List<String> levels) {
        return String.join(BETWEEN, levels);
    }

    /** Returns how many levels each variable has. */
    int[] sizes() {
        return levels.stream().mapToInt(List::size).toArray();
    }

    /** Returns how many 0/1 numbers the variables but the first take. */
    int dummies() {
        return levels.stream().skip(1).mapToInt(l -> l.size() - 1).sum();
    }

    /** Returns the place of the number of a level; −1 for the first of its variable. */
    int dummy(int variable, int level) {
        int start = -1;
        for (int v = 1; v < variable; v++) {
            start += levels.get(v).size() - 1;
        }
        return level == 0 ? -1 : start + level;
    }

    /** Returns the numbers of a cell: every variable but the first. */
    double[] code(int cell) {
        double[] code = new double[dummies()];
        for (int v = 1; v < variables.size(); v++) {
            int place = dummy(v, at[cell][v]);
            if (place >= 0) {
                code[place] = 1;
            }
        }
        return code;
    }

    /** Returns the design with the variables but the first before the protected terms. */
    Design with(Design design) {
        List<Design.Column> columns = new ArrayList<>(design.columns());
        List<Term> terms = new ArrayList<>();
        for (int v = 1; v < variables.size(); v++) {
            columns.add(new Design.Column(variables.get(v), levels.get(v), 0, 0));
            terms.add(new Term(variables.get(v), List.of(variables.get(v)), 0));
        }
        terms.addAll(design.terms());
        return new Design(columns, terms);
    }

    /**
     * Returns how many of the means of a cell's rows are spent on the variables: Σ of their
     * leverages.
     *
     * @param rows rows per cell
     */
    double[] leverages(int[] rows) {
        int[] sizes = sizes();
        int p = Arrays.stream(sizes).sum();
        double[][] codes = new double[at.length][p];
        double[] matrix = new double[p * p];
        double[] scale = new double[p];
        for (int c = 0; c < at.length; c++) {
            int start = 0;
            for (int v = 0; v < sizes.length; v++) {
                codes[c][start + at[c][v]] = 1;
                start += sizes[v];
            }
            for (int a = 0; a < p; a++) {
                scale[a] += rows[c] * codes[c][a];
                for (int b = 0; b < p; b++) {
                    matrix[a * p + b] += rows[c] * codes[c][a] * codes[c][b];
                }
            }
        }
        // One level of every variable after the first is the sum of the others: it takes no part.
        Cholesky factor = Cholesky.of(matrix, scale);
        double[] leverages = new double[at.length];
        for (int c = 0; c < at.length; c++) {
            double[] solved = codes[c].clone();
            for (int a = 0; a < p; a++) {
                solved[a] = factor.dependent(a) ? 0 : solved[a];
            }
            double[] code = solved.clone();
            factor.solve(solved);
            for (int a = 0; a < p; a++) {
                leverages[c] += rows[c] * code[a] * solved[a];
            }
        }
        return leverages;
    }

    /** Refuses variables whose effects cannot be told apart, by name of the levels. */
    void refuse(int[] rows) {
        for (int v = 0; v < variables.size(); v++) {
            for (int w = v + 1; w < variables.size(); w++) {
                refuse(v, w);
            }
        }
        int p = Arrays.stream(sizes()).sum();
        double spent = Arrays.stream(leverages(rows)).sum();
        long rank = Math.round(spent);
        int wanted = p - variables.size() + 1;
        if (rank < wanted) {
            throw new RefusedException(
                    "the effects of "
                            + name(variables)
                            + " cannot be told apart: of their "
                            + wanted
                            + " independent levels these exams determine "
                            + rank
                            + ", since some level of one is a sum of levels of the others. Leave one of"
                            + " them out, or collect exams of other combinations.");
        }
    }

    private void refuse(int v, int w) {
        int groups = (int) Arrays.stream(connected(v, w)).distinct().count();
        if (groups < 2) {
            return;
        }
        String pair = variables.get(v) + " and " + variables.get(w);
        boolean within = nested(v, w);
        boolean around = nested(w, v);
        if (within && around) {
            throw new RefusedException(
                    pair
                            + " say the same ("
                            + shown(v, w)
                            + "), so their effects cannot be told apart. Leave one of them out.");
        }
        if (within || around) {
            String fine = variables.get(within ? w : v);
            String coarse = variables.get(within ? v : w);
            throw new RefusedException(
                    fine
                            + " lies within "
                            + coarse
                            + " ("
                            + (within ? shown(v, w) : shown(w, v))
                            + "), so their effects cannot be told apart. Nested: use only the finer"
                            + " one, "
                            + fine
                            + ".");
        }
        throw new RefusedException(
                "the effects of "
                        + pair
                        + " cannot be told apart: no exam connects "
                        + shown(v, w)
                        + ". Collect exams that do, or use only the finer one.");
    }

    /** Says whether every level of w has exams at one level of v only. */
    private boolean nested(int v, int w) {
        int[] only = new int[levels.get(w).size()];
        Arrays.fill(only, -1);
        for (int[] cell : at) {
            if (only[cell[w]] >= 0 && only[cell[w]] != cell[v]) {
                return false;
            }
            only[cell[w]] = cell[v];
        }
        return true;
    }

    /** Returns the group of each level of v: levels that share one of w, at one remove or more. */
    private int[] connected(int v, int w) {
        int[] group = new int[levels.get(v).size()];
        int[] other = new int[levels.get(w).size()];
        Arrays.setAll(group, i -> i);
        Arrays.fill(other, Integer.MAX_VALUE);
        boolean moving = true;
        while (moving) {
            moving = false;
            for (int[] cell : at) {
                int least = Math.min(group[cell[v]], other[cell[w]]);
                moving |= group[cell[v]] != least || other[cell[w]] != least;
                group[cell[v]] = least;
                other[cell[w]] = least;
            }
        }
        return group;
    }

    /** Returns up to three groups of levels: {@code site A with scanner 1, 2; …}. */
    private String shown(int v, int w) {
        int[] group = connected(v, w);
        List<String> parts = new ArrayList<>();
        int[] distinct = Arrays.stream(group).distinct().toArray();
        for (int g : Arrays.copyOf(distinct, Math.min(3, distinct.length))) {
            SortedSet<String> left = new TreeSet<>();
            SortedSet<String> right = new TreeSet<>();
            for (int[] cell : at) {
                if (group[cell[v]] == g) {
                    left.add(levels.get(v).get(cell[v]));
                    right.add(levels.get(w).get(cell[w]));
                }
            }
            parts.add(
                    variables.get(v)
                            + " "
                            + String.join(", ", left)
                            + " with "
                            + variables.get(w)
                            + " "
                            + String.join(", ", right));
        }
        return String.join("; ", parts) + (distinct.length > 3 ? "; and more" : "");
    }
}
