package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import java.util.SplittableRandom;

/** Names that the client left to us. */
public final class Names {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_CHARACTERS = 5;
    private static final int MAX_CHARACTERS = 63;

    private Names() {}

    /**
     * The name of an object to be created: the one it brings, else one made from its prefix, else
     * none.
     */
    public static String of(Resource object, long seed) {
        String prefix = Resource.text(object.metadata(), "generateName");
        return object.name().isEmpty() && !prefix.isEmpty()
                ? generate(prefix, seed)
                : object.name();
    }

    /** Compat: apiserver's {@code names.SimpleNameGenerator}. */
    private static String generate(String prefix, long seed) {
        int room = MAX_CHARACTERS - SUFFIX_CHARACTERS;
        StringBuilder name =
                new StringBuilder(prefix.length() > room ? prefix.substring(0, room) : prefix);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SUFFIX_CHARACTERS; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
