package org.diapason.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** The labels of an image whose values are whole numbers, one for each region; 0 is none. */
final class LabelMap {
    private static final int MOST = 1000;

    private final String file;
    private final Volume volume;

    LabelMap(Path file, Volume volume) {
        this.file = InputFile.name(file);
        this.volume = volume;
    }

    /** Returns the labels that occur, ascending. */
    List<Regions.Region> list() {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (float value : volume.values()) {
            if (value == 0 || Float.isNaN(value)) {
                continue;
            }
            if (value != Math.rint(value) || Math.abs(value) > 1 << 24 || counts.size() > MOST) {
                throw new DataException(
                        file
                                + ": its values are not at most "
                                + MOST
                                + " whole numbers, so they are no labels. Leave out what stands"
                                + " after the #: every voxel above 0.5 is inside.");
            }
            counts.merge((int) value, 1, Integer::sum);
        }
        List<Regions.Region> labels = new ArrayList<>();
        counts.forEach(
                (label, count) ->
                        labels.add(
                                new Regions.Region(
                                        label, Integer.toString(label), count + " voxels")));
        return labels;
    }

    /** Returns the voxels of a label, on the file's own grid. */
    Mask mask(String label) {
        int value = Regions.choose(file, list(), Optional.of(label)).number();
        Geometry grid = volume.geometry();
        boolean[] voxels = new boolean[grid.voxels()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = volume.values()[n] == value;
        }
        return Mask.of(grid, voxels);
    }
}
