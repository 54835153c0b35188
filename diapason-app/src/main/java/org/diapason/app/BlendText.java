package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.compositing.Blended;
import org.diapason.compositing.Rounded;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * What became of a blend, in words and as fields.
 *
 * @param rounded what a format of whole numbers did to it; empty for other formats
 * @param seconds it took, reading and writing left out
 * @param written name of the file
 */
record BlendText(
        BlendOptions options,
        Blended blended,
        Optional<Rounded> rounded,
        double seconds,
        String written) {
    /** Returns the lines for people. */
    String words(String names) {
        StringBuilder all = new StringBuilder();
        all.append(
                Columns.line(
                        "blended",
                        names
                                + " by "
                                + options.gradients
                                + ", "
                                + blended.unknowns()
                                + (blended.unknowns() == 1 ? " pixel × " : " pixels × ")
                                + blended.channels()
                                + (blended.channels() == 1 ? " channel" : " channels")));
        all.append(
                Columns.line(
                        "solved",
                        options.solver
                                + ", "
                                + blended.iterations()
                                + (blended.iterations() == 1 ? " iteration" : " iterations")
                                + ", relative residual "
                                + Numbers.power(blended.relativeResidual(), 1)
                                + ", "
                                + Numbers.fixed(seconds, 2)
                                + " s"));
        all.append(
                Columns.line(
                        "error",
                        "at most "
                                + small(blended.maxErrorBound())
                                + " in every pixel, allowed "
                                + small(blended.tolerance())));
        all.append(Columns.line("values", meaning()));
        List<Blended.Drift> drifts = blended.drifts();
        for (int c = 0; c < drifts.size(); c++) {
            all.append(
                    Columns.line(
                            "drift",
                            (drifts.size() > 1 ? "channel " + (c + 1) + ": " : "")
                                    + "mean in the mask "
                                    + (drifts.get(c).meanShift() < 0 ? "− " : "+ ")
                                    + small(Math.abs(drifts.get(c).meanShift()))
                                    + ", largest change "
                                    + small(drifts.get(c).largestChange())));
        }
        rounded.ifPresent(r -> all.append(Columns.line("rounded", words(r))));
        return all + Columns.line("written", written);
    }

    private static String words(Rounded r) {
        return r.changed()
                + (r.changed() == 1 ? " value" : " values")
                + " to whole numbers, "
                + r.clipped()
                + " of them clipped to 0 … "
                + r.white();
    }

    private String meaning() {
        return blended.volume().quantity() == Quantity.FUSED
                ? "fused, not quantitative (made up from differences in the mask)"
                : blended.volume().quantity().label();
    }

    private static String small(double value) {
        return value == 0 || value >= 0.01 && value < 1e6
                ? Numbers.fixed(value, value >= 100 ? 1 : 4)
                : Numbers.power(value, 1);
    }

    /** Returns what {@code --json} writes. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("gradients", options.gradients);
        fields.put("solver", options.solver);
        fields.put("unknowns", blended.unknowns());
        fields.put("channels", blended.channels());
        fields.put("iterations", blended.iterations());
        fields.put("relativeResidual", blended.relativeResidual());
        fields.put("residuals", list(blended.residuals()));
        fields.put("maxErrorBound", blended.maxErrorBound());
        fields.put("tolerance", blended.tolerance());
        fields.put("seconds", seconds);
        fields.put("quantity", blended.volume().quantity().label());
        fields.put("quantitative", false);
        List<Map<String, Object>> drifts = new ArrayList<>();
        for (Blended.Drift d : blended.drifts()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("meanShift", d.meanShift());
            one.put("largestChange", d.largestChange());
            drifts.add(one);
        }
        fields.put("drift", drifts);
        fields.put("rounded", rounded.map(BlendText::fields).orElse(null));
        fields.put("warnings", blended.notes());
        fields.put("file", written);
        return fields;
    }

    private static Map<String, Object> fields(Rounded r) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("white", r.white());
        fields.put("changed", r.changed());
        fields.put("clipped", r.clipped());
        return fields;
    }

    private static List<Double> list(Numbers numbers) {
        List<Double> all = new ArrayList<>();
        for (int n = 0; n < numbers.size(); n++) {
            all.add(numbers.get(n));
        }
        return all;
    }
}
