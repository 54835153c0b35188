package org.diapason.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.diapason.features.Ibsi;
import org.diapason.features.Profile;
import org.diapason.step.Extractor;
import org.diapason.step.Names;
import org.diapason.step.Spelling;

/** The profiles of features, as options name them. */
final class Profiles {
    private Profiles() {}

    /**
     * Returns the profile of a name.
     *
     * @throws IllegalArgumentException if there is none of the name; the message has the nearest
     */
    static Profile of(String name) {
        List<String> names = Arrays.stream(Profile.values()).map(Profiles::name).toList();
        int at = names.indexOf(name.toLowerCase(Locale.ROOT));
        if (at < 0) {
            throw new IllegalArgumentException(
                    "--profile: there is no profile \""
                            + name
                            + "\"; "
                            + Spelling.hint(name, names));
        }
        return Profile.values()[at];
    }

    static String name(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT);
    }

    /** Returns an entry by the rules of a profile. */
    static Extractor by(Extractor entry, Profile profile) {
        if (!(entry instanceof Ibsi ibsi)) {
            throw new IllegalArgumentException(
                    Names.of(entry) + " has no rules of another program. Leave --profile out.");
        }
        if (ibsi.profile() != Profile.IBSI || ibsi.rules().isPresent()) {
            throw new IllegalArgumentException(
                    "the settings say themselves whose rules they follow. Leave --profile, or their"
                            + " profile and rules, out.");
        }
        return ibsi.with(ibsi.families(), profile);
    }
}
