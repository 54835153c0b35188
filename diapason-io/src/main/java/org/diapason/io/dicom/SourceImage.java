package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.diapason.io.dicom.DataSet.Element;

/**
 * An image that a derived one was made from, or that a region was drawn on.
 *
 * @param frame its number from 1 in a file of several, 0 where the file is one image
 */
record SourceImage(String sopClassUid, String sopInstanceUid, int frame) {

    /**
     * Returns the image of every slice of a stack; the slices of a mosaic have the same one.
     *
     * @param look sees every file once, before anything of it is used
     */
    static List<SourceImage> of(SliceStack stack, Consumer<DicomFile> look) {
        Map<Path, SourceImage> files = new HashMap<>();
        List<SourceImage> images = new ArrayList<>();
        for (Frame frame : stack.frames()) {
            Path path = frame.file().path();
            if (!files.containsKey(path)) {
                DicomFile file = DicomFile.readAll(path).orElseThrow();
                look.accept(file);
                files.put(path, of(file));
            }
            SourceImage image = files.get(path);
            boolean several =
                    !frame.file()
                            .values()
                            .items(Keyword.PerFrameFunctionalGroupsSequence)
                            .isEmpty();
            images.add(several ? image.inFile(frame.index() + 1) : image);
        }
        return images;
    }

    private static SourceImage of(DicomFile file) {
        String instance = References.uid(file.values(), Keyword.SOPInstanceUID);
        if (instance.isEmpty()) {
            throw file.bad(
                    "has no SOPInstanceUID (0008,0018), so nothing can refer to it. Export it"
                            + " again.");
        }
        return new SourceImage(References.uid(file.values(), Keyword.SOPClassUID), instance, 0);
    }

    /** Returns this image as a frame of its file; 0 is the file. */
    SourceImage inFile(int number) {
        return new SourceImage(sopClassUid, sopInstanceUid, number);
    }

    /** Returns the same image in files that were de-identified. */
    SourceImage under(Pseudonyms pseudonyms) {
        return new SourceImage(sopClassUid, pseudonyms.uid(sopInstanceUid), frame);
    }

    /** Returns a reference to this image and further elements. */
    DataSet reference(Element... more) {
        DataSet item = Elements.item(more);
        item.put(Elements.text(Keyword.ReferencedSOPClassUID, sopClassUid));
        item.put(Elements.text(Keyword.ReferencedSOPInstanceUID, sopInstanceUid));
        if (frame > 0) {
            item.put(Elements.text(Keyword.ReferencedFrameNumber, Integer.toString(frame)));
        }
        return item;
    }
}
