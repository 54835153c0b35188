package org.diapason.app.report;

import java.util.ArrayList;
import java.util.List;

/** A straight axis from numbers to the picture, with round ticks. */
record Scale(double low, double high, double from, double to) {

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    double clamped(double value) {
        return at(Math.max(low, Math.min(high, value)));
    }

    /** Returns a scale a little wider than the numbers. */
    static Scale around(double least, double most, double from, double to) {
        double range = most - least;
        double room = range > 0 ? 0.06 * range : Math.max(0.5, 0.05 * Math.abs(most));
        return new Scale(least - room, most + room, from, to);
    }

    /** Returns about {@code many} round numbers on the axis. */
    List<Double> ticks(int many) {
        double step = step(many);
        List<Double> ticks = new ArrayList<>();
        for (long n = (long) Math.ceil(low / step - 1e-9); n * step <= high + 1e-9 * step; n++) {
            ticks.add(n * step);
        }
        return ticks;
    }

    /** Returns the text of a tick with as many decimals as the step needs. */
    String text(double tick, int many) {
        double step = step(many);
        int decimals = 0;
        while (decimals < 9 && Math.abs(step - Math.rint(step)) > 1e-6 * step) {
            step *= 10;
            decimals++;
        }
        return Words.number(tick, decimals);
    }

    private double step(int many) {
        double rough = (high - low) / many;
        double power = 1;
        while (power > rough) {
            power /= 10;
        }
        while (power * 10 <= rough) {
            power *= 10;
        }
        double f = rough / power;
        return power * (f < 1.5 ? 1 : f < 3.5 ? 2 : f < 7.5 ? 5 : 10);
    }
}
