package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.ContentHash;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/**
 * Writes masks as the segments of a binary DICOM segmentation (PS3.3 A.51), explicit VR little
 * endian; slices without a voxel have no frame.
 */
public final class SegWriter {
    private static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";

    private SegWriter() {}

    /** A frame of one segment on slice k. */
    private record Plane(int segment, int k, Mask mask) {}

    /**
     * Writes masks by their names.
     *
     * @param masks masks on the grid of the image; not empty
     * @param image the folder or file of the DICOM series the masks lie on
     * @throws DataException if the image is no DICOM series, or a mask has no voxel
     */
    public static void write(Path file, SortedMap<String, Mask> masks, Path image) {
        Geometry grid = masks.get(masks.firstKey()).geometry();
        SourceSeries source = SourceSeries.of(image, grid);
        StringBuilder seed = new StringBuilder("segments/");
        seed.append(source.uid(Keyword.SeriesInstanceUID));
        List<DataSet> segments = new ArrayList<>();
        List<Plane> planes = new ArrayList<>();
        for (Map.Entry<String, Mask> entry : new TreeMap<>(masks).entrySet()) {
            seed.append('/').append(entry.getKey()).append('/');
            seed.append(ContentHash.of(entry.getValue()));
            segments.add(segment(segments.size() + 1, entry.getKey(), source));
            int before = planes.size();
            for (int k = 0; k < grid.nk(); k++) {
                if (holds(entry.getValue(), k)) {
                    planes.add(new Plane(segments.size(), k, entry.getValue()));
                }
            }
            if (planes.size() == before) {
                throw new DataException(
                        "mask "
                                + entry.getKey()
                                + " has no voxel, and a segment needs a frame. Leave it out.");
            }
        }
        DataSet values = source.derived(SEGMENTATION, "SEG", seed.toString());
        content(values, source);
        format(values, grid, planes.size());
        dimensions(values, Uids.of(seed + "/dimensions"));
        values.put(Elements.sequence(Keyword.SegmentSequence, segments));
        values.put(Elements.sequence(Keyword.SharedFunctionalGroupsSequence, shared(grid)));
        List<DataSet> frames = planes.stream().map(plane -> frame(plane, source)).toList();
        values.put(Elements.sequence(Keyword.PerFrameFunctionalGroupsSequence, frames));
        DicomWriter.write(file, values, Pixels.bytes(pixels(planes, grid)));
    }

    private static boolean holds(Mask mask, int k) {
        Geometry g = mask.geometry();
        for (int n = g.index(0, 0, k); n < g.index(0, 0, k) + g.ni() * g.nj(); n++) {
            if (mask.voxels()[n]) {
                return true;
            }
        }
        return false;
    }

    private static DataSet segment(int number, String name, SourceSeries source) {
        return Elements.item(
                Elements.code(
                        Keyword.SegmentedPropertyCategoryCodeSequence,
                        "309825002",
                        "SCT",
                        "Spatial and Relational Concept"),
                Elements.numbers(Keyword.SegmentNumber, number),
                Elements.name(Keyword.SegmentLabel, source.charset(), name),
                Elements.text(Keyword.SegmentAlgorithmType, "SEMIAUTOMATIC"),
                Elements.text(Keyword.SegmentAlgorithmName, "not known, converted from a mask"),
                Elements.code(
                        Keyword.SegmentedPropertyTypeCodeSequence,
                        "111099",
                        "DCM",
                        "Selected region"));
    }

    private static void content(DataSet values, SourceSeries source) {
        String date = source.first().text(Keyword.StudyDate).orElse("19000101");
        String time = source.first().text(Keyword.StudyTime).orElse("000000");
        values.put(Elements.text(Keyword.ImageType, "DERIVED", "PRIMARY"));
        values.put(Elements.text(Keyword.ContentDate, date));
        values.put(Elements.text(Keyword.ContentTime, time));
        values.put(Elements.text(Keyword.DeviceSerialNumber, "0"));
        values.put(Elements.text(Keyword.ContentLabel, "SEGMENTATION"));
        values.put(Elements.text(Keyword.ContentDescription));
        values.put(Elements.text(Keyword.ContentCreatorName));
        values.put(
                Elements.sequence(
                        Keyword.ReferencedSeriesSequence,
                        Elements.item(
                                Elements.text(
                                        Keyword.SeriesInstanceUID,
                                        source.uid(Keyword.SeriesInstanceUID)),
                                Elements.sequence(
                                        Keyword.ReferencedInstanceSequence, source.instances()))));
    }

