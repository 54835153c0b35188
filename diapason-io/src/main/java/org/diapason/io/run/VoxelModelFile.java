package org.diapason.io.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.InputFile;
import org.diapason.io.nifti.Nifti;
import org.diapason.step.ContentHash;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.Design;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * A ComBat model of voxels as a folder: {@code model.json} and maps that a viewer can show, {@code
 * alpha}, {@code sigma}, a {@code beta} per covariate number and {@code gamma}, {@code delta},
 * {@code error} per batch.
 *
 * <p>Maps hold 32-bit floats. {@link #rounded} gives the model that is read back.
 */
public final class VoxelModelFile {
    private static final String KIND = "combat-voxels";
    private static final String JSON = "model.json";

    private VoxelModelFile() {}

    /**
     * A model and the voxels it holds for.
     *
     * @param mask the voxels, in the order of the features
     * @param model features are voxels
     */
    public record Fitted(Mask mask, ComBatModel model) {}

    /**
     * What {@code model.json} says.
     *
     * @param version of the model
     * @param settings of the fit
     * @param design how covariates become numbers
     * @param effects names of the covariate numbers; map {@code beta-1} is of the first
     * @param batches names of the batches; maps {@code gamma-1} … are of the first
     * @param exams images of each batch
     * @param mask hash of the voxels of the mask
     * @param maps hash of the values of each map
     */
    record Head(
            int version,
            ComBat settings,
            Design design,
            List<String> effects,
            List<String> batches,
            Numbers exams,
            String mask,
            SortedMap<String, String> maps) {
        Head {
            effects = List.copyOf(effects);
            batches = List.copyOf(batches);
            if (batches.size() != exams.size()) {
                throw new IllegalArgumentException(
                        "the model is damaged: it has "
                                + batches.size()
                                + " batches and counts of "
                                + exams.size()
                                + ". Restore it or fit anew.");
            }
        }
    }

    /** Returns names of as many voxels; one list, so that it is equal to itself at once. */
    public static List<String> names(int voxels) {
        return List.copyOf(IntStream.range(0, voxels).mapToObj(v -> "v" + v).toList());
    }

    /** Returns the model with every number rounded to 32 bits, as it is written. */
    public static ComBatModel rounded(ComBatModel m) {
        return new ComBatModel(
                m.version(),
                m.settings(),
                m.design(),
                m.columns(),
                rounded(m.alpha()),
                m.effects().stream()
                        .map(e -> new ComBatModel.Effect(e.name(), rounded(e.values())))
                        .toList(),
                rounded(m.sigma()),
                m.batches().stream()
                        .map(
                                b ->
                                        new ComBatModel.Batch(
                                                b.name(),
                                                b.exams(),
                                                rounded(b.gamma()),
                                                rounded(b.delta()),
                                                rounded(b.error())))
                        .toList());
    }

    private static Numbers rounded(Numbers numbers) {
        double[] values = numbers.toArray();
        for (int n = 0; n < values.length; n++) {
            values[n] = (float) values[n];
        }
        return Numbers.of(values);
    }

    /** Writes a model into a folder, {@code model.json} last. */
    public static void write(Path folder, Fitted fitted) {
        ComBatModel m = fitted.model();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw InputFile.unwritable(folder, e);
        }
        SortedMap<String, String> maps = new TreeMap<>();
        Nifti.writeMask(folder.resolve("mask.nii.gz"), fitted.mask());
        put(folder, fitted.mask(), "alpha", m.alpha(), maps);
        put(folder, fitted.mask(), "sigma", m.sigma(), maps);
        for (int k = 0; k < m.effects().size(); k++) {
            put(folder, fitted.mask(), "beta-" + (k + 1), m.effects().get(k).values(), maps);
        }
        for (int i = 0; i < m.batches().size(); i++) {
            ComBatModel.Batch b = m.batches().get(i);
            put(folder, fitted.mask(), "gamma-" + (i + 1), b.gamma(), maps);
            put(folder, fitted.mask(), "delta-" + (i + 1), b.delta(), maps);
            put(folder, fitted.mask(), "error-" + (i + 1), b.error(), maps);
        }
        Head head =
                new Head(
                        m.version(),
                        m.settings(),
                        m.design(),
                        m.effects().stream().map(ComBatModel.Effect::name).toList(),
                        m.batches().stream().map(ComBatModel.Batch::name).toList(),
                        Numbers.of(
                                m.batches().stream()
                                        .mapToDouble(ComBatModel.Batch::exams)
                                        .toArray()),
                        hash(fitted.mask()),
                        maps);
        ComBatFile.write(folder.resolve(JSON), KIND, Settings.write(head));
    }

    private static void put(
            Path folder, Mask mask, String name, Numbers numbers, SortedMap<String, String> maps) {
        boolean[] inside = mask.voxels();
        float[] map = new float[inside.length];
        int n = 0;
        for (int v = 0; v < map.length; v++) {
            if (inside[v]) {
                map[v] = (float) numbers.get(n++);
            }
        }
        Nifti.write(
                folder.resolve(name + ".nii.gz"),
                Volume.of(mask.geometry(), map, Quantity.UNKNOWN));
        maps.put(name, hash(map));
    }

    /** Values alone: a grid loses digits on its way through a file. */
    private static String hash(float[] map) {
        Geometry line = Geometry.of(map.length, 1, 1, 1, 1, 1);
        return ContentHash.of(Volume.of(line, map, Quantity.UNKNOWN));
    }

    private static String hash(Mask mask) {
        Geometry line = Geometry.of(mask.voxels().length, 1, 1, 1, 1, 1);
        return ContentHash.of(Mask.of(line, mask.voxels()));
    }

    /**
     * Reads a model.
     *
     * @throws DataException if the folder holds none, or a map was changed after it was written
     */
    public static Fitted read(Path folder) {
        Path json = folder.resolve(JSON);
        Map<String, Tree> fields = ComBatFile.fields(json, KIND, "combat voxels");
        ComBatFile.refuseVersion(json, new Tree.Fields(fields, JSON));
        Head head = ComBatFile.checked(json, fields, Head.class);
        Mask mask = Nifti.readMask(folder.resolve("mask.nii.gz"));
        if (!hash(mask).equals(head.mask())) {
            throw changed(folder, "mask");
        }
        List<ComBatModel.Effect> effects = new ArrayList<>();
        for (int k = 0; k < head.effects().size(); k++) {
            Numbers values = take(folder, mask, "beta-" + (k + 1), head);
            effects.add(new ComBatModel.Effect(head.effects().get(k), values));
        }
        List<ComBatModel.Batch> batches = new ArrayList<>();
        for (int i = 0; i < head.batches().size(); i++) {
            batches.add(
                    new ComBatModel.Batch(
                            head.batches().get(i),
                            (int) head.exams().get(i),
                            take(folder, mask, "gamma-" + (i + 1), head),
                            take(folder, mask, "delta-" + (i + 1), head),
                            take(folder, mask, "error-" + (i + 1), head)));
        }
        ComBatModel model =
                new ComBatModel(
                        head.version(),
                        head.settings(),
                        head.design(),
                        names(mask.count()),
                        take(folder, mask, "alpha", head),
                        effects,
                        take(folder, mask, "sigma", head),
                        batches);
        return new Fitted(mask, model);
    }

    private static Numbers take(Path folder, Mask mask, String name, Head head) {
        float[] map = Nifti.read(folder.resolve(name + ".nii.gz")).volume().values();
        boolean[] inside = mask.voxels();
        if (map.length != inside.length || !hash(map).equals(head.maps().get(name))) {
            throw changed(folder, name);
        }
        double[] values = new double[mask.count()];
        int n = 0;
        for (int v = 0; v < map.length; v++) {
            if (inside[v]) {
                values[n++] = map[v];
            }
        }
        return Numbers.of(values);
    }

    private static DataException changed(Path folder, String name) {
        return new DataException(
                InputFile.name(folder)
                        + ": the map "
                        + name
                        + ".nii.gz is not the one that "
                        + JSON
                        + " was written with. Restore the folder, or fit anew.");
    }
}
