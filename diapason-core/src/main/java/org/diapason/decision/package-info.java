/** Several experts on one finding: likelihood ratios, dependence, votes, belief, rules. */
package org.diapason.decision;
