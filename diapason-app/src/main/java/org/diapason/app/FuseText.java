package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.fusion.BiasMap;
import org.diapason.fusion.Fused;
import org.diapason.volume.Numbers;

/**
 * What became of fused images, in words and as fields.
 *
 * @param rule its name
 * @param drift in the mask; empty without one
 * @param bias what a misregistration does; empty where none was asked for
 * @param written names of the files
 */
record FuseText(
        String rule,
        Fused fused,
        List<Fused.Drift> drift,
        Optional<BiasMap> bias,
        List<String> written) {
    /** Returns the lines for people. */
    String words(Optional<String> mask) {
        StringBuilder all = new StringBuilder();
        Amounts amounts = new Amounts(fused.volume().quantity());
        all.append(Columns.line("fused", String.join(", ", fused.names()) + " by " + rule));
        all.append(Columns.line("values", fused.meaning()));
        for (Fused.Drift d : drift) {
            all.append(
                    Columns.line(
                            "drift",
                            "against "
                                    + d.name()
                                    + mask.map(m -> " in " + m).orElse("")
                                    + ": mean "
                                    + amounts.change(d.mean(), d.meanDrift())
                                    + ", largest "
                                    + amounts.change(d.largest(), d.largestDrift())));
        }
        bias.ifPresent(
                map -> {
                    BiasMap.Figures f = map.figures();
                    all.append(
                            Columns.line(
                                    "bias",
                                    "mean size "
                                            + amounts.of(f.meanSize())
                                            + ", at most "
                                            + amounts.of(f.largest())
                                            + "; SD root mean square "
                                            + amounts.of(f.rmsSd())));
                    all.append(
                            Columns.line(
                                    "edge risk",
                                    Numbers.fixed(100 * f.riskShare(), 2)
                                            + " % of "
                                            + f.voxels()
                                            + " voxels: bias or SD above the noise of "
                                            + amounts.of(f.noiseSd())
                                            + (f.noiseEstimated() ? " (estimated)" : "")));
                });
        return all + Columns.line("written", String.join(", ", written));
    }

    /** Returns what {@code --json} writes. */
    Map<String, Object> fields(OptionalDouble shiftMm, int moving) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule);
        fields.put("inputs", fused.names());
        fields.put("quantity", fused.volume().quantity().label());
        fields.put("quantitative", fused.notQuantitative().isEmpty());
        fields.put("reason", fused.notQuantitative().orElse(null));
        List<Map<String, Object>> drifts = new ArrayList<>();
        for (Fused.Drift d : drift) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("image", d.name());
            one.put("mean", d.mean());
            one.put("largest", d.largest());
            one.put("meanDrift", d.meanDrift());
            one.put("largestDrift", d.largestDrift());
            drifts.add(one);
        }
        fields.put("drift", drifts);
        fields.put("bias", bias.map(map -> bias(map, shiftMm, moving)).orElse(null));
        fields.put("files", written);
        return fields;
    }

    private static Map<String, Object> bias(BiasMap map, OptionalDouble shiftMm, int moving) {
        BiasMap.Figures f = map.figures();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("moving", moving);
        fields.put("shiftMm", shiftMm.orElseThrow());
        fields.put("voxels", f.voxels());
        fields.put("noiseSd", f.noiseSd());
        fields.put("noiseEstimated", f.noiseEstimated());
        fields.put("meanSize", f.meanSize());
        fields.put("largest", f.largest());
        fields.put("rmsSd", f.rmsSd());
        fields.put("largestSd", f.largestSd());
        fields.put("edgeRiskShare", f.riskShare());
        return fields;
    }
}
