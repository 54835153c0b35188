package org.diapason.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/** What a file of regions holds: a structure set, a segmentation, a map of labels. */
public interface Regions {

    /**
     * One region of a file.
     *
     * @param number its number in the file
     * @param name its name, cleaned of what could steer a terminal or a page
     * @param what how it is stored, for people: {@code 26 contours}
     */
    record Region(int number, String name, String what) {}

    /** Returns the regions in the order of the file. */
    List<Region> list();

    /**
     * Returns the voxels of a region.
     *
     * @param grid the grid of the image the mask is for
     * @param image where that image was read from, to compare what the file refers to; empty where
     *     it is not known
     * @throws DataException if the region cannot be placed on the grid
     */
    Mask mask(Region region, Geometry grid, Optional<Path> image);

    /** Says whether the file refers to the very series of an image. */
    boolean drawnOn(Path image);

    /**
     * Returns the region with a name (or, where no name is so, a number); the only one where none
     * is given.
     *
     * @param file the name of the file, for messages
     * @throws DataException if there is no such region, or several; the message lists what there is
     */
    static Region choose(String file, List<Region> regions, Optional<String> wanted) {
        if (regions.isEmpty()) {
            throw new DataException(file + ": there is no region in it.");
        }
        if (wanted.isEmpty()) {
            if (regions.size() == 1) {
                return regions.get(0);
            }
            throw new DataException(
                    file
                            + ": holds "
                            + regions.size()
                            + " regions: "
                            + names(regions)
                            + ". Say which one after the file, as in "
                            + file
                            + "#"
                            + regions.get(0).name
                            + ".");
        }
        String name = wanted.get();
        List<Region> found = regions.stream().filter(r -> r.name.equals(name)).toList();
        if (found.isEmpty()) {
            found = regions.stream().filter(r -> Integer.toString(r.number).equals(name)).toList();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.size() > 1) {
            List<String> numbers = new ArrayList<>();
            found.stream().limit(20).forEach(r -> numbers.add(Integer.toString(r.number)));
            throw new DataException(
                    file
                            + ": several regions are named \""
                            + name
                            + "\", numbers "
                            + String.join(", ", numbers)
                            + ". Give the number instead of the name.");
        }
        List<String> known = regions.stream().limit(500).map(Region::name).toList();
        throw new DataException(
                file
                        + ": there is no region \""
                        + name
                        + "\""
                        + Spelling.nearest(name, known)
                                .filter(near -> !name.matches("\\d+"))
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse(".")
                        + " It holds "
                        + names(regions)
                        + ".");
    }

    private static String names(List<Region> regions) {
        List<String> names = new ArrayList<>();
        regions.stream().limit(20).forEach(r -> names.add("\"" + r.name + "\""));
        int more = regions.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }
}
