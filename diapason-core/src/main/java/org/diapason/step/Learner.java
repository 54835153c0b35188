package org.diapason.step;

/**
 * Learns a step from a whole cohort by sums that can be merged.
 *
 * <p>{@code merge} must be associative up to rounding; a run folds fixed blocks in a fixed order,
 * so the same cohort gives the same bits on any number of threads.
 *
 * @param <T> what it looks at: an exam or a feature table
 * @param <S> the sum
 */
public non-sealed interface Learner<T, S> extends Operation<T> {

    S empty();

    /** Returns about how many bytes a sum takes where it is large; bounds how many are held. */
    default long sumBytes() {
        return 0;
    }

    /** Adds one item into the sum, in place. */
    void add(S sum, T item);

    /** Adds {@code from} into {@code into}, in place; {@code from} is not used afterwards. */
    void merge(S into, S from);

    /** Returns a step when the sum says enough, else the learner of the next round. */
    Operation<T> learn(S sum, Trace trace);
}
