package org.diapason.reconstruction;

/**
 * When an algorithm is done: not when it has run for long, but when an iteration changes next to
 * nothing.
 *
 * @param relativeChange converged once {@code ‖u − u_before‖ ≤ relativeChange · ‖u‖} over one
 *     iteration, with subsets over one pass through all of them; above 0 and below 1
 * @param most iterations or passes after which it gives up, not converged
 */
public record Stopping(double relativeChange, int most) {
    public Stopping {
        if (!(relativeChange > 0 && relativeChange < 1)) {
            throw new IllegalArgumentException(
                    "relativeChange must be above 0 and below 1, got " + relativeChange);
        }
        if (most < 1) {
            throw new IllegalArgumentException("most must be 1 or more, got " + most);
        }
    }
}
