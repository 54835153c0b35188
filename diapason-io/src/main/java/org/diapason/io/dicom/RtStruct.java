package org.diapason.io.dicom;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.ContourFill;
import org.diapason.volume.Contour;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * The regions of an RT Structure Set (PS3.3 A.19): closed planar contours in mm.
 *
 * <p>Which voxels are inside is the rule of {@link ContourFill}. Contour types CLOSED_PLANAR and
 * CLOSEDPLANAR_XOR are read, both even-odd; points and open lines enclose nothing and are refused.
 */
final class RtStruct implements DrawnRegions {
    private static final int MOST_POINTS = 2_000_000;
    private static final int LONGEST_NUMBER = 32;
    private static final int MIN = Integer.MIN_VALUE;
    private static final int MAX = Integer.MAX_VALUE;

    private final DicomFile file;
    private final List<Region> regions = new ArrayList<>();
    private final Map<Integer, List<DataSet>> contours = new HashMap<>();

    RtStruct(DicomFile file) {
        this.file = file;
        for (DataSet roi : file.values().items(Keyword.ROIContourSequence)) {
            int number = roi.integer(Keyword.ReferencedROINumber, MIN, MAX);
            contours.computeIfAbsent(number, n -> new ArrayList<>())
                    .addAll(roi.items(Keyword.ContourSequence));
        }
        for (DataSet roi : file.values().items(Keyword.StructureSetROISequence)) {
            int number = roi.integer(Keyword.ROINumber, MIN, MAX);
            String name = RegionText.name(roi, Keyword.ROIName);
            int count = contours.getOrDefault(number, List.of()).size();
            String what = count + (count == 1 ? " contour" : " contours");
            regions.add(new Region(number, name.isEmpty() ? "ROI " + number : name, what));
        }
    }

    @Override
    public List<Region> list() {
        return List.copyOf(regions);
    }

    @Override
    public References references() {
        return references(Optional.empty());
    }

    @Override
    public Mask mask(Region region, Geometry grid, Optional<Path> image) {
        String who = file.name() + ", region " + region.name();
        Optional<String> doubt =
                image.flatMap(path -> references(Optional.of(region)).compare(who, path));
        List<Contour> drawn = drawn(region, who);
        try {
            Mask mask = ContourFill.fill(drawn, grid);
            List<String> notes = new ArrayList<>();
            doubt.ifPresent(notes::add);
            mask.notes().forEach(note -> notes.add(who + ": " + note));
            return mask.withNotes(notes);
        } catch (DataException e) {
            throw new DataException(who + ": " + e.getMessage(), e);
        }
    }

    private References references(Optional<Region> region) {
        Optional<String> frame =
                file.values().items(Keyword.StructureSetROISequence).stream()
                        .filter(r -> region.isPresent() && is(r, region.get()))
                        .map(r -> References.uid(r, Keyword.ReferencedFrameOfReferenceUID))
                        .filter(uid -> !uid.isEmpty())
                        .findFirst();
        List<String> series = new ArrayList<>();
        for (DataSet f : file.values().items(Keyword.ReferencedFrameOfReferenceSequence)) {
            String uid = References.uid(f, Keyword.FrameOfReferenceUID);
            if (frame.isEmpty() && !uid.isEmpty()) {
                frame = Optional.of(uid);
            }
            for (DataSet study : f.items(Keyword.RTReferencedStudySequence)) {
                for (DataSet s : study.items(Keyword.RTReferencedSeriesSequence)) {
                    series.add(References.uid(s, Keyword.SeriesInstanceUID));
                }
            }
        }
        return new References(frame, series);
    }

    private static boolean is(DataSet roi, Region region) {
        return roi.number(Keyword.ROINumber).orElse(Double.NaN) == region.number();
    }

    private List<Contour> drawn(Region region, String who) {
        List<Contour> drawn = new ArrayList<>();
        long points = 0;
        for (DataSet item : contours.getOrDefault(region.number(), List.of())) {
            String type = item.text(Keyword.ContourGeometricType).orElse("");
            if (!type.equals("CLOSED_PLANAR") && !type.equals("CLOSEDPLANAR_XOR")) {
                throw new DataException(
                        who
                                + ": has a contour of type \""
                                + type
                                + "\", which encloses nothing; closed planar contours"
                                + " (CLOSED_PLANAR) are needed. Choose another region.");
            }
            double[] mm = decimals(item, MOST_POINTS - points, who);
            if (mm.length > 0) {
                points += mm.length / 3;
                drawn.add(new Contour(Numbers.of(mm)));
            }
        }
        if (drawn.isEmpty()) {
            throw new DataException(
                    who + ": has a name but no contour. Choose another region, or draw it.");
        }
        return drawn;
    }

    /**
     * Returns x, y, z of the points of a contour; parsed one by one, since there may be millions.
     */
    private static double[] decimals(DataSet item, long most, String who) {
        byte[] text =
                item.element(Keyword.ContourData.tag())
                        .map(DataSet.Element::bytes)
                        .orElse(new byte[0]);
        long count = numbers(text);
        if (count > 3 * most) {
            throw new DataException(
                    who
                            + ": has more than "
                            + MOST_POINTS
                            + " points. Export it with fewer points a contour.");
        }
        int points = item.integer(Keyword.NumberOfContourPoints, 0, MAX, (int) count / 3);
        if (count % 3 != 0 || points != count / 3) {
            throw item.bad(
                    Keyword.ContourData,
                    "has " + count + " numbers, 3 for each of " + points + " points were expected");
        }
        double[] mm = new double[(int) count];
        int start = 0;
        for (int n = 0; n < count; n++) {
            int end = start;
            while (end < text.length && text[end] != '\\') {
                end++;
            }
            mm[n] = parse(item, number(text, start, end));
            start = end + 1;
        }
        return mm;
    }

    /** Returns how many numbers a text holds; none where it is empty or blank. */
    private static long numbers(byte[] text) {
        long count = 1;
        boolean blank = true;
        for (byte octet : text) {
            count += octet == '\\' ? 1 : 0;
            blank &= octet == ' ' || octet == 0;
        }
        return blank ? 0 : count;
    }

    private static String number(byte[] text, int start, int end) {
        int length = Math.min(end - start, LONGEST_NUMBER + 1);
        return new String(text, start, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    private static double parse(DataSet item, String number) {
        boolean decimal = !number.isEmpty() && number.length() <= LONGEST_NUMBER;
        for (int n = 0; n < number.length() && decimal; n++) {
            decimal = "0123456789+-.eE".indexOf(number.charAt(n)) >= 0;
        }
        try {
            double value = decimal ? Double.parseDouble(number) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below
        }
        throw item.bad(Keyword.ContourData, "has a value that is not a decimal number");
    }
}
