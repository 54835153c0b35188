package org.diapason.io.mesh;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diapason.io.Text;
import org.diapason.io.WholeFile;
import org.diapason.surface.Mesh;

/**
 * Writes 3MF (core specification 1.3): a zip with one model in millimetres. No clock is in it, so
 * one mesh gives the same bytes with one version of zlib.
 */
final class ThreeMfWriter {
    static final String MODEL = "3D/3dmodel.model";
    static final String CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02";
    private static final LocalDateTime NEVER = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private static final String TYPES =
            XML
                    + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\""
                    + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"model\""
                    + " ContentType=\"application/vnd.ms-package.3dmanufacturing-3dmodel+xml\"/>"
                    + "</Types>\n";

    private static final String RELATIONS =
            XML
                    + "<Relationships"
                    + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Target=\"/3D/3dmodel.model\" Id=\"rel0\""
                    + " Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/>"
                    + "</Relationships>\n";

    private ThreeMfWriter() {}

    static void write(Path path, Mesh mesh, String about) throws IOException {
        WholeFile.write(
                path,
                out -> {
                    ZipOutputStream zip = new ZipOutputStream(out);
                    Writer to = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
                    begin(zip, "[Content_Types].xml");
                    to.write(TYPES);
                    to.flush();
                    begin(zip, "_rels/.rels");
                    to.write(RELATIONS);
                    to.flush();
                    begin(zip, MODEL);
                    model(mesh, about, to);
                    to.flush();
                    zip.finish();
                });
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NEVER);
        zip.putNextEntry(entry);
    }

    private static void model(Mesh mesh, String about, Writer to) throws IOException {
        to.write(XML + "<model unit=\"millimeter\" xml:lang=\"en-US\" xmlns=\"" + CORE + "\">\n");
        to.write("<metadata name=\"Description\">" + escaped(about) + "</metadata>\n");
        to.write("<resources><object id=\"1\" type=\"model\"><mesh>\n<vertices>\n");
        double[] p = mesh.points();
        for (int n = 0; n < p.length; n += 3) {
            to.write("<vertex x=\"" + Text.of(p[n]) + "\" y=\"" + Text.of(p[n + 1]) + "\" z=\"");
            to.write(Text.of(p[n + 2]) + "\"/>\n");
        }
        to.write("</vertices>\n<triangles>\n");
        int[] t = mesh.triangles();
        for (int n = 0; n < t.length; n += 3) {
            to.write("<triangle v1=\"" + t[n] + "\" v2=\"" + t[n + 1] + "\" v3=\"");
            to.write(t[n + 2] + "\"/>\n");
        }
        to.write("</triangles>\n</mesh></object></resources>\n");
        to.write("<build><item objectid=\"1\"/></build>\n</model>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
