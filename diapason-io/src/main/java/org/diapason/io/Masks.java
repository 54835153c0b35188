package org.diapason.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diapason.io.dicom.DicomRegions;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** The door through which masks come in. */
public final class Masks {
    /** Voxels; files round origins and directions, and a mask shifted by more is another mask. */
    private static final double TOLERANCE = 0.01;

    private Masks() {}

    /** Says whether there is a file, where a path may be followed by {@code #} and a region. */
    public static boolean exists(Path path) {
        return Files.exists(MaskPath.of(path).file());
    }

    /** Says whether a mask is drawn voxel by voxel in a file of its own grid. */
    public static boolean isGrid(Path path) {
        return Images.isGrid(MaskPath.of(path).file());
    }

    /**
     * Returns the regions that can be named after a path.
     *
     * @throws DataException if the file cannot be read
     */
    public static List<Regions.Region> list(Path path) {
        Path file = MaskPath.of(path).file();
        return Images.isGrid(file)
                ? new LabelMap(file, Images.read(file).volume()).list()
                : DicomRegions.open(file).orElseThrow(() -> notRead(file)).list();
    }

    /** Returns what the region of a path is called; {@code mask} where the file does not say. */
    public static String name(Path path) {
        MaskPath which = MaskPath.of(path);
        if (Images.isGrid(which.file())) {
            return which.region().map(label -> "label " + label).orElse("mask");
        }
        return Regions.choose(InputFile.name(which.file()), list(path), which.region()).name();
    }

    /**
     * Says whether a mask refers to the very series of an image, as structure sets and
     * segmentations do.
     */
    public static boolean drawnOn(Path path, Path image) {
        Path file = MaskPath.of(path).file();
        return !Images.isGrid(file)
                && DicomRegions.open(file).map(regions -> regions.drawnOn(image)).orElse(false);
    }

    /**
     * Returns a mask of a NIfTI, NRRD or MetaImage file on the file's own grid: the voxels above
     * 0.5, or those equal to the label that stands after a {@code #}.
     *
     * @throws DataException if the file cannot be read
     */
    public static Mask read(Path path) {
        MaskPath which = MaskPath.of(path);
        if (!Images.isGrid(which.file())) {
            throw notRead(which.file());
        }
        return which.region().isEmpty()
                ? Images.readMask(which.file())
                : new LabelMap(which.file(), Images.read(which.file()).volume())
                        .mask(which.region().get());
    }

    /**
     * Like {@link #read(Path)}, but without a label every voxel that is not 0: weights below a half
     * belong to the mask too. NaN is outside.
     *
     * @throws DataException if the file cannot be read
     */
    public static Mask nonZero(Path path) {
        if (!isGrid(path) || MaskPath.of(path).region().isPresent()) {
            return read(path);
        }
        Volume volume = Images.read(path).volume();
        boolean[] inside = new boolean[volume.values().length];
        for (int v = 0; v < inside.length; v++) {
            float x = volume.values()[v];
            inside[v] = x == x && x != 0;
        }
        return Mask.of(volume.geometry(), inside);
    }

    private static DataException notRead(Path file) {
        return new DataException(
                InputFile.name(file)
                        + ": is not a mask that can be read. Give a NIfTI, NRRD or MetaImage file, a"
                        + " DICOM structure set or segmentation.");
    }

    /** Returns {@link #read(Path, Geometry, Optional)} without an image to compare with. */
    public static Mask read(Path path, Geometry grid) {
        return read(path, grid, Optional.empty());
    }

    /**
     * Returns the mask on exactly the grid of its image.
     *
     * <p>A path may be followed by {@code #} and the name (or number) of a region: {@code
     * rs.dcm#GTV-1}, {@code seg.dcm#Liver}, {@code labels.nii.gz#3}.
     *
     * <p>Axes that the file stores in another order or direction are put in the image's, voxel by
     * voxel, without interpolation: converters flip rows freely.
     *
     * @param image where the image was read from; a structure set or segmentation that names
     *     another frame of reference is refused
     * @throws DataException if the voxels of the mask are not those of the grid
     */
    public static Mask read(Path path, Geometry grid, Optional<Path> image) {
        MaskPath which = MaskPath.of(path);
        if (!Images.isGrid(which.file())) {
            Regions regions =
                    DicomRegions.open(which.file()).orElseThrow(() -> notRead(which.file()));
            String name = InputFile.name(which.file());
            Regions.Region region = Regions.choose(name, regions.list(), which.region());
            return regions.mask(region, grid, image);
        }
        return onGrid(read(path), grid, InputFile.name(which.file()));
    }

