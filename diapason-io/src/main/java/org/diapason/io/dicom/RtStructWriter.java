package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.ContourTrace;
import org.diapason.step.ContentHash;
import org.diapason.volume.Contour;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/**
 * Writes masks as an RT Structure Set (PS3.3 A.19), implicit VR little endian.
 *
 * <p>Contours run along the sides of voxels ({@link ContourTrace}), so that reading the file gives
 * exactly the masks back; a hole is a contour of its own, as in every even-odd reader.
 */
public final class RtStructWriter {
    private static final String STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";

    /** The retired class that structure sets still name for a study (PS3.3 C.8.8.5.3). */
    private static final String STUDY = "1.2.840.10008.3.1.2.3.1";

    private RtStructWriter() {}

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
        StringBuilder seed = new StringBuilder("structures/");
        seed.append(source.uid(Keyword.SeriesInstanceUID));
        List<DataSet> names = new ArrayList<>();
        List<DataSet> drawings = new ArrayList<>();
        List<DataSet> observations = new ArrayList<>();
        for (Map.Entry<String, Mask> entry : new TreeMap<>(masks).entrySet()) {
            String number = Integer.toString(names.size() + 1);
            seed.append('/').append(entry.getKey()).append('/');
            seed.append(ContentHash.of(entry.getValue()));
            names.add(
                    Elements.item(
                            Elements.text(Keyword.ROINumber, number),
                            Elements.text(
                                    Keyword.ReferencedFrameOfReferenceUID,
                                    source.uid(Keyword.FrameOfReferenceUID)),
                            Elements.name(Keyword.ROIName, source.charset(), entry.getKey()),
                            Elements.text(Keyword.ROIGenerationAlgorithm)));
            drawings.add(
                    Elements.item(
                            Elements.text(Keyword.ROIDisplayColor, "255", "0", "0"),
                            Elements.sequence(
                                    Keyword.ContourSequence,
                                    contours(entry.getKey(), entry.getValue(), source)),
                            Elements.text(Keyword.ReferencedROINumber, number)));
            observations.add(
                    Elements.item(
                            Elements.text(Keyword.ObservationNumber, number),
                            Elements.text(Keyword.ReferencedROINumber, number),
                            Elements.text(Keyword.RTROIInterpretedType),
                            Elements.text(Keyword.ROIInterpreter)));
        }
        DataSet values = source.derived(STRUCTURE_SET, "RTSTRUCT", seed.toString());
        values.put(Elements.text(Keyword.OperatorsName));
        values.put(Elements.text(Keyword.StructureSetLabel, "DIAPASON"));
        values.put(Elements.text(Keyword.StructureSetDate));
        values.put(Elements.text(Keyword.StructureSetTime));
        values.put(Elements.sequence(Keyword.ReferencedFrameOfReferenceSequence, of(source)));
        values.put(Elements.sequence(Keyword.StructureSetROISequence, names));
        values.put(Elements.sequence(Keyword.ROIContourSequence, drawings));
        values.put(Elements.sequence(Keyword.RTROIObservationsSequence, observations));
        DicomWriter.writeImplicit(file, values);
    }

    private static DataSet of(SourceSeries source) {
        DataSet series =
                Elements.item(
                        Elements.text(
                                Keyword.SeriesInstanceUID, source.uid(Keyword.SeriesInstanceUID)),
                        Elements.sequence(Keyword.ContourImageSequence, source.instances()));
        DataSet study =
                Elements.item(
                        Elements.text(Keyword.ReferencedSOPClassUID, STUDY),
                        Elements.text(
                                Keyword.ReferencedSOPInstanceUID,
                                source.uid(Keyword.StudyInstanceUID)),
                        Elements.sequence(Keyword.RTReferencedSeriesSequence, series));
        return Elements.item(
                Elements.text(Keyword.FrameOfReferenceUID, source.uid(Keyword.FrameOfReferenceUID)),
                Elements.sequence(Keyword.RTReferencedStudySequence, study));
    }

    private static List<DataSet> contours(String name, Mask mask, SourceSeries source) {
        List<DataSet> items = new ArrayList<>();
        for (Contour contour : ContourTrace.trace(mask)) {
            double[] mm = contour.pointsMm().toArray();
            int k = (int) Math.rint(mask.geometry().toVoxel(mm[0], mm[1], mm[2]).get(2));
            DataSet item =
                    Elements.item(
                            Elements.text(Keyword.ContourGeometricType, "CLOSED_PLANAR"),
                            Elements.text(
                                    Keyword.NumberOfContourPoints,
                                    Integer.toString(contour.size())),
                            Elements.decimals(Keyword.ContourData, mm));
            SourceImage slice = source.slices().get(k);
            if (slice != null) {
                item.put(Elements.sequence(Keyword.ContourImageSequence, slice.reference()));
            }
            items.add(item);
        }
        if (items.isEmpty()) {
            throw new DataException(
                    "mask "
                            + name
                            + " has no voxel, so there is nothing to draw a contour around.");
        }
        return items;
    }
}
