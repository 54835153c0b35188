package org.diapason.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * Transforms one after the other, the first one first.
 *
 * @param parts two or more, none of them a chain, no two affine ones side by side
 */
public record Chain(List<Transform> parts) implements Transform {

    public Chain {
        parts = List.copyOf(parts);
        if (parts.size() < 2) {
            throw new IllegalArgumentException(
                    "a chain needs two transforms or more, got " + parts.size());
        }
    }

    /** Returns the map that does one transform after the other, as simple as it can be. */
    static Transform of(Transform first, Transform next) {
        List<Transform> parts = new ArrayList<>();
        add(parts, first);
        add(parts, next);
        return parts.size() == 1 ? parts.get(0) : new Chain(parts);
    }

    private static void add(List<Transform> parts, Transform t) {
        if (t instanceof Chain chain) {
            chain.parts.forEach(p -> add(parts, p));
            return;
        }
        int last = parts.size() - 1;
        if (last >= 0 && t instanceof Affine b && parts.get(last) instanceof Affine a) {
            parts.set(last, a.then(b));
        } else {
            parts.add(t);
        }
    }

    @Override
    public void apply(double[] place) {
        for (Transform part : parts) {
            part.apply(place);
        }
    }

    @Override
    public double[] jacobian(double[] place) {
        double[] at = place.clone();
        double[] all = parts.get(0).jacobian(at);
        for (int n = 1; n < parts.size(); n++) {
            parts.get(n - 1).apply(at);
            all = product(parts.get(n).jacobian(at), all);
        }
        return all;
    }

    private static double[] product(double[] a, double[] b) {
        double[] ab = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                ab[3 * r + c] = a[3 * r] * b[c] + a[3 * r + 1] * b[3 + c] + a[3 * r + 2] * b[6 + c];
            }
        }
        return ab;
    }

    @Override
    public Transform inverse() {
        Transform back = parts.get(parts.size() - 1).inverse();
        for (int n = parts.size() - 2; n >= 0; n--) {
            back = of(back, parts.get(n).inverse());
        }
        return back;
    }
}