    /**
     * Returns a mask on exactly a grid whose voxels are its own, in any order of axes.
     *
     * @param name of its file, for messages
     * @throws DataException if its voxels are not those of the grid
     */
    public static Mask onGrid(Mask mask, Geometry grid, String name) {
        if (mask.geometry().isClose(grid, TOLERANCE)) {
            return mask.onGrid(grid);
        }
        Mask turned = turned(mask, grid);
        if (turned != null) {
            return turned;
        }
        Geometry m = mask.geometry();
        throw new DataException(
                name
                        + ": the mask has "
                        + size(m)
                        + " voxels of "
                        + m.spacingMm().fixed(3)
                        + " mm from "
                        + place(m)
                        + ", its image "
                        + size(grid)
                        + " of "
                        + grid.spacingMm().fixed(3)
                        + " mm from "
                        + place(grid)
                        + ". Draw or resample the mask on the image's grid.");
    }

    private static String size(Geometry g) {
        return g.ni() + " × " + g.nj() + " × " + g.nk();
    }

    private static String place(Geometry g) {
        Numbers o = g.originMm();
        return "("
                + Numbers.fixed(o.get(0), 2)
                + ", "
                + Numbers.fixed(o.get(1), 2)
                + ", "
                + Numbers.fixed(o.get(2), 2)
                + ") mm";
    }

    /** Returns the mask with permuted or flipped axes, null where that does not give the grid. */
    private static Mask turned(Mask mask, Geometry grid) {
        Geometry m = mask.geometry();
        int[] start = whole(m, grid, 0, 0, 0);
        int[] corner = whole(m, grid, grid.ni() - 1, grid.nj() - 1, grid.nk() - 1);
        if (m.voxels() != grid.voxels() || start == null || corner == null) {
            return null;
        }
        for (int c = 0; c < 3; c++) {
            if (Math.min(start[c], corner[c]) != 0
                    || Math.max(start[c], corner[c]) != m.size(c) - 1) {
                return null;
            }
        }
        int[][] step = new int[3][3];
        for (int a = 0; a < 3; a++) {
            int last = grid.size(a) - 1;
            int[] end = whole(m, grid, a == 0 ? last : 0, a == 1 ? last : 0, a == 2 ? last : 0);
            int moved = 0;
            for (int c = 0; c < 3 && end != null; c++) {
                step[a][c] = Integer.signum(end[c] - start[c]);
                moved += Math.abs(end[c] - start[c]);
            }
            boolean oneAxis =
                    Math.abs(step[a][0]) + Math.abs(step[a][1]) + Math.abs(step[a][2]) < 2;
            if (end == null || moved != last || !oneAxis) {
                return null;
            }
        }
        boolean[] voxels = new boolean[grid.voxels()];
        int n = 0;
        for (int k = 0; k < grid.nk(); k++) {
            for (int j = 0; j < grid.nj(); j++) {
                for (int i = 0; i < grid.ni(); i++) {
                    voxels[n++] =
                            mask.at(
                                    start[0] + i * step[0][0] + j * step[1][0] + k * step[2][0],
                                    start[1] + i * step[0][1] + j * step[1][1] + k * step[2][1],
                                    start[2] + i * step[0][2] + j * step[1][2] + k * step[2][2]);
                }
            }
        }
        return Mask.of(grid, voxels);
    }

    /** Returns the voxel of the mask where a voxel of the grid lies, null where it lies between. */
    private static int[] whole(Geometry m, Geometry grid, int i, int j, int k) {
        Numbers w = grid.toWorld(i, j, k);
        Numbers voxel = m.toVoxel(w.get(0), w.get(1), w.get(2));
        int[] whole = new int[3];
        for (int c = 0; c < 3; c++) {
            double nearest = Math.rint(voxel.get(c));
            if (!(Math.abs(voxel.get(c) - nearest) <= TOLERANCE)) {
                return null;
            }
            whole[c] = (int) nearest;
        }
        return whole;
    }
}
