package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code Pᵀ A P} along an axis across rows: sums of whole rows, made when they are read. */
final class StencilFolding implements Stencil {
    private final Stencil fine;
    private final RowGrid coarse;
    private final int axis;
    private final List<List<Term>> terms = new ArrayList<>();

    StencilFolding(Stencil fine, int axis) {
        this.fine = fine;
        this.axis = axis;
        coarse = fine.grid().halved(axis);
        for (int code = 0; code < CODES; code++) {
            terms.add(terms(code, axis));
        }
    }

    /**
     * What a fine coefficient adds to a coarse one.
     *
     * @param shift where it lies from the fine point that is the coarse one, −1, 0 or 1
     */
    private record Term(float weight, int from, int shift) {}

    /** Coarse points lie at fine 2I; the fine ones around both ends of a coupling add to it. */
    private static List<Term> terms(int code, int axis) {
        int[] offset = {code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1};
        int coarse = offset[axis];
        List<Term> terms = new ArrayList<>();
        for (int s = -1; s <= 1; s++) {
            for (int t = -1; t <= 1; t++) {
                offset[axis] = 2 * coarse + t - s;
                if (Math.abs(offset[axis]) <= 1) {
                    float weight = (s == 0 ? 1 : 0.5f) * (t == 0 ? 1 : 0.5f);
                    terms.add(new Term(weight, Stencil.code(offset[0], offset[1], offset[2]), s));
                }
            }
        }
        return terms;
    }

    @Override
    public RowGrid grid() {
        return coarse;
    }

    @Override
    public Reader reader() {
        Reader reader = fine.reader();
        float[] one = new float[coarse.width];
        return (code, half, room) -> {
            boolean any = false;
            for (Term term : terms.get(code)) {
                int row = fineRow(half / 2, term.shift);
                int from = 2 * row + (half & 1);
                float[] add = row == fine.grid().rows ? null : reader.half(term.from, from, one);
                if (add != null) {
                    if (!any) {
                        Arrays.fill(room, 0);
                    }
                    any = true;
                    RowMath.add(term.weight, add, room, 1, coarse.width - 1);
                }
            }
            return any ? room : null;
        };
    }

    private int fineRow(int row, int shift) {
        int j = row % coarse.nj;
        int k = row / coarse.nj;
        return axis == 1 ? fine.grid().row(2 * j + shift, k) : fine.grid().row(j, 2 * k + shift);
    }
}
