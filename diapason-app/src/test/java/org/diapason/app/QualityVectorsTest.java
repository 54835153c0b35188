package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.diapason.quality.Comparison;
import org.diapason.quality.DataRange;
import org.diapason.quality.Figure;
import org.diapason.quality.FusionQuality;
import org.diapason.quality.Metric;
import org.diapason.quality.Settings;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed forms that are given away with the product hold in it. */
class QualityVectorsTest {
    private static List<Map<String, Tree>> all() {
        Path file = Path.of("../docs/concepts/image-quality-vectors.json");
        Tree.Fields top = (Tree.Fields) Json.read(file);
        return ((Tree.Items) top.values().get("vectors"))
                .values().stream().map(v -> ((Tree.Fields) v).values()).toList();
    }

    static Stream<Arguments> vectors() {
        return all().stream()
                .map(v -> Arguments.of(text(v, "metric") + ", " + text(v, "closedForm"), v));
    }

    private static String text(Map<String, Tree> fields, String name) {
        return ((Tree.Text) fields.get(name)).value();
    }

    private static double number(Map<String, Tree> fields, String name) {
        return fields.containsKey(name) ? Double.parseDouble(text(fields, name)) : 0;
    }

    private static Volume image(Tree bands) {
        List<float[]> planes = new ArrayList<>();
        Geometry grid = null;
        for (Tree band : ((Tree.Items) bands).values()) {
            Map<String, Tree> f = ((Tree.Fields) band).values();
            int depth = f.containsKey("depth") ? (int) number(f, "depth") : 1;
            int height = (int) number(f, "height");
            grid = Geometry.of((int) number(f, "width"), height, depth, 1, 1, 1);
            float[] values = new float[grid.voxels()];
            for (int v = 0; v < values.length; v++) {
                int i = v % grid.ni();
                int j = v / grid.ni() % height;
                int l = v / grid.ni() / height;
                double x =
                        number(f, "c")
                                + number(f, "a") * i
                                + number(f, "b") * j
                                + number(f, "d") * l;
                x += i >= number(f, "t") ? number(f, "s") : 0;
                values[v] = (float) (x + number(f, "k") * ((i + j) % 2));
            }
            planes.add(values);
        }
        return planes.size() == 1
                ? Volume.of(grid, planes.get(0), Quantity.UNKNOWN)
                : Volume.of(grid, planes, Channels.COMPONENTS, Quantity.UNKNOWN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void holds(String name, Map<String, Tree> v) {
        Metric metric = Metric.of(text(v, "metric"));
        Settings settings = Settings.usual();
        if (v.containsKey("dataRange")) {
            settings = settings.withRange(DataRange.ofWidth(number(v, "dataRange")));
        }
        if (v.containsKey("ratio")) {
            settings = settings.withRatio(number(v, "ratio"));
        }
        Figure figure =
                v.containsKey("fused")
                        ? fused(v, metric, settings)
                        : Comparison.of(
                                        image(v.get("x")),
                                        image(v.get("y")),
                                        Set.of(metric),
                                        settings)
                                .get(metric);
        String expected = text(v, "value");
        if (expected.isEmpty() || expected.equals("null")) {
            assertFalse(figure.defined(), "got " + figure.value());
        } else {
            double value = Double.parseDouble(expected);
            assertEquals("", figure.reason());
            assertEquals(value, figure.value(), 1e-9 * Math.max(1, Math.abs(value)));
        }
    }

    private static Figure fused(Map<String, Tree> v, Metric metric, Settings settings) {
        Optional<FusionQuality.Sharp> sharp =
                v.containsKey("sharp")
                        ? Optional.of(FusionQuality.Sharp.valueOf(text(v, "sharp")))
                        : Optional.empty();
        return FusionQuality.of(
                        image(v.get("fused")),
                        image(v.get("a")),
                        image(v.get("b")),
                        sharp,
                        Optional.empty(),
                        Set.of(metric),
                        settings)
                .together()
                .get(metric);
    }

    @Test
    void everyFigureHasOneThatIsDefined() {
        Set<Metric> seen = EnumSet.noneOf(Metric.class);
        for (Map<String, Tree> v : all()) {
            if (!text(v, "value").isEmpty()) {
                seen.add(Metric.of(text(v, "metric")));
            }
        }
        assertEquals(EnumSet.allOf(Metric.class), seen);
    }
}
