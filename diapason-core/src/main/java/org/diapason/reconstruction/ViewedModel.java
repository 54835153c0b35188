package org.diapason.reconstruction;

/**
 * A forward model whose measurements come view after view, all of one length, so that algorithms
 * may work on some of the views alone. Measurements are counts or linear in counts: no entry of A
 * is negative.
 */
public interface ViewedModel extends ForwardModel {
    /** Returns how many views there are; {@link #measurements()} is a multiple of it. */
    int views();

    /** Returns the model of the views {@code first, first + step, first + 2 step …} alone. */
    ViewedModel every(int first, int step);
}
