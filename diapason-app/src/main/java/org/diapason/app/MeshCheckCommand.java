package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.InputFile;
import org.diapason.io.mesh.MeshFile;
import org.diapason.surface.MeshCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason mesh-check}: does a surface bound a solid that can be printed? */
@Command(
        name = "mesh-check",
        description =
                "Say whether a surface bounds a solid that can be printed: closed, manifold, turned"
                        + " outwards; its area, volume and box; and where it fails.",
        footer = {
            "",
            "Formats: .stl (binary, ASCII), .obj, .ply, .3mf. Points of STL are joined where they are"
                    + " equal in every coordinate, and nowhere else.",
            "Exit code 1 where it cannot be printed.",
            "Example: diapason mesh-check skull.stl --self-intersections --json check.json",
            "docs/methods/mesh.md says what each fault is."
        })
final class MeshCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "F", description = "The surface: .stl .obj .ply .3mf")
    Path file;

    @Option(
            names = "--self-intersections",
            description = "Also look for triangles that cut each other.")
    boolean crossings;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        Outputs.besides(file).and("--json", json.path());
        MeshFile read = MeshFile.read(file);
        MeshCheck check = MeshCheck.of(read.mesh(), crossings);
        read.notes().forEach(note -> System.err.println("warning: " + note));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", InputFile.name(file));
        fields.put("format", read.kind());
        fields.putAll(MeshText.fields(check));
        if (json.write(fields)) {
            System.out.print(Columns.line("file", InputFile.name(file) + ", " + read.kind()));
            System.out.print(MeshText.words(check));
            System.out.print(MeshText.faults(check));
            System.out.print(Columns.line("verdict", verdict(check)));
        }
        return check.printable() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private static String verdict(MeshCheck check) {
        if (!check.printable()) {
            return "not printable: " + check.faults().get(0).words() + ".";
        }
        return "printable: closed, manifold and turned outwards"
                + (check.crossingsSought()
                        ? ", no triangle cuts another."
                        : ". Triangles that cut each other were not looked for"
                                + " (--self-intersections).");
    }
}
