package org.diapason.poisson;

import org.diapason.math.Rng;

/** The masks that every solver must bear; n × n pixels. */
enum Masks {
    SQUARE,
    CIRCLE,
    STAR,
    SWISS_CHEESE,
    HOLES,
    BORDER,
    TWO_PARTS,
    LINE,
    DIAGONAL,
    PIXEL;

    boolean[] of(int n) {
        boolean[] inside = new boolean[n * n];
        Rng rng = new Rng(5);
        for (int p = 0; p < inside.length; p++) {
            int i = p % n;
            int j = p / n;
            boolean within = i > 0 && j > 0 && i < n - 1 && j < n - 1;
            double x = 2.0 * i / (n - 1) - 1;
            double y = 2.0 * j / (n - 1) - 1;
            double radius = Math.sqrt(x * x + y * y);
            inside[p] =
                    switch (this) {
                        case SQUARE -> within;
                        case CIRCLE -> radius < 0.95;
                        case STAR ->
                                radius < 0.65 + 0.3 * StrictMath.cos(9 * StrictMath.atan2(y, x));
                        case SWISS_CHEESE -> within && !hole(i, j, n);
                        case HOLES -> within && rng.nextDouble() >= 0.02;
                        case BORDER -> x + 0.5 * y < 0.6;
                        case TWO_PARTS ->
                                within && (Math.abs(x) > 0.1 && radius < 0.9 || Math.abs(y) > 0.97);
                        case LINE -> within && j == n / 2;
                        case DIAGONAL -> within && i == j;
                        case PIXEL -> i == n / 3 && j == n / 2;
                    };
        }
        return inside;
    }

    /** Sixteen by sixteen round holes. */
    private static boolean hole(int i, int j, int n) {
        double pitch = n / 16.0;
        double x = i / pitch - Math.floor(i / pitch) - 0.5;
        double y = j / pitch - Math.floor(j / pitch) - 0.5;
        return x * x + y * y < 0.09;
    }
}
