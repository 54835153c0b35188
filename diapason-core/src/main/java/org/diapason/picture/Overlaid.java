package org.diapason.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Interpolation;
import org.diapason.registration.Warp;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Two images laid over each other, the coloured one on the grid of the grey one.
 *
 * @param overlay colours and windows
 * @param grey the grey image
 * @param coloured the other, on its grid
 * @param choices which slices are shown
 */
public record Overlaid(Overlay overlay, Volume grey, Volume coloured, List<SliceChoice> choices) {

    /**
     * Lays one image over another; empty where the coloured one has no value on the grid of the
     * grey one.
     *
     * @param transform places of the grey image to those of the other. It is brought there in one
     *     linear interpolation, which makes no value that is not between its neighbours
     */
    public static Optional<Overlaid> of(
            OverlayLook look, Volume grey, Volume coloured, Transform transform) {
        Overlay overlay = look.of(grey, coloured);
        Volume there = Warp.image(coloured, transform, grey.geometry(), Interpolation.LINEAR);
        for (float v : there.values()) {
            if (v == v) {
                return Optional.of(new Overlaid(overlay, grey, there, look.choices(grey)));
            }
        }
        return Optional.empty();
    }

    /** Says whether no voxel of the coloured image is seen. */
    public boolean colourless() {
        for (float v : coloured.values()) {
            if (overlay.shows(v)) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many voxels lie above the range. */
    public long above() {
        long above = 0;
        for (float v : coloured.values()) {
            above += v > overlay.range().high() ? 1 : 0;
        }
        return above;
    }

    /** Returns from which value on colours begin, in words. */
    public String fromWords() {
        return overlay.from() == Double.NEGATIVE_INFINITY
                ? "all values"
                : "from "
                        + overlay.range().text(overlay.from())
                        + ValueRange.unit(coloured.quantity());
    }

    /**
     * Returns the slices with their legend.
     *
     * @throws IllegalArgumentException if a slice lies beyond the image
     */
    public Drawn drawn() {
        List<SlicePlane> planes = new ArrayList<>();
        choices.forEach(c -> planes.addAll(c.planes(grey, coloured, overlay)));
        Montage montage = new Montage(overlay, planes);
        return new Drawn(
                montage.draw(grey, coloured).volume(montage.pixelMm()),
                planes.stream().map(SlicePlane::where).toList());
    }

    /** Returns all voxels in red, green and blue. */
    public Volume whole() {
        return overlay.volume(grey, coloured);
    }

    /**
     * A picture of slices.
     *
     * @param picture red, green and blue of its pixels
     * @param slices which, in words
     */
    public record Drawn(Volume picture, List<String> slices) {

        /** Returns the side of a pixel in mm. */
        public double pixelMm() {
            return picture.geometry().spacing(0);
        }
    }
}
