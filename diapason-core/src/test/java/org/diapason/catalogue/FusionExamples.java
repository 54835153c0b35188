package org.diapason.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.Logic;
import org.diapason.fusion.FeatureFusion;
import org.diapason.fusion.Scale;
import org.diapason.picture.Lut;
import org.diapason.picture.OverlayLook;
import org.diapason.quality.Wanted;
import org.diapason.steps.fuse.Compare;
import org.diapason.steps.fuse.Decide;
import org.diapason.steps.fuse.FuseFeatures;
import org.diapason.steps.fuse.FusionQuality;
import org.diapason.steps.fuse.Overlay;
import org.diapason.volume.Numbers;

/** Examples of the steps around fusion. */
final class FusionExamples {
    private FusionExamples() {}

    static Object of(String name) {
        return switch (name) {
            case "fuse-features" ->
                    new FuseFeatures(
                            List.of("ct", "pet"),
                            "lines",
                            new FeatureFusion(
                                    FeatureFusion.Kind.CANNY,
                                    FeatureFusion.By.WEIGHT,
                                    1.5,
                                    Optional.of(Numbers.of(0.75, 0.25)),
                                    OptionalDouble.of(0.01),
                                    OptionalDouble.of(0.02),
                                    true,
                                    false),
                            Optional.of("sheets"),
                            Optional.of(
                                    new FuseFeatures.OutlinedObject(
                                            "lesion", 2, "found", OptionalDouble.of(0.03))));
            case "decide" ->
                    new Decide(
                            new TreeMap<>(Map.of("first", "ct", "second", "pet")),
                            new DecisionPlan(
                                    "lesion",
                                    Optional.empty(),
                                    OptionalDouble.of(0.3),
                                    0.4,
                                    0.6,
                                    new TreeMap<>(),
                                    new TreeMap<>(Map.of("both", new Logic("first > 40")))),
                            Optional.of("both"),
                            "decided",
                            Optional.of("yes"));
            case "compare" -> new Compare("ct", "pet", Optional.of("lesion"), wanted());
            case "fusion-quality" ->
                    new FusionQuality(
                            "mean",
                            List.of("ct", "pet"),
                            Scale.PERCENTILES,
                            Optional.of(org.diapason.quality.FusionQuality.Sharp.A),
                            Optional.of("lesion"),
                            wanted());
            case "overlay" ->
                    new Overlay(
                            "ct",
                            "pet",
                            "seen",
                            new OverlayLook(
                                    Optional.of("-100:200"),
                                    Lut.BLUE_RED,
                                    Optional.of("0:12"),
                                    0.5,
                                    OptionalDouble.of(1),
                                    List.of("axial:0")));
            default -> throw new IllegalStateException(name);
        };
    }

    private static Wanted wanted() {
        return new Wanted(
                List.of("ssim", "ncc", "qabf"), Optional.of("-100:300"), true, 0.5, 100, 3, true);
    }
}
