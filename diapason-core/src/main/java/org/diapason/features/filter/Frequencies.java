package org.diapason.features.filter;

/** Which frequencies the samples of a discrete spectrum are taken to stand at. */
public enum Frequencies {
    /** Those they have: 2u/n of the highest, 0 for the mean. */
    EXACT,
    /**
     * Evenly from −1 to 1 inclusive, half a sample beside those they have on axes of even length:
     * what several programs do, and 5 of the 7 that the consensus map 8.a.1 of IBSI 2 averages.
     */
    CENTRED;

    /** Returns the frequency of sample u of n, u from −n/2, in parts of the highest. */
    double at(int u, int n) {
        if (this == EXACT || n == 1) {
            return 2.0 * u / n;
        }
        return (2 * (u + n / 2) - (n - 1)) / (double) (n - 1);
    }
}
