package org.diapason.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.diapason.math.Rng;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Assertions;

/** Breaks files the way disks, networks and attackers do; seeded, so that a failure comes again. */
public final class Mutator {
    private static final int[] NASTY = {-1, -2, 0x7FFFFFFF, 0x80000000, 0, 1, 0xFFFF, 0x7FFF0000};

    private final long seed;
    private final Rng rng;

    public Mutator(long seed) {
        this.seed = seed;
        this.rng = new Rng(seed);
    }

    /** Lets a reader meet a file that it must read, and {@code cases} broken copies of it. */
    public void attack(byte[] sound, int cases, Path file, Consumer<Path> reader)
            throws IOException {
        Files.write(file, sound);
        Assertions.assertDoesNotThrow(() -> reader.accept(file), "the sound file");
        attackAny(sound, cases, file, reader);
    }

    /** Lets a reader meet {@code cases} broken copies; anything but DataException fails. */
    public void attackAny(byte[] sound, int cases, Path file, Consumer<Path> reader)
            throws IOException {
        for (int n = 0; n < cases; n++) {
            Files.write(file, broken(sound));
            try {
                reader.accept(file);
            } catch (DataException e) {
                Assertions.assertNotNull(e.getMessage());
            } catch (RuntimeException | Error e) {
                Assertions.fail("case " + n + " of seed " + seed, e);
            }
        }
    }

    /** Lets a reader meet one file as it is. */
    public static void survives(Path file, Consumer<Path> reader) {
        try {
            reader.accept(file);
        } catch (DataException e) {
            Assertions.assertFalse(e.getMessage().contains("/"), "no folder: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            Assertions.fail(file.toString(), e);
        }
    }

    private byte[] broken(byte[] sound) {
        byte[] bytes = sound.clone();
        int changes = 1 + rng.nextInt(3);
        for (int c = 0; c < changes; c++) {
            int at = rng.nextInt(bytes.length);
            switch (rng.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << rng.nextInt(8));
                case 1 -> bytes[at] = (byte) rng.nextInt(256);
                case 2 -> {
                    int nasty = NASTY[rng.nextInt(NASTY.length)];
                    for (int b = 0; b < 4 && at + b < bytes.length; b++) {
                        bytes[at + b] = (byte) (nasty >>> 8 * b);
                    }
                }
                case 3 -> {
                    int from = rng.nextInt(bytes.length);
                    int length = Math.min(rng.nextInt(32), bytes.length - Math.max(at, from));
                    System.arraycopy(sound, from, bytes, at, Math.min(length, sound.length - from));
                }
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }
}
