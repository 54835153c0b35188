package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.io.InputFile;
import org.diapason.io.dicom.DataSet.Element;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;

/**
 * The DICOM series that regions were drawn on: whose it is, and which of its images is which slice.
 * It holds names and identifiers and lives only while a file is written.
 *
 * @param first all attributes of one of its images
 * @param slices its images by k; a slice may have none
 */
record SourceSeries(DataSet first, TreeMap<Integer, Slice> slices) {

    /**
     * One image.
     *
     * @param frame its number in a file of several, 0 where the file is one image
     */
    record Slice(String sopClass, String instance, int frame) {
        /** Returns a reference to this image and further elements. */
        DataSet reference(Element... more) {
            DataSet item = Elements.item(more);
            item.put(Elements.text(Keyword.ReferencedSOPClassUID, sopClass));
            item.put(Elements.text(Keyword.ReferencedSOPInstanceUID, instance));
            if (frame > 0) {
                item.put(Elements.text(Keyword.ReferencedFrameNumber, Integer.toString(frame)));
            }
            return item;
        }
    }

    /**
     * Reads the images of a folder (or one file) that lie on the slices of a grid.
     *
     * @throws DataException if there is none
     */
    static SourceSeries of(Path image, Geometry grid) {
        TreeMap<Integer, Slice> slices = new TreeMap<>();
        DataSet first = null;
        for (Path path : files(image)) {
            Optional<DicomFile> head = DicomFile.read(path);
            if (head.isEmpty() || !head.get().isSlice()) {
                continue;
            }
            DataSet all = DicomFile.readAll(path).orElseThrow().values();
            first = first == null ? all : first;
            List<Frame> frames = Frame.of(head.get());
            for (Frame frame : frames) {
                double[] p = frame.values().numbers(Keyword.ImagePositionPatient, 3);
                int k = (int) Math.rint(grid.toVoxel(p[0], p[1], p[2]).get(2));
                Slice slice =
                        new Slice(
                                References.uid(all, Keyword.SOPClassUID),
                                References.uid(all, Keyword.SOPInstanceUID),
                                frames.size() > 1 ? frame.index() + 1 : 0);
                slices.putIfAbsent(k, slice);
            }
        }
        if (first == null) {
            throw new DataException(
                    InputFile.name(image)
                            + ": is no DICOM series, and a structure set or segmentation must refer"
                            + " to one. Give the DICOM folder, or write NIfTI.");
        }
        return new SourceSeries(first, slices);
    }

    private static List<Path> files(Path image) {
        try (Stream<Path> files = Files.isDirectory(image) ? Files.list(image) : Stream.of(image)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw InputFile.unreadable(image, e);
        }
    }

    /** Returns references to every file of the series, each once. */
    List<DataSet> instances() {
        List<DataSet> items = new ArrayList<>();
        slices.values().stream()
                .map(s -> new Slice(s.sopClass, s.instance, 0))
                .distinct()
                .forEach(s -> items.add(s.reference()));
        return items;
    }

    String uid(Keyword keyword) {
        return References.uid(first, keyword);
    }

    /** Returns how the source writes names, in which those of regions are written too. */
    Charset charset() {
        return RegionText.charset(first);
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
