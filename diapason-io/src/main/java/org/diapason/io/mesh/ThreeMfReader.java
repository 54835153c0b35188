package org.diapason.io.mesh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.diapason.io.InputFile;
import org.diapason.surface.Mesh;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/**
 * The meshes that a 3MF file builds, placed as it says, in mm. Objects made of others (components)
 * are refused; colours, materials and elements of other namespaces are left out. No document type,
 * entity or address in the file is ever followed.
 */
final class ThreeMfReader {
    /** A model of numbers does not pack better; what does is a bomb. */
    private static final long MOST_PACKED = 200;

    private static final long FREE_BYTES = 1 << 20;
    private static final Map<String, Double> UNIT_MM =
            Map.of(
                    "micron", 0.001,
                    "millimeter", 1.0,
                    "centimeter", 10.0,
                    "inch", 25.4,
                    "foot", 304.8,
                    "meter", 1000.0);

    private final String name;
    private final MeshBuilder all;
    private final Map<String, int[]> objects = new HashMap<>();
    private final MeshBuilder built;
    private double unitMm = 1;
    private boolean building;

    /** The namespace of the first element. */
    private String core;

    private ThreeMfReader(String name) {
        this.name = name;
        all = new MeshBuilder(name);
        built = new MeshBuilder(name);
    }

