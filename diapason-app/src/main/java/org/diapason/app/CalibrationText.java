package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.gate.NetBenefit;
import org.diapason.stats.Calibration;
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;

/** Calibration and net benefit as {@code calibrate} prints and writes them. */
final class CalibrationText {
    private CalibrationText() {}

    static Map<String, Object> fields(Calibration c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("n", c.n());
        fields.put("events", c.events());
        fields.put("clipped", c.clipped());
        Shown.put(fields, "brier", c.brier());
        fields.put("scaledBrier", c.scaledBrier());
        fields.put("logLoss", c.logLoss());
        Shown.put(fields, "auc", auc(c));
        Shown.put(fields, "slope", c.slope());
        Shown.put(fields, "intercept", c.intercept());
        Shown.put(fields, "calibrationInTheLarge", c.inTheLarge());
        fields.put("observedOverExpected", c.observedOverExpected());
        Shown.put(fields, "ece", c.ece());
        Shown.put(fields, "ici", c.ici());
        fields.put("e90", c.e90());
        fields.put("eMax", c.eMax());
        fields.put("hosmerLemeshow", c.hosmerLemeshow());
        fields.put("hosmerLemeshowP", c.hosmerLemeshowP());
        return fields;
    }

    private static Estimate auc(Calibration c) {
        return new Estimate(c.auc().auc(), c.auc().low(), c.auc().high());
    }

    static List<String> lines(Calibration c) {
        List<String> text = new ArrayList<>();
        if (c.clipped() > 0) {
            text.add(
                    c.clipped()
                            + " probabilities are 0 or 1; moved by 1e-12 where a logit is needed");
        }
        text.add(
                Double.isNaN(c.slope().value())
                        ? "slope and intercept: none, outcomes are separated or p is one number"
                        : "slope "
                                + Shown.text(c.slope())
                                + ", intercept "
                                + Shown.text(c.intercept()));
        text.add("calibration in the large " + Shown.text(c.inTheLarge()));
        text.add(
                "Brier score "
                        + Shown.text(c.brier())
                        + ", scaled "
                        + Numbers.fixed(c.scaledBrier(), 3));
        text.add("ECE " + Shown.text(c.ece()) + ", ICI " + Shown.text(c.ici()));
        text.add("AUC " + Shown.text(auc(c)));
        text.add(
                Double.isNaN(c.hosmerLemeshow())
                        ? "Hosmer-Lemeshow: none below 20 rows"
                        : "Hosmer-Lemeshow "
                                + Numbers.fixed(c.hosmerLemeshow(), 2)
                                + ", "
                                + Shown.p(c.hosmerLemeshowP())
                                + " (shown, not judged)");
        return text;
    }

    /** Returns the line of a subgroup. */
    static String line(Object group, Calibration c) {
        return group
                + ": slope "
                + Shown.text(c.slope())
                + ", in the large "
                + Shown.text(c.inTheLarge())
                + ", AUC "
                + Shown.text(auc(c));
    }

    /** Says whether slope 1 and calibration in the large 0 lie in their intervals. */
    static boolean calibrated(Calibration c) {
        return !(c.slope().low() > 1 || c.slope().high() < 1)
                && !(c.inTheLarge().low() > 0 || c.inTheLarge().high() < 0);
    }

    static Map<String, Object> fields(NetBenefit n) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("threshold", n.threshold());
        Shown.put(own, "model", n.model());
        Shown.put(own, "all", n.all());
        Shown.put(own, "gain", n.gain());
        own.put("avoidedOf100", n.avoidedOf100());
        return own;
    }

    static String line(NetBenefit n) {
        return "net benefit at "
                + Numbers.fixed(n.threshold(), 3)
                + ": "
                + Shown.text(n.model())
                + ", acting on all "
                + Numbers.fixed(n.all().value(), 3)
                + "; gain "
                + Shown.text(n.gain());
    }
}
