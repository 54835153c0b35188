package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diapason.features.Ibsi;
import org.diapason.features.filter.Filter;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.step.Extractor;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Image;
import org.diapason.volume.Volume;

/** Measures the phantoms of the IBSI by the settings that ship. */
final class IbsiMeasurement {
    private IbsiMeasurement() {}

    /** Returns what was measured by tag, features in their order, then diagnostics. */
    static Map<String, Double> of(IbsiReferences.Table table) throws IOException {
        Map<String, Double> found = new LinkedHashMap<>();
        FeatureSettings settings = FeatureSettings.ship(table.settings()).orElse(null);
        if (settings == null) {
            return found;
        }
        Image image = Images.read(only(table.folder().resolve("image")));
        Volume volume = image.volume().withQuantity(table.quantity());
        Exam exam =
                Exam.of(
                        "phantom",
                        Map.of(settings.image(), image.withVolume(volume)),
                        Map.of(
                                settings.mask(),
                                Masks.read(
                                        only(table.folder().resolve("mask")), volume.geometry())),
                        Map.of());
        for (Extractor extractor : settings.features()) {
            Trace trace = new Trace();
            FeatureTable row = extractor.apply(exam, trace);
            List<Filter> filters = ((Ibsi) extractor).filters();
            String prefix =
                    extractor.image()
                            + (filters.isEmpty() ? "." : "." + filters.get(0).label() + ".");
            for (int f = 0; f < row.features().size(); f++) {
                String tag = row.features().get(f).substring(prefix.length());
                found.put(tag.replaceFirst("\\..*", ""), row.row(0)[f]);
            }
            String start = extractor.image() + "." + extractor.mask() + ".";
            trace.notes()
                    .forEach(
                            (key, value) -> {
                                if (key.matches(".*_(img|roi)") && value instanceof Double number) {
                                    found.put(key.substring(start.length()), number);
                                }
                            });
        }
        return found;
    }

    /** Returns how far the response of a filter lies from its reference. */
    static IbsiVerification.MapValue of(IbsiReferences.ResponseMap map) throws IOException {
        Ibsi settings = (Ibsi) FeatureSettings.ship(map.settings()).orElseThrow().features().get(0);
        Path phantom = only(map.phantoms().resolve(settings.image()).resolve("image"));
        Volume image = Images.read(phantom).volume();
        Filter filter = settings.filters().get(0);
        float[] found = filter.respond(image.geometry(), image.values());
        float[] reference = Images.read(map.file()).volume().values();
        if (found.length != reference.length) {
            throw new DataException(
                    map.file().getFileName() + ": has not as many voxels as " + settings.image());
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float x : reference) {
            low = Math.min(low, x);
            high = Math.max(high, x);
        }
        double largest = 0;
        int near = 0;
        for (int v = 0; v < found.length; v++) {
            double off = Math.abs(found[v] - reference[v]) / (high - low);
            largest = Double.isNaN(off) ? off : Math.max(largest, off);
            near += off <= 0.001 ? 1 : 0;
        }
        return new IbsiVerification.MapValue(map.id(), largest, near / (double) found.length);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.sorted().toList();
            if (found.size() != 1) {
                throw new DataException(
                        folder.getFileName()
                                + ": holds "
                                + found.size()
                                + " files, one is expected.");
            }
            return found.get(0);
        }
    }
}
