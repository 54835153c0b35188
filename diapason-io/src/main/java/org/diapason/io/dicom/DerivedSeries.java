package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.diapason.io.InputFile;
import org.diapason.step.ContentHash;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Writes a volume as a new DICOM series of the patient, study and frame of reference of the series
 * it was made from: CT, MR or PET image storage, one file per slice, signed 16-bit pixels.
 *
 * <p>UIDs follow from the source, the voxels and the recipe, and no clock is read: the same input
 * gives the same bytes. It names the patient, as its source does.
 */
public final class DerivedSeries {
    /** Beyond this a grid is another one: files round positions. */
    private static final double SAME_GRID_VOXELS = 1e-3;

    private DerivedSeries() {}

    /**
     * What was written.
     *
     * @param files the number of slices
     * @param seriesUid the new SeriesInstanceUID
     * @param slope value per stored number
     * @param intercept value of stored number 0
     * @param largestError the largest difference of a voxel to what is read back; at most half the
     *     slope, 0 for whole numbers
     */
    public record Written(
            int files, String seriesUid, double slope, double intercept, double largestError) {}

    /**
     * Writes {@code slice-0001.dcm}, … in the order of k.
     *
     * <p>Each slice takes its head from the nearest slice of the source. NaN becomes
     * PixelPaddingValue.
     *
     * @param source the folder (or file) the volume was read from
     * @param out a folder that is absent or empty
     * @param burnedIn whether a source that may have a name in its pixels is accepted
     * @throws DataException if the source cannot be read
     * @throws RefusedException if the volume has no meaning yet, or a name may stand in its pixels
     * @throws IllegalArgumentException if {@code out} holds files
     */
    public static Written write(
            Volume volume, Path source, Path out, Derivation derivation, boolean burnedIn) {
        return write(volume, source, out, derivation, burnedIn, Optional.empty());
    }

    /**
     * Writes a series that names nobody where pseudonyms are given; see {@link Deidentifier}.
     *
     * @param pseudonyms what stands for the patient, the UIDs and the dates of the source
     */
    static Written write(
            Volume volume,
            Path source,
            Path out,
            Derivation derivation,
            boolean burnedIn,
            Optional<Pseudonyms> pseudonyms) {
        if (volume.quantity() == Quantity.STORED) {
            throw new RefusedException(
                    "the volume holds stored numbers, whose unit is in the tags of each slice. Apply"
                            + " units first (convert --quantity hu or suvbw).");
        }
        empty(out);
        SliceStack stack = DicomSeries.stack(source);
        boolean sameGrid = stack.geometry().isClose(volume.geometry(), SAME_GRID_VOXELS);
        String modality = stack.frames().get(0).file().modality();
        Quantisation q = Quantisation.of(volume.values(), modality.equals("PT"));
        List<SourceImage> originals = SourceImage.of(stack, file -> BurnedIn.check(file, burnedIn));
        String plain = seed(volume, originals, derivation);
        // a hash of the old UIDs alone would tell who knows them whose series this is
        String seed = pseudonyms.map(p -> "derived/" + p.uid(Uids.of(plain))).orElse(plain);
        List<SourceImage> sources =
                originals.stream().map(s -> pseudonyms.map(s::under).orElse(s)).toList();
        DerivedSlice slice =
                new DerivedSlice(
                        volume,
                        modality,
                        sameGrid,
                        q,
                        seed,
                        derivation,
                        methods(derivation, sameGrid));
        Geometry g = volume.geometry();
        int plane = g.ni() * g.nj();
        DicomFile file = null;
        Optional<Cleaning> cleaning = Optional.empty();
        for (int k = 0; k < g.nk(); k++) {
            int nearest = nearest(g, k, stack.geometry());
            Frame frame = stack.frames().get(nearest);
            if (file == null || !file.path().equals(frame.file().path())) {
                file = DicomFile.readAll(frame.file().path()).orElseThrow();
                DataSet all = file.values();
                cleaning = pseudonyms.map(p -> new Cleaning(all, p));
            }
            DataSet old = DerivedHead.of(frame, file);
            DataSet head = cleaning.map(c -> c.of(old)).orElse(old);
            slice.complete(head, k, around(sources, nearest, sameGrid));
            String number = Integer.toString(k + 1);
            String name = "slice-" + "0".repeat(Math.max(0, 4 - number.length())) + number + ".dcm";
            DicomWriter.write(
                    out.resolve(name), head, Pixels.of(q.bytes(volume.values(), k * plane, plane)));
        }
        return new Written(
                g.nk(), Uids.of(seed), q.slope(), q.intercept(), q.largestError(volume.values()));
    }

    private static Set<Derivation.Method> methods(Derivation derivation, boolean sameGrid) {
        Set<Derivation.Method> methods = new LinkedHashSet<>(derivation.methods());
        if (!sameGrid) {
            methods.add(Derivation.Method.RESAMPLING);
        }
        return methods;
    }

    /** Returns what the UIDs are hashed from: what was read, what came out, and how. */
    private static String seed(Volume volume, List<SourceImage> sources, Derivation derivation) {
        StringBuilder seed = new StringBuilder("derived/");
        sources.forEach(s -> seed.append(s.sopInstanceUid()).append('/'));
        seed.append(ContentHash.of(volume)).append('/');
        seed.append(derivation.recipe()).append('/').append(derivation.version());
        return seed.toString();
    }

    /** Returns the slice of a stack that lies nearest to the centre of another grid's slice. */
    private static int nearest(Geometry grid, int k, Geometry stack) {
        var centre = grid.toWorld((grid.ni() - 1) / 2.0, (grid.nj() - 1) / 2.0, k);
        double at = stack.toVoxel(centre.get(0), centre.get(1), centre.get(2)).get(2);
        return (int) Math.max(0, Math.min(stack.nk() - 1, Math.rint(at)));
    }

    /** Returns the sources of a slice: itself on the same grid, else with its neighbours. */
    private static List<SourceImage> around(
            List<SourceImage> sources, int nearest, boolean sameGrid) {
        int reach = sameGrid ? 0 : 1;
        return sources
                .subList(
                        Math.max(0, nearest - reach), Math.min(sources.size(), nearest + reach + 1))
                .stream()
                .distinct()
                .toList();
    }

    /**
     * Makes sure that a folder is absent or empty, so that no old file passes for a new one.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void empty(Path out) {
        if (!Files.exists(out)) {
            return;
        }
        if (!Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + " is a file, a folder was expected");
        }
        try (Stream<Path> inside = Files.list(out)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "the output folder "
                                + out
                                + " is not empty. Name another one, so that no old file passes for a"
                                + " new one.");
            }
        } catch (IOException e) {
            throw InputFile.unreadable(out, e);
        }
    }
}
