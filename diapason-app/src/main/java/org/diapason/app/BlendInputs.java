package org.diapason.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diapason.compositing.Layer;
import org.diapason.compositing.Rounded;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.io.PictureMask;
import org.diapason.io.picture.Pictures;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Finds where source and mask of a blend lie on its target. */
final class BlendInputs {
    private static final double SAME_GRID_VOXELS = 0.01;

    private static final int LEAST_WHITE = 255;

    private final Path targetFile;
    private final Volume target;

    /** The sample of the target that is white, 0 where it does not say. */
    private final int white;

    private final Path sourceFile;
    private final Path maskFile;
    private final Optional<Layer> layer;

    /** The mask, where it is a picture. */
    private final Optional<Mask> picture;

    private final Mask mask;

    /**
     * Reads both.
     *
     * @param source - for none
     * @param offset where the source's first voxel goes; empty where files say it, or 0
     */
    BlendInputs(Path targetFile, Path source, Optional<int[]> offset, Path maskFile) {
        this.targetFile = targetFile;
        boolean none = source.toString().equals("-");
        Image[] images = new Image[none ? 1 : 2];
        Mask[] drawn = new Mask[1];
        // Decoding takes long; what is wrong with the target is said before what is with others.
        Parallel.forEach(
                images.length + 1,
                n -> {
                    if (n < images.length) {
                        images[n] = Images.read(n == 0 ? targetFile : source);
                    } else if (PictureMask.is(maskFile)) {
                        drawn[0] = PictureMask.read(maskFile);
                    }
                });
        int own = Pictures.white(images[0]);
        this.white = own > 0 ? Math.max(LEAST_WHITE, own) : 0;
        this.target = own > 0 ? Pictures.scaled(images[0], white) : InUnits.read(targetFile);
        this.sourceFile = source;
        this.maskFile = maskFile;
        this.layer = none ? Optional.empty() : Optional.of(laid(images[1], offset));
        this.picture = Optional.ofNullable(drawn[0]);
        this.mask = read();
    }

    Optional<Layer> layer() {
        return layer;
    }

    /** Returns the mask on the target's grid. */
    Mask mask() {
        return mask;
    }

    Volume target() {
        return target;
    }

    /** Rounds an outcome to samples on the target's scale, or as many as the values need. */
    Rounded rounded(Volume outcome) {
        List<Volume> all = layer.map(l -> List.of(target, l.volume())).orElse(List.of(target));
        return white > 0 ? Rounded.of(outcome, white) : Rounded.of(outcome, all);
    }

    /** Returns the names of source and target for people. */
    String names() {
        String into = InputFile.name(targetFile);
        return layer.isEmpty() ? into : InputFile.name(sourceFile) + " into " + into;
    }

    private Layer laid(Image image, Optional<int[]> offset) {
        boolean samples = white > 0 && Pictures.white(image) > 0;
        Volume source = samples ? Pictures.scaled(image, white) : InUnits.read(sourceFile);
        boolean placed = !isPicture(source) && !isPicture(target);
        if (offset.isEmpty()) {
            return placed ? Layer.placed(source, target.geometry()) : Layer.of(source);
        }
        if (placed) {
            Layer.requireAxes(source.geometry(), target.geometry());
        }
        int[] at = offset.get();
        return new Layer(source, at[0], at[1], at[2]);
    }

    private static boolean isPicture(Volume volume) {
        return volume.quantity() == Quantity.PICTURE;
    }

    /** A mask of the source's size lies with the source, another on the target. */
    private Mask read() {
        Geometry on = target.geometry();
        if (!PictureMask.is(maskFile) && !Masks.isGrid(maskFile)) {
            return Masks.read(maskFile, on, Optional.of(targetFile));
        }
        Mask drawn = picture.orElseGet(() -> Masks.nonZero(maskFile));
        Geometry m = drawn.geometry();
        boolean placed = !PictureMask.is(maskFile) && !isPicture(target);
        if (layer.isPresent() && liesOn(m, layer.get().volume())) {
            return layer.get().onto(drawn, on);
        }
        if (placed) {
            return Masks.onGrid(drawn, on, InputFile.name(maskFile));
        }
        if (!sameSize(m, on)) {
            throw new DataException(sizes(m));
        }
        return drawn.onGrid(on);
    }

    private boolean liesOn(Geometry m, Volume source) {
        boolean both = !PictureMask.is(maskFile) && !isPicture(source);
        Geometry s = source.geometry();
        return both ? s.isClose(m, SAME_GRID_VOXELS) : sameSize(m, s);
    }

    private static boolean sameSize(Geometry a, Geometry b) {
        return a.ni() == b.ni() && a.nj() == b.nj() && a.nk() == b.nk();
    }

    private String sizes(Geometry m) {
        return InputFile.name(maskFile)
                + ": the mask has "
                + size(m)
                + " pixels, "
                + layer.map(l -> "the source " + size(l.volume().geometry()) + ", ").orElse("")
                + "the target "
                + size(target.geometry())
                + ". Draw it on one of them.";
    }

    private static String size(Geometry g) {
        return g.ni() + " × " + g.nj() + (g.nk() > 1 ? " × " + g.nk() : "");
    }

    /** Reads a mask of the target's size, wherever the source lies. */
    Mask edges(Path file) {
        if (!PictureMask.is(file)) {
            return Masks.read(file, target.geometry(), Optional.of(targetFile));
        }
        Mask drawn = PictureMask.read(file);
        if (!sameSize(drawn.geometry(), target.geometry())) {
            throw new DataException(
                    InputFile.name(file)
                            + ": the edges have "
                            + size(drawn.geometry())
                            + " pixels, the target "
                            + size(target.geometry())
                            + ". Draw them on the target.");
        }
        return drawn.onGrid(target.geometry());
    }
}
