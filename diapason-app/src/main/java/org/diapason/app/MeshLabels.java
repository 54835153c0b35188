package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diapason.io.ImageFormat;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.step.Spelling;
import org.diapason.surface.IsoSurface;
import org.diapason.surface.Mesh;
import org.diapason.surface.SurfaceNets;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** The regions of a label map as surfaces that share their borders. */
final class MeshLabels {
    private static final int STEPS = 40;
    private static final int MOST = 1000;

    private MeshLabels() {}

    /**
     * A region.
     *
     * @param name its number
     * @param net its smooth surface
     * @param cut the surface halfway between centres
     * @param voxelsMm3 the volume of its voxels
     */
    record Label(String name, Mesh net, Mesh cut, double voxelsMm3, Numbers spacingMm) {}

    /** Returns the regions asked for, one after the other: {@code all}, or numbers with commas. */
    static Iterable<Label> read(Path in, String asked) {
        if (Files.isRegularFile(in) && ImageFormat.of(in).isEmpty()) {
            throw new IllegalArgumentException(
                    InputFile.name(in)
                            + ": --labels is for label maps (NIfTI, NRRD, MetaImage). Of a"
                            + " structure set or segmentation give one region at a time: IN#NAME,"
                            + " --from-mask and --like IMAGE.");
        }
        Volume volume = Images.read(in).volume();
        volume.values(); // refuses several channels before the size is asked for
        Geometry g = volume.geometry();
        if (g.ni() < 2 || g.nj() < 2 || g.nk() < 2) {
            throw new RefusedException(
                    InputFile.name(in) + ": a picture encloses nothing. Give a volume.");
        }
        for (float v : volume.values()) {
            if (v == v && v != Math.rint(v)) {
                throw new RefusedException(
                        InputFile.name(in)
                                + ": holds "
                                + Numbers.plain(v)
                                + ", and labels are whole numbers. Give --threshold instead.");
            }
        }
        SurfaceNets nets = SurfaceNets.of(volume).relaxedInPlace(STEPS);
        SortedSet<Double> found = nets.labels();
        if (found.isEmpty() || found.size() > MOST) {
            throw new RefusedException(
                    InputFile.name(in)
                            + ": holds "
                            + found.size()
                            + " labels; 1 to "
                            + MOST
                            + " can be made surfaces of.");
        }
        List<Double> chosen = new ArrayList<>(asked.equals("all") ? found : chosen(asked, found));
        return () -> chosen.stream().map(label -> label(volume, nets, label)).iterator();
    }

    private static SortedSet<Double> chosen(String asked, SortedSet<Double> found) {
        SortedSet<Double> chosen = new TreeSet<>();
        List<String> known = found.stream().map(Numbers::plain).toList();
        for (String word : asked.split(",")) {
            String name = word.strip();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "--labels: there is no label \""
                                + name
                                + "\"; "
                                + Spelling.hint(name, known));
            }
            chosen.add(Double.valueOf(name));
        }
        return chosen;
    }

    private static Label label(Volume volume, SurfaceNets nets, double label) {
        Geometry g = volume.geometry();
        boolean[] inside = new boolean[g.voxels()];
        long count = 0;
        for (int v = 0; v < inside.length; v++) {
            inside[v] = volume.values()[v] == label;
            count += inside[v] ? 1 : 0;
        }
        return new Label(
                Numbers.plain(label),
                nets.mesh(label),
                IsoSurface.of(Mask.of(g, inside)),
                count * g.voxelMm3(),
                g.spacingMm());
    }
}
