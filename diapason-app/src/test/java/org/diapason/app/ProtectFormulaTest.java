package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A formula and the list of its terms protect the same. */
class ProtectFormulaTest {
    @TempDir Path folder;

    private byte[] harmonized(String protect) throws IOException {
        Path table = folder.resolve("table.csv");
        if (!Files.exists(table)) {
            Rng rng = new Rng(3);
            StringBuilder text = new StringBuilder("f1,f2,site,age,sex,bmi\n");
            for (int r = 0; r < 60; r++) {
                int age = 40 + rng.nextInt(30);
                double f = 0.1 * age + 3 * (r % 3) + rng.nextGaussian();
                text.append(f).append(',').append(f * f + rng.nextGaussian()).append(',');
                text.append("ABC".charAt(r % 3)).append(',').append(age).append(',');
                text.append(rng.nextInt(2) == 0 ? "F" : "M").append(',');
                text.append(20 + 10 * rng.nextDouble()).append('\n');
            }
            Files.writeString(table, text);
        }
        Path out = folder.resolve("out.csv");
        Cli.Said said =
                Cli.run(
                        "combat",
                        "fit",
                        table,
                        "--batch",
                        "site",
                        "--protect",
                        protect,
                        "--model",
                        folder.resolve("model.json"),
                        "--out",
                        out);
        assertEquals(0, said.code(), said.err());
        byte[] fitted = Files.readAllBytes(out);
        said =
                Cli.run(
                        "combat",
                        "apply",
                        table,
                        "--model",
                        folder.resolve("model.json"),
                        "--out",
                        folder.resolve("again.csv"));
        assertEquals(0, said.code(), said.err());
        assertArrayEquals(fitted, Files.readAllBytes(folder.resolve("again.csv")), protect);
        return fitted;
    }

    @Test
    void aFormulaProtectsWhatTheListOfItsTermsProtects() throws IOException {
        assertArrayEquals(harmonized("age,sex,s(bmi)"), harmonized("~ age + sex + s(bmi)"));
        byte[] list = harmonized("age,sex,s(bmi,6),age:sex");
        assertArrayEquals(list, harmonized("~ age*sex + s(bmi, 6)"));
    }
}
