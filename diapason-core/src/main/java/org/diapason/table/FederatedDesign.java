package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Term;

/**
 * The design of the pooled rows, without what is the same in all of them: a hospital alone cannot
 * know that a column does not vary elsewhere, or that a level agreed on is in no sum.
 */
final class FederatedDesign {
    private final Design agreed;
    private final List<BatchSums> all;
    private final Moments total;
    private final Design design;
    private final int[] kept;

    /** Warns of columns without effect; {@code sums} are not modified. */
    FederatedDesign(Design agreed, List<BatchSums> sums, Trace trace) {
        this.agreed = agreed;
        all = sums;
        total = new Moments(agreed.size());
        sums.forEach(s -> total.add(s.shared));
        List<Design.Column> columns = new ArrayList<>();
        List<boolean[]> met = new ArrayList<>();
        for (Design.Column c : agreed.columns()) {
            boolean[] varies = c.numeric() ? number(c) : levels(c, columns);
            met.add(varies);
            if (c.numeric()) {
                columns.add(c);
            }
            boolean any = false;
            for (boolean one : varies) {
                any |= one;
            }
            if (!any) {
                trace.warn(
                        "protected column "
                                + c.name()
                                + " is the same in every exam and has no effect.");
            }
        }
        List<Term> terms = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int at = 0;
        for (Term term : agreed.terms()) {
            int before = numbers.size();
            at = keep(term, met, at, numbers);
            if (numbers.size() > before) {
                terms.add(term);
            }
        }
        kept = numbers.stream().mapToInt(Integer::intValue).toArray();
        design = new Design(columns, terms);
    }

    /** Returns the design of what varies. */
    Design design() {
        return design;
    }

    /** Returns the sums of its numbers alone. */
    List<BatchSums> sums() {
        return kept.length == agreed.size() ? all : all.stream().map(this::reduced).toList();
    }

    /** Says whether a number varies. */
    private boolean[] number(Design.Column c) {
        Term own = own(c);
        boolean varies = false;
        for (int k = agreed.start(own); k < agreed.start(own) + agreed.width(own); k++) {
            varies |= total.cross[k * agreed.size() + k] != 0;
        }
        return new boolean[] {varies};
    }

    /** Says which levels but the first are met beside another, and adds the column of those met. */
    private boolean[] levels(Design.Column c, List<Design.Column> columns) {
        int start = agreed.start(own(c));
        long[] rows = new long[c.levels().size()];
        for (BatchSums sums : all) {
            rows[0] += sums.shared.n;
            for (int l = 1; l < rows.length; l++) {
                long own = Math.round(sums.shared.n * sums.shared.mean[start + l - 1]);
                rows[l] += own;
                rows[0] -= own;
            }
        }
        List<String> names = new ArrayList<>();
        boolean[] met = new boolean[rows.length - 1];
        for (int l = 0; l < rows.length; l++) {
            if (rows[l] > 0) {
                if (!names.isEmpty()) {
                    met[l - 1] = true;
                }
                names.add(c.levels().get(l));
            }
        }
        columns.add(new Design.Column(c.name(), names, 0, 0));
        return met;
    }

    /** Returns the term of a column alone. */
    private Term own(Design.Column c) {
        return agreed.terms().stream()
                .filter(t -> t.columns().equals(List.of(c.name())))
                .findFirst()
                .orElseThrow();
    }

    /** Adds the numbers of a term that stay; returns where the next term starts. */
    private int keep(Term term, List<boolean[]> met, int at, List<Integer> numbers) {
        boolean[] first = met(term, 0, met);
        boolean[] second = term.columns().size() == 1 ? new boolean[] {true} : met(term, 1, met);
        int width = agreed.width(term);
        for (int k = 0; k < width; k++) {
            if (term.smooth() ? first[0] : first[k / second.length] && second[k % second.length]) {
                numbers.add(at + k);
            }
        }
        return at + width;
    }

    private boolean[] met(Term term, int which, List<boolean[]> met) {
        return met.get(agreed.columns().indexOf(agreed.column(term.columns().get(which))));
    }

    private BatchSums reduced(BatchSums sums) {
        BatchSums fewer = new BatchSums(sums.features, kept.length);
        fill(fewer.shared, sums.shared);
        sums.own.forEach(
                (f, m) -> {
                    Moments own = new Moments(kept.length);
                    fill(own, m);
                    fewer.own.put(f, own);
                });
        fewer.mean = sums.mean;
        fewer.squares = sums.squares;
        fewer.cross = Arrays.stream(kept).mapToObj(k -> sums.cross[k]).toArray(double[][]::new);
        return fewer;
    }

    private void fill(Moments fewer, Moments all) {
        int p = agreed.size();
        fewer.n = all.n;
        for (int a = 0; a < kept.length; a++) {
            fewer.mean[a] = all.mean[kept[a]];
            for (int b = 0; b < kept.length; b++) {
                fewer.cross[a * kept.length + b] = all.cross[kept[a] * p + kept[b]];
            }
        }
    }
}
