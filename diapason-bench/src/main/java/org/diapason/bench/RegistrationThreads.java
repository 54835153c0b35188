package org.diapason.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.phantom.Motion;
import org.diapason.phantom.RegistrationPair;
import org.diapason.phantom.SmoothWarp;
import org.diapason.registration.Certificate;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.registration.Registration.Model;
import org.diapason.registration.Warp;
import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/** Whether the files of a registration are the same to the byte on any number of threads. */
final class RegistrationThreads {
    private static final int[] THREADS = {1, 2, 3, 8};

    private RegistrationThreads() {}

    /**
     * Registers T1 to T2 on 1, 2, 3 and 8 threads and prints the SHA-256 of the transform's files,
     * of the warped image's and of the certificate, to be compared with those of another JDK.
     *
     * @return whether the digests of all runs are the same
     */
    static boolean same(double mm, Model model) throws IOException {
        Geometry g = RegistrationPair.grid(mm);
        Motion linear = Motion.of(RegistrationScenes.AFFINE);
        Motion by =
                model == Model.DIFFEO
                        ? new SmoothWarp(
                                        RegistrationScenes.WARP_MM,
                                        RegistrationScenes.WARP_LENGTH_MM,
                                        1)
                                .then(RegistrationScenes.AFFINE)
                        : linear;
        RegistrationPair pair = RegistrationScenes.head(new String[] {"t1", "t2"}, g, g, by);
        int before = Parallel.threads();
        Set<String> ends = new LinkedHashSet<>();
        try {
            for (int threads : THREADS) {
                Parallel.setThreads(threads);
                ends.add(digests(pair, model));
            }
        } finally {
            Parallel.setThreads(before);
        }
        System.out.println(
                model
                        + ": "
                        + (ends.size() == 1 ? "the same" : "DIFFERENT")
                        + " on 1, 2, 3, 8 threads; "
                        + String.join(" | ", ends));
        return ends.size() == 1;
    }

    private static String digests(RegistrationPair pair, Model model) throws IOException {
        Registered found =
                Registration.of(model)
                        .find(pair.fixed(), pair.moving(), Optional.empty(), Progress.NONE);
        Transform t = found.transform().orElseThrow();
        Volume warped = Warp.image(pair.moving(), t, pair.fixed().geometry(), Interpolation.CUBIC);
        Path folder = Files.createTempDirectory("registration");
        try {
            Transforms.write(folder.resolve("t.json"), t);
            String transform = digest(folder);
            Nifti.write(folder.resolve("warped.nii"), warped);
            MessageDigest image = sha256();
            image.update(Files.readAllBytes(folder.resolve("warped.nii")));
            MessageDigest said = sha256();
            said.update(numbers(found.certificate()).getBytes(StandardCharsets.US_ASCII));
            return "transform "
                    + transform
                    + ", image "
                    + text(image)
                    + ", certificate "
                    + text(said);
        } finally {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    /** Every bit of the numbers; how Java writes a double changed with JDK 19. */
    private static String numbers(Certificate of) {
        List<Double> all = new ArrayList<>(List.of(of.overlap()));
        Stream.concat(of.targetError().stream(), of.inverse().stream())
                .forEach(e -> all.addAll(List.of(e.mean(), e.p95(), e.max())));
        of.errorCovariance()
                .ifPresent(
                        e ->
                                Stream.of(e.mm2(), e.sagMm2())
                                        .flatMapToDouble(n -> Arrays.stream(n.toArray()))
                                        .forEach(all::add));
        of.capture().forEach(c -> all.addAll(List.of(c.awayMm(), (double) c.back())));
        of.stages().forEach(s -> all.addAll(s.values()));
        return of.status()
                + all.stream().map(Double::toHexString).collect(Collectors.joining(" ", " ", ""));
    }

    private static String digest(Path folder) throws IOException {
        MessageDigest all = sha256();
        for (Path file : files(folder)) {
            all.update(Files.readAllBytes(file));
        }
        return text(all);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.sorted().toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
