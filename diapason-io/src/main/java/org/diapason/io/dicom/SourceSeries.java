package org.diapason.io.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.diapason.io.Choice;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * The DICOM series that regions were drawn on: whose it is, and which of its images is which slice.
 * It holds names and identifiers and lives only while a file is written.
 *
 * @param first all attributes of one of its images
 * @param slices its images by k; a slice may have none
 */
record SourceSeries(DataSet first, TreeMap<Integer, SourceImage> slices) {

    /**
     * Reads the images of a series that lie on the slices of a grid.
     *
     * @param image a folder or file, and what is chosen in it ({@link Choice})
     * @throws DataException if it is no DICOM series
     */
    static SourceSeries of(Path image, Geometry grid) {
        Path path = Choice.of(image).path();
        if (SeriesFolder.isNone(path)) {
            throw new DataException(
                    InputFile.name(path)
                            + ": is no DICOM series, and a structure set or segmentation must refer"
                            + " to one. Give the DICOM folder, or write NIfTI.");
        }
        SliceStack stack = DicomSeries.stack(image);
        List<SourceImage> images = SourceImage.of(stack, file -> {});
        TreeMap<Integer, SourceImage> slices = new TreeMap<>();
        for (int s = 0; s < images.size(); s++) {
            Numbers p = stack.geometry().toWorld(0, 0, s);
            int k = (int) Math.rint(grid.toVoxel(p.get(0), p.get(1), p.get(2)).get(2));
            slices.putIfAbsent(k, images.get(s));
        }
        Path first = stack.frames().get(0).file().path();
        return new SourceSeries(DicomFile.readAll(first).orElseThrow().values(), slices);
    }

    /** Returns references to every file of the series, each once. */
    List<DataSet> instances() {
        return slices.values().stream()
                .map(image -> image.inFile(0))
                .distinct()
                .map(image -> image.reference())
                .toList();
    }

    String uid(Keyword keyword) {
        return References.uid(first, keyword);
    }

    /**
     * Returns how the source writes names, in which those of regions are written too: its one
     * character set, or what all of several have.
     */
    Charset charset() {
        boolean several = first.text(Keyword.SpecificCharacterSet).orElse("").contains("\\");
        return several ? StandardCharsets.US_ASCII : RegionText.charset(first);
    }

    /**
     * Returns a data set with what a new series of the same patient and study says of both; dates
     * are those of the study, so that the same mask gives the same file.
     */
    DataSet derived(String sopClass, String modality, String seed) {
        DataSet values = new DataSet("derived");
        if (first.text(Keyword.SpecificCharacterSet).isEmpty()) {
            values.put(Elements.text(Keyword.SpecificCharacterSet, "ISO_IR 100"));
        }
        for (Keyword copied :
                List.of(
                        Keyword.SpecificCharacterSet,
                        Keyword.StudyDate,
                        Keyword.StudyTime,
                        Keyword.AccessionNumber,
                        Keyword.ReferringPhysicianName,
                        Keyword.PatientName,
                        Keyword.PatientID,
                        Keyword.PatientBirthDate,
                        Keyword.PatientSex,
                        Keyword.StudyInstanceUID,
                        Keyword.StudyID,
                        Keyword.FrameOfReferenceUID,
                        Keyword.PositionReferenceIndicator)) {
            values.put(first.element(copied.tag()).orElseGet(() -> Elements.text(copied)));
        }
        values.put(Elements.text(Keyword.SOPClassUID, sopClass));
        values.put(Elements.text(Keyword.SOPInstanceUID, Uids.of(seed + "/file")));
        values.put(Elements.text(Keyword.SeriesInstanceUID, Uids.of(seed + "/series")));
        values.put(Elements.text(Keyword.Modality, modality));
        values.put(Elements.text(Keyword.Manufacturer, "Diapason"));
        values.put(Elements.text(Keyword.ManufacturerModelName, "Diapason"));
        values.put(Elements.text(Keyword.SoftwareVersions, "Diapason"));
        values.put(Elements.text(Keyword.SeriesNumber, "1"));
        values.put(Elements.text(Keyword.InstanceNumber, "1"));
        return values;
    }
}