    static MeshFile read(Path path) {
        String name = InputFile.name(path);
        try (ZipFile zip = new ZipFile(path.toFile())) {
            ZipEntry entry = model(zip, name);
            long most =
                    Math.min(
                            FREE_BYTES + MOST_PACKED * Math.max(0, entry.getCompressedSize()),
                            Runtime.getRuntime().maxMemory() / 4);
            try (InputStream in = new Bounded(zip.getInputStream(entry), most, name)) {
                ThreeMfReader reader = new ThreeMfReader(name);
                Mesh mesh = reader.mesh(text(in));
                return new MeshFile(mesh, "3MF", reader.notes());
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new DataException(name + ": line " + line + " of its model is no sound XML.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    name + ": is no sound zip (" + e.getClass().getSimpleName() + "), as a 3MF is.",
                    e);
        }
    }

    /** Returns the model: the one at the usual place, else the only one. */
    private static ZipEntry model(ZipFile zip, String name) {
        ZipEntry usual = zip.getEntry(ThreeMfWriter.MODEL);
        if (usual != null) {
            return usual;
        }
        List<ZipEntry> models = new ArrayList<>();
        for (var entries = zip.entries(); entries.hasMoreElements() && models.size() < 2; ) {
            ZipEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".model")) {
                models.add(entry);
            }
        }
        if (models.size() != 1) {
            throw new DataException(name + ": has no part 3D/3dmodel.model. It is no 3MF.");
        }
        return models.get(0);
    }

    private List<String> notes() {
        return objects.size() < 2
                ? List.of()
                : List.of(
                        "The file holds "
                                + objects.size()
                                + " objects; what it builds of them was read as one mesh.");
    }

    /** Returns the text of a model, UTF-8 or UTF-16 (core specification 1.3, 2.4). */
    private static Reader text(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 3);
        byte[] mark = peeked.readNBytes(3);
        boolean wide = mark.length > 1 && (mark[0] & 0xff ^ mark[1] & 0xff) == 1;
        boolean marked = mark.length == 3 && (mark[0] & 0xff) == 0xef && (mark[1] & 0xff) == 0xbb;
        if (!marked) {
            peeked.unread(mark);
        }
        return new InputStreamReader(
                peeked, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    private Mesh mesh(Reader in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        String object = null;
        int[] from = new int[4];
        while (xml.hasNext()) {
            int event = xml.next();
            boolean element =
                    event == XMLStreamConstants.START_ELEMENT
                            || event == XMLStreamConstants.END_ELEMENT;
            if (core == null && element) {
                core = String.valueOf(xml.getNamespaceURI());
            }
            if (!element || !core.equals(String.valueOf(xml.getNamespaceURI()))) {
                continue; // the points of slices and lattices are those of extensions
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "model" -> unitMm = unit(xml);
                    case "object" -> {
                        object = xml.getAttributeValue(null, "id");
                        from[0] = all.points();
                        from[1] = all.triangles();
                    }
                    case "vertex" ->
                            all.point(number(xml, "x"), number(xml, "y"), number(xml, "z"));
                    case "triangle" ->
                            all.triangle(
                                    corner(xml, "v1", from[0]),
                                    corner(xml, "v2", from[0]),
                                    corner(xml, "v3", from[0]));
                    case "component" ->
                            throw new DataException(
                                    where(xml)
                                            + ": an object made of others, which is not read."
                                            + " Export it as one mesh.");
                    case "build" -> building = true;
                    case "item" -> item(xml);
                    default -> {
                        // names, colours, materials
                    }
                }
            } else if (xml.getLocalName().equals("object") && object != null) {
                objects.put(object, new int[] {from[0], all.points(), from[1], all.triangles()});
            }
        }
        if (!building) {
            throw new DataException(name + ": its model builds nothing. It is broken.");
        }
        return built.build();
    }

    private double unit(XMLStreamReader xml) {
        String unit = xml.getAttributeValue(null, "unit");
        Double mm = UNIT_MM.get(unit == null ? "millimeter" : unit);
        if (mm == null) {
            throw new DataException(where(xml) + ": a unit that 3MF does not have.");
        }
        return mm;
    }

    private String where(XMLStreamReader xml) {
        return name + ", line " + xml.getLocation().getLineNumber() + " of its model";
    }

    private double number(XMLStreamReader xml, String attribute) {
        String text = xml.getAttributeValue(null, attribute);
        return number(xml, attribute, text == null ? "" : text);
    }

    private double number(XMLStreamReader xml, String what, String text) {
        OptionalDouble value = Numbers.parse(text);
        if (value.isEmpty()) {
            throw new DataException(where(xml) + ": " + what + " is no finite number.");
        }
        return value.getAsDouble();
    }

    private int corner(XMLStreamReader xml, String attribute, int from) {
        double corner = number(xml, attribute);
        if (corner < 0 || corner != Math.rint(corner) || corner >= all.points() - from) {
            throw new DataException(where(xml) + ": " + attribute + " is no point of its mesh.");
        }
        return from + (int) corner;
    }

    /** Adds what an item builds: rows of the matrix times the point, then the shift. */
    private void item(XMLStreamReader xml) {
        int[] range = objects.get(xml.getAttributeValue(null, "objectid"));
        if (range == null) {
            throw new DataException(where(xml) + ": builds an object that is not in the file.");
        }
        double[] m = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
        String transform = xml.getAttributeValue(null, "transform");
        if (transform != null) {
            String[] words = transform.strip().split("\\s+", 13);
            if (words.length != 12) {
                throw new DataException(where(xml) + ": a transform has 12 numbers.");
            }
            for (int n = 0; n < 12; n++) {
                m[n] = number(xml, "transform", words[n]);
            }
        }
        double det =
                m[0] * (m[4] * m[8] - m[5] * m[7])
                        - m[1] * (m[3] * m[8] - m[5] * m[6])
                        + m[2] * (m[3] * m[7] - m[4] * m[6]);
        int shift = built.points() - range[0];
        for (int p = range[0]; p < range[1]; p++) {
            double[] to = new double[3];
            for (int a = 0; a < 3; a++) {
                to[a] = m[9 + a];
                for (int b = 0; b < 3; b++) {
                    to[a] += all.x(3 * p + b) * m[3 * b + a];
                }
                to[a] *= unitMm;
            }
            built.point(to[0], to[1], to[2]);
        }
        for (int t = range[2]; t < range[3]; t++) {
            int a = all.corner(3 * t) + shift;
            int b = all.corner(3 * t + 1) + shift;
            int c = all.corner(3 * t + 2) + shift;
            built.triangle(det < 0 ? b : a, det < 0 ? a : b, c);
        }
    }

    /** Ends a stream that unpacks to more than it may. */
    private static final class Bounded extends FilterInputStream {
        private final String name;
        private final long most;
        private long read;

        Bounded(InputStream in, long most, String name) {
            super(in);
            this.most = most;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int many = super.read(into, from, length);
            count(Math.max(0, many));
            return many;
        }

        private void count(int many) {
            read += many;
            if (read > most) {
                throw new DataException(
                        name
                                + ": its model unpacks to more than "
                                + (most >> 20)
                                + " MB, more than one of its size holds or Java has room for. If it"
                                + " is sound, give Java more, as in"
                                + " DIAPASON_JAVA_OPTIONS=-Xmx8g.");
            }
        }
    }
}