    private static void format(DataSet values, Geometry grid, int frames) {
        values.put(Elements.text(Keyword.SegmentationType, "BINARY"));
        values.put(Elements.numbers(Keyword.SamplesPerPixel, 1));
        values.put(Elements.text(Keyword.PhotometricInterpretation, "MONOCHROME2"));
        values.put(Elements.text(Keyword.NumberOfFrames, Integer.toString(frames)));
        values.put(Elements.numbers(Keyword.Rows, grid.nj()));
        values.put(Elements.numbers(Keyword.Columns, grid.ni()));
        values.put(Elements.numbers(Keyword.BitsAllocated, 1));
        values.put(Elements.numbers(Keyword.BitsStored, 1));
        values.put(Elements.numbers(Keyword.HighBit, 0));
        values.put(Elements.numbers(Keyword.PixelRepresentation, 0));
        values.put(Elements.text(Keyword.LossyImageCompression, "00"));
    }

    /** Frames are counted by segment, then by position. */
    private static void dimensions(DataSet values, String uid) {
        values.put(
                Elements.sequence(
                        Keyword.DimensionOrganizationSequence,
                        Elements.item(Elements.text(Keyword.DimensionOrganizationUID, uid))));
        values.put(
                Elements.sequence(
                        Keyword.DimensionIndexSequence,
                        dimension(
                                uid,
                                Keyword.ReferencedSegmentNumber,
                                Keyword.SegmentIdentificationSequence),
                        dimension(
                                uid, Keyword.ImagePositionPatient, Keyword.PlanePositionSequence)));
    }

    private static DataSet dimension(String uid, Keyword what, Keyword group) {
        return Elements.item(
                Elements.text(Keyword.DimensionOrganizationUID, uid),
                Elements.numbers(Keyword.DimensionIndexPointer, what.tag()),
                Elements.numbers(Keyword.FunctionalGroupPointer, group.tag()));
    }

    private static DataSet shared(Geometry g) {
        double[] d = g.direction().toArray();
        return Elements.item(
                Elements.sequence(
                        Keyword.PlaneOrientationSequence,
                        Elements.item(
                                Elements.decimals(
                                        Keyword.ImageOrientationPatient,
                                        d[0],
                                        d[3],
                                        d[6],
                                        d[1],
                                        d[4],
                                        d[7]))),
                Elements.sequence(
                        Keyword.PixelMeasuresSequence,
                        Elements.item(
                                Elements.decimals(Keyword.SliceThickness, g.spacing(2)),
                                Elements.decimals(Keyword.SpacingBetweenSlices, g.spacing(2)),
                                Elements.decimals(
                                        Keyword.PixelSpacing, g.spacing(1), g.spacing(0)))));
    }

    private static DataSet frame(Plane plane, SourceSeries source) {
        DataSet frame =
                Elements.item(
                        Elements.sequence(
                                Keyword.FrameContentSequence,
                                Elements.item(
                                        Elements.numbers(
                                                Keyword.DimensionIndexValues,
                                                plane.segment,
                                                plane.k + 1))),
                        Elements.sequence(
                                Keyword.PlanePositionSequence,
                                Elements.item(
                                        Elements.decimals(
                                                Keyword.ImagePositionPatient,
                                                plane.mask
                                                        .geometry()
                                                        .toWorld(0, 0, plane.k)
                                                        .toArray()))),
                        Elements.sequence(
                                Keyword.SegmentIdentificationSequence,
                                Elements.item(
                                        Elements.numbers(
                                                Keyword.ReferencedSegmentNumber, plane.segment))));
        SourceImage slice = source.slices().get(plane.k);
        if (slice != null) {
            DataSet reference =
                    slice.reference(
                            Elements.code(
                                    Keyword.PurposeOfReferenceCodeSequence,
                                    "121322",
                                    "DCM",
                                    "Source image for image processing operation"));
            frame.put(
                    Elements.sequence(
                            Keyword.DerivationImageSequence,
                            Elements.item(
                                    Elements.code(
                                            Keyword.DerivationCodeSequence,
                                            "113076",
                                            "DCM",
                                            "Segmentation"),
                                    Elements.sequence(Keyword.SourceImageSequence, reference))));
        }
        return frame;
    }

    /** Packs eight pixels a byte, the first lowest; frames follow each other without a gap. */
    private static byte[] pixels(List<Plane> planes, Geometry g) {
        int size = g.ni() * g.nj();
        byte[] bytes = new byte[Math.toIntExact(((long) size * planes.size() + 7) / 8)];
        for (int p = 0; p < planes.size(); p++) {
            boolean[] voxels = planes.get(p).mask.voxels();
            int start = g.index(0, 0, planes.get(p).k);
            for (int n = 0; n < size; n++) {
                if (voxels[start + n]) {
                    long bit = (long) p * size + n;
                    bytes[(int) (bit / 8)] |= (byte) (1 << bit % 8);
                }
            }
        }
        return bytes;
    }
}
