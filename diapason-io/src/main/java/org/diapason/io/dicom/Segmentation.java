package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/**
 * The segments of a DICOM segmentation (PS3.3 A.51): frames of 1 bit (BINARY), of parts of a
 * maximum (FRACTIONAL: above half of it is inside) or of segment numbers (LABELMAP).
 *
 * <p>Each frame is placed by its own position, in any order; slices that have no frame are empty.
 * Pixels must be voxels of the image's grid, along its axes in any order and direction; nothing is
 * interpolated. Segments may overlap.
 */
final class Segmentation implements DrawnRegions {
    private final DicomFile file;
    private final DataSet values;
    private final List<DataSet> frames;
    private final List<DataSet> shared;
    private final String type;
    private final List<Region> regions = new ArrayList<>();

    Segmentation(DicomFile file) {
        this.file = file;
        this.values = file.values();
        this.frames = values.items(Keyword.PerFrameFunctionalGroupsSequence);
        this.shared = values.items(Keyword.SharedFunctionalGroupsSequence);
        this.type = values.text(Keyword.SegmentationType).orElse("");
        Map<Integer, Integer> counts = new HashMap<>();
        for (DataSet frame : frames) {
            segment(frame).ifPresent(number -> counts.merge(number, 1, Integer::sum));
        }
        for (DataSet segment : values.items(Keyword.SegmentSequence)) {
            int number = segment.integer(Keyword.SegmentNumber, 0, 65535);
            String name = RegionText.name(segment, Keyword.SegmentLabel);
            int count = type.equals("LABELMAP") ? frames.size() : counts.getOrDefault(number, 0);
            regions.add(
                    new Region(
                            number,
                            name.isEmpty() ? "segment " + number : name,
                            count + (count == 1 ? " frame" : " frames")));
        }
    }

    @Override
    public List<Region> list() {
        return List.copyOf(regions);
    }

    @Override
    public References references() {
        String frame = References.uid(values, Keyword.FrameOfReferenceUID);
        List<String> series =
                values.items(Keyword.ReferencedSeriesSequence).stream()
                        .map(s -> References.uid(s, Keyword.SeriesInstanceUID))
                        .toList();
        return new References(frame.isEmpty() ? Optional.empty() : Optional.of(frame), series);
    }

    @Override
    public Mask mask(Region region, Geometry grid, Optional<Path> image) {
        String who = file.name() + ", region " + region.name();
        List<String> notes = new ArrayList<>();
        image.flatMap(path -> references().compare(who, path)).ifPresent(notes::add);
        boolean[] voxels = new boolean[grid.voxels()];
        long outside;
        SortedMap<Integer, Placement> placed = new TreeMap<>();
        try (SegmentPixels pixels = SegmentPixels.of(file, type, frames.size())) {
            for (int f = 0; f < frames.size(); f++) {
                DataSet frame = frames.get(f);
                if (!type.equals("LABELMAP") && segment(f) != region.number()) {
                    continue;
                }
                placed.put(
                        f,
                        Placement.of(
                                who + ", frame " + (f + 1),
                                of(frame, Keyword.PlanePositionSequence)
                                        .numbers(Keyword.ImagePositionPatient, 3),
                                of(frame, Keyword.PlaneOrientationSequence)
                                        .numbers(Keyword.ImageOrientationPatient, 6),
                                of(frame, Keyword.PixelMeasuresSequence)
                                        .numbers(Keyword.PixelSpacing, 2),
                                pixels.columns(),
                                pixels.rows(),
                                grid));
            }
            outside = pixels.put(placed, region.number(), grid, voxels);
        }
        if (outside > 0) {
            notes.add(who + ": " + outside + " of its pixels lie outside the image.");
        }
        if (type.equals("FRACTIONAL")) {
            notes.add(who + ": is fractional; voxels above half of the maximum are inside.");
        }
        return Mask.of(grid, voxels).withNotes(notes);
    }

    /**
     * Returns how many pixels lie inside each segment, by number; a segment without any is absent.
     */
    Map<Integer, Long> pixels() {
        try (SegmentPixels pixels = SegmentPixels.of(file, type, frames.size())) {
            return pixels.count(frames.stream().map(f -> segment(f).orElse(-1)).toList());
        }
    }

    /** Returns the number of the segment that a frame belongs to, where it says so. */
    private Optional<Integer> segment(DataSet frame) {
        return group(frame, Keyword.SegmentIdentificationSequence)
                .map(g -> g.integer(Keyword.ReferencedSegmentNumber, 0, 65535));
    }

    /** Returns the number of the segment that a frame belongs to. */
    private int segment(int frame) {
        return segment(frames.get(frame))
                .orElseThrow(
                        () ->
                                file.bad(
                                        "frame "
                                                + (frame + 1)
                                                + " does not say which segment it belongs to."
                                                + " Export it again."));
    }

    private DataSet of(DataSet frame, Keyword group) {
        return group(frame, group)
                .orElseThrow(
                        () ->
                                file.bad(
                                        "a frame has no "
                                                + group.label()
                                                + ", so its place is not known. Export it again."));
    }

    private Optional<DataSet> group(DataSet frame, Keyword group) {
        List<DataSet> own = frame.items(group);
        if (!own.isEmpty()) {
            return Optional.of(own.get(0));
        }
        List<DataSet> all = shared.isEmpty() ? List.of() : shared.get(0).items(group);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }
}
