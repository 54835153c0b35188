package org.diapason.poisson;

/**
 * How strongly two neighbouring pixels of a {@link PoissonGrid} are tied, as a factor of the weight
 * of their axis.
 */
@FunctionalInterface
public interface EdgeWeight {
    /** Every edge as the grid has it. */
    EdgeWeight PLAIN = (p, q) -> 1;

    /**
     * Returns the factor of the edge from pixel p to its neighbour q, 0 or above and finite.
     *
     * @param p the neighbour that comes first, as a place in the grid's arrays; so q, the other; at
     *     least one of them is inside the mask
     */
    double between(int p, int q);
}
