package org.diapason.decision;

import java.util.Map;
import java.util.Optional;

/**
 * What a rule makes of the rows, before it is calibrated.
 *
 * @param score a number that rises with the evidence for the finding; NaN where nothing can be said
 *     of the row (of even votes it is the middle)
 * @param probability of the finding; empty where the rule has none of its own
 * @param answer of the rule itself; empty where the probability decides
 * @param reason why a row is unknown, or refused; null where it is neither
 * @param refused which rows are refused
 * @param masses of belief; empty where the rule has none
 * @param weights of the experts in rows that have all of them
 */
record Combined(
        double[] score,
        Optional<double[]> probability,
        Optional<Answer[]> answer,
        String[] reason,
        boolean[] refused,
        Optional<Mass[]> masses,
        Map<String, Double> weights) {

    /** Nothing said yet of so many rows. */
    static Combined of(int rows) {
        double[] score = new double[rows];
        java.util.Arrays.fill(score, Double.NaN);
        return new Combined(
                score,
                Optional.empty(),
                Optional.empty(),
                new String[rows],
                new boolean[rows],
                Optional.empty(),
                Map.of());
    }

    Combined with(double[] p) {
        return new Combined(score, Optional.of(p), answer, reason, refused, masses, weights);
    }

    Combined with(Answer[] own) {
        return new Combined(score, probability, Optional.of(own), reason, refused, masses, weights);
    }

    Combined with(Mass[] own) {
        return new Combined(score, probability, answer, reason, refused, Optional.of(own), weights);
    }

    Combined with(Map<String, Double> own) {
        return new Combined(score, probability, answer, reason, refused, masses, own);
    }

    /** Refuses a row. */
    void refuse(int row, String why) {
        refused[row] = true;
        reason[row] = why;
    }
}
